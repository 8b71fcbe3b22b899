"""Bytes to text, in whatever encoding they are, and the name of the encoding.

In: the bytes of a text, with what a page declares of its encoding. Out: the text unchanged but for a byte order mark.

A byte order mark says the encoding, then UTF-8 is tried, which other text hardly ever passes by chance. For the rest, English is told from
the other encodings by its own signs: in `It“s` or `canÕt` a guess is wrong. Detectors that count letters take such text for Polish or
Baltic, because one byte in a thousand is all that they have: of 93 articles in Windows-1252 the detector alone read 77 right, and of
93 in Mac Roman 3.
"""

import codecs
import re
import unicodedata

from corewatch.documents.pieces import RejectedError

# Longest first: the mark of UTF-32 begins like that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
# Single-byte encodings in which English text is met.
WESTERN = ("cp1252", "mac_roman", "cp850")
# Signs that stand in English news beside its letters.
SIGNS = frozenset("“”‘’–—…•·€£¥©®™°§«»½¼¾×±\xa0\xad")
# The share of signs and letters outside ASCII that have to be in place, and of control signs from which bytes are no text.
PLAUSIBLE = 0.9
CONTROL = 0.002
MOST_ACCENTS = 0.15
# More than this says nothing new of the encoding.
SAMPLE = 50_000
# A zero-width sign is no text, though it is no white space either.
SOMETHING = re.compile("[^\\s\ufeff\u200b\u200c\u200d\u2060]")


def decode(content: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text and the encoding of bytes; `declared` is what a page or mail says of itself, believed where it is possible.

    Raises `RejectedError`: `empty`, `binary` or `encoding`.
    """
    text, encoding = decode_any(content, declared)
    if not SOMETHING.search(text):
        raise RejectedError("empty", "the file has no text; fetch the article again or remove the file")
    return text, encoding


def decode_any(content: bytes, declared: str | None) -> tuple[str, str]:
    """As `decode`, an empty text included."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return strict(content.removeprefix(mark), encoding), encoding
    if b"\0" in content:
        return strict(content, wide(content)), wide(content)
    if declared and (known := known_encoding(declared)):
        try:
            return content.decode(known), known
        except (UnicodeDecodeError, LookupError):
            pass
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in content[:SAMPLE]) > CONTROL * min(len(content), SAMPLE):
        raise binary()
    encoding = western(content) or detected(content)
    return strict(content, encoding), encoding


def strict(content: bytes, encoding: str) -> str:
    """The text of bytes that have to be of one encoding."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise RejectedError("encoding", f"byte {error.start} is not {encoding}, as the rest is; save the file as UTF-8") from error


def binary() -> RejectedError:
    """The rejection of bytes that are no text."""
    return RejectedError("binary", "the file holds bytes that are no text; save the article's text as UTF-8")


def wide(content: bytes) -> str:
    """UTF-16 without a mark: every other byte of Latin text is zero; raises `RejectedError` for other bytes with zeros."""
    sample = content[:SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if len(content) % 2 == 0 and half:
        if odd > 0.6 * half and not even:
            return "utf-16-le"
        if even > 0.6 * half and not odd:
            return "utf-16-be"
    raise binary()


def known_encoding(declared: str) -> str | None:
    """The codec of a declared encoding, as browsers take it: Latin-1 is Windows-1252; null for a codec of anything but text."""
    try:
        name = codecs.lookup(declared.strip("\"' \t")).name
    except (LookupError, ValueError):
        return None
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    # Others, such as zlib, unpack or run; UTF-7 hides markup from whoever looks at the bytes.
    return (
        name
        if re.fullmatch(r"(utf-8|utf-16.*|cp\d+|iso8859-\d+|koi8-[ru]|mac-.*|big5.*|gb.*|euc_.*|shift_jis.*|iso2022_.*)", name)
        else None
    )


def western(content: bytes) -> str | None:
    """The encoding in which the bytes read like English with its quotation marks and accents; null where they do in none."""
    places = [found.start() for found in re.finditer(rb"[\x80-\xff]", content[: SAMPLE * 20])]
    # English with more accents than this is another language, or another script.
    if len(places) > MOST_ACCENTS * min(len(content), SAMPLE * 20):
        return None
    places = places[:2000]
    best, name = PLAUSIBLE, None
    for encoding in WESTERN:
        try:
            texts = [content[max(place - 2, 0) : place + 3].decode(encoding) for place in places]
        except UnicodeDecodeError:
            continue
        share = sum(in_place(text, min(place, 2)) for text, place in zip(texts, places, strict=True)) / max(len(places), 1)
        if share > best:
            best, name = share, encoding
    return name


def in_place(text: str, at: int) -> bool:
    """Whether the sign at an offset is one that English has there: `in_place("can’t", 3)`."""
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if sign in "“‘":
        return not before.isalnum()
    if sign == "”":
        return not after.isalpha()
    if sign in SIGNS:
        return True
    if not sign.isalpha() or not unicodedata.normalize("NFD", sign)[0].isascii():
        return sign in "ßøæåØÆ"
    # A capital inside a word is a wrong guess, and so is a word of accents alone.
    alone = not before.isalpha() and not after.isalpha()
    return not alone and not (sign.isupper() and before.islower()) and not (sign.islower() and before.isupper() and after.isupper())


def detected(content: bytes) -> str:
    """The encoding that charset-normalizer finds; raises `RejectedError` where it finds none."""
    from charset_normalizer import from_bytes

    best = from_bytes(content[:SAMPLE], cp_exclusion=["utf_7"]).best()
    if best is None or best.encoding == "ascii":
        byte = next(place for place, value in enumerate(content) if value > 127)
        raise RejectedError("encoding", f"byte {byte} is of no encoding that could be told; save the file as UTF-8")
    return best.encoding
