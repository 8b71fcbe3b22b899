"""Bytes become the text that they were, whatever their encoding; what is no text is said to be none."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corewatch.documents.decoding import decode, known_encoding
from corewatch.documents.pieces import RejectedError

ROOT = Path(__file__).parents[2]
QUOTED = "“Orrin can’t wait,” said José Núñez – it pays €3 billion, up 5%…"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "mac_roman", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_english_with_its_signs_is_read_in_any_encoding(encoding: str) -> None:
    assert decode(QUOTED.encode(encoding)) == (QUOTED, encoding)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_says_the_encoding_and_is_no_text(mark: bytes, encoding: str) -> None:
    assert decode(mark + QUOTED.encode(encoding)) == (QUOTED, encoding)


@pytest.mark.parametrize(
    ("text", "encodings"),
    [
        ("“Orrin can’t wait,” said its chief. “We buy chips for $5 billion.”", ["gb18030", "cp932", "big5", "euc_jp"]),
        ("“Orrin can’t wait,” said 東京エレクトロン, which buys chips for $5 billion.", ["cp932", "euc_jp"]),
        ("“Orrin can’t wait,” said 阿里巴巴集团, which buys chips for $5 billion.", ["gb18030"]),
        ("“Orrin can’t wait,” said 삼성전자, which buys chips for $5 billion.", ["cp949"]),
        ("The plant in Łódź costs Orrin $5 billion, said Łukasz Żółtański, its chief in Gdańsk.", ["cp1250", "iso8859-2"]),
        ("The plant costs Роснефть, as Rosneft is written there, $5 billion.", ["cp1251", "koi8_r", "iso8859-5"]),
        ("José Núñez, the chief of Orrin, pays €3 billion.", ["iso8859-15"]),
    ],
)
def test_english_with_foreign_names_is_read_in_the_encodings_of_their_countries(text: str, encodings: list[str]) -> None:
    article = f"{text} The shares of both firms rose in London on Monday, and those of their suppliers in Tokyo."
    for encoding in encodings:
        assert decode(article.encode(encoding))[0] == article


def test_seven_bit_japanese_is_read() -> None:
    text = "Orrin buys from 東京エレクトロン for $5 billion."
    assert decode(text.encode("iso2022_jp")) == (text, "iso2022_jp")


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_the_annotated_articles_are_read_in_both_encodings_of_english(encoding: str) -> None:
    articles = [path.read_bytes().decode() for path in sorted([*ROOT.glob("seeds/*.txt"), *ROOT.glob("tests/accuracy/gold/**/*.txt")])]
    tried = [article for article in articles if not article.isascii() and article.encode(encoding, "ignore").decode(encoding) == article]
    assert len(tried) > 80
    assert [article[:50] for article in tried if decode(article.encode(encoding))[0] != article] == []


def test_accents_of_old_systems_are_read() -> None:
    assert decode("José and Zoë met in the café.".encode("cp850")) == ("José and Zoë met in the café.", "cp850")
    assert decode(b"caf\xe9 prices") == ("café prices", "cp1252")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("半導体メーカーは月曜日、データセンター運営会社と契約を結んだ。", "shift_jis"),
        ("芯片制造商周一宣布与数据中心运营商签署了一份合同。", "gb18030"),
        ("Производитель чипов объявил в понедельник, что подписал договор.", "cp1251"),
    ],
)
def test_other_scripts_are_read_too_so_that_their_language_can_be_told(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


def test_a_declared_encoding_is_believed_unless_it_cannot_be() -> None:
    assert decode("Ďakujem".encode("iso8859-2"), "ISO-8859-2") == ("Ďakujem", "iso8859-2")
    assert decode(QUOTED.encode("cp1252"), "iso-8859-1") == (QUOTED, "cp1252")
    assert decode(QUOTED.encode(), "shift_jis") == (QUOTED, "utf-8")
    assert [known_encoding(name) for name in ("utf-7", "zlib", "rot13", "idna", "nonsense", "a\0b", "")] == [None] * 7


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (" \n\u200b\ufeff".encode(), "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        (b"\0" * 100, "binary"),
        (bytes(range(1, 9)) * 10 + b"\xff", "binary"),
        (codecs.BOM_UTF16_LE + b"a\0b", "encoding"),
    ],
)
def test_what_is_no_text_is_said_to_be_none(content: bytes, reason: str) -> None:
    with pytest.raises(RejectedError) as caught:
        decode(content)
    assert caught.value.reason == reason


@given(st.text())
def test_every_text_in_utf_8_comes_back_as_it_was(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    try:
        found = decode(content)
    except RejectedError:
        return
    if found[1] == "utf-8":
        assert found[0] == content.removeprefix(codecs.BOM_UTF8).decode("utf-8")


@given(st.binary(max_size=300))
def test_any_bytes_at_all_are_text_or_a_rejection(content: bytes) -> None:
    try:
        text, _ = decode(content)
    except RejectedError as error:
        assert error.reason in ("empty", "binary", "encoding")  # noqa: PT017  # either outcome is right
    else:
        assert text.strip()


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "us-ascii", "windows-1251", "iso-8859-15", "macintosh", "ibm866"])
def test_utf_8_that_says_of_itself_that_it_has_a_byte_a_sign_is_read_as_what_it_is(declared: str) -> None:
    assert decode("Orrin’s plan costs €5 billion.".encode(), declared) == ("Orrin’s plan costs €5 billion.", "utf-8")


def test_what_is_of_a_byte_a_sign_and_says_so_is_read_so() -> None:
    assert decode("Orrin’s plan costs €5 billion.".encode("cp1252"), "iso-8859-1") == ("Orrin’s plan costs €5 billion.", "cp1252")
    assert decode(b"Orrin pays $5 billion.", "iso-8859-1") == ("Orrin pays $5 billion.", "cp1252")
    # Two signs of GBK whose bytes are UTF-8 by chance.
    assert decode("联通".encode("gbk"), "gbk") == ("联通", "gbk")


@pytest.mark.parametrize("declared", ["utf-16", "UTF-16LE", "utf-32"])
def test_a_page_that_was_saved_anew_does_not_have_the_wide_encoding_that_it_still_declares(declared: str) -> None:
    content = "Orrin’s plan costs €5 billion in Iowa.  ".encode()
    # As many bytes as wide signs could have.
    assert len(content) == 44
    assert decode(content, declared) == ("Orrin’s plan costs €5 billion in Iowa.  ", "utf-8")


@pytest.mark.parametrize("declared", ["gbk", "gb18030", "big5", "shift_jis", "euc-kr", "windows-31j"])
@pytest.mark.parametrize("text", ["Orrin’s plan costs €5 billion.", "Orrin’s plan for 阿里巴巴.", "Orrin’s café 🙂."])
def test_utf_8_that_says_of_itself_that_it_has_two_bytes_a_sign_is_read_as_what_it_is(declared: str, text: str) -> None:
    # As bytes of GBK the first would be `Orrin鈥檚`.
    assert decode(text.encode(), declared) == (text, "utf-8")


@pytest.mark.parametrize("declared", ["gbk", "gb18030", "big5", "shift_jis", "euc-kr"])
def test_what_is_of_two_bytes_a_sign_and_says_so_is_read_so(declared: str) -> None:
    text = {"shift_jis": "東京", "euc-kr": "삼성", "big5": "台積"}.get(declared, "华为")
    assert decode(f"Orrin pays {text} $5 billion.".encode(declared), declared)[0] == f"Orrin pays {text} $5 billion."
