"""JSON Lines and Parquet: a document a row."""

import io
import json
from datetime import date

import pyarrow as pa
import pytest
from pyarrow import parquet

from corewatch.documents.exports import read_csv, read_json, read_jsonl, read_row
from corewatch.documents.limits import Limits
from corewatch.documents.parquet_files import read_parquet
from corewatch.documents.pieces import Draft, RejectedError


def lines(*rows: object) -> io.BytesIO:
    return io.BytesIO(b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows))


def test_each_line_is_a_document_with_what_its_columns_say() -> None:
    row = {
        "id": "a-1",
        "text": "Orrin pays.",
        "Headline": "Orrin",
        "date": "2025-03-28T10:00:00Z",
        "source": "The Wire",
        "url": "https://w.example",
    }
    ((number, key, draft),) = read_jsonl(lines(row), Limits())
    assert (number, key) == (1, "a-1")
    assert draft == Draft("Orrin pays.", "utf-8", "Orrin", "2025-03-28", "The Wire", "https://w.example")


def test_a_broken_line_is_named_and_the_others_are_read() -> None:
    found = list(
        read_jsonl(lines({"text": "One."}, b"{", [1], {"x": 1}, {"text": " "}, b'{"text": "\xff"}', b"", {"content": "Two."}), Limits())
    )
    assert [(number, one.reason if isinstance(one, RejectedError) else one.text) for number, _, one in found] == [
        (1, "One."), (2, "unreadable"), (3, "no_text"), (4, "no_text"), (5, "empty"), (6, "encoding"), (8, "Two."),
    ]  # fmt: skip


def test_a_line_above_the_limit_is_passed_over_and_never_held() -> None:
    class Endless(io.BytesIO):
        longest = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            line = super().readline(size)
            self.longest = max(self.longest, len(line))
            return line

    file = Endless(b'{"text": "' + b"x" * 5_000_000 + b'"}\n{"text": "Orrin pays."}\n')
    found = list(read_jsonl(file, Limits(file=1000)))
    assert [one.reason if isinstance(one, RejectedError) else one.text for _, _, one in found] == ["too_large", "Orrin pays."]
    assert file.longest <= 1 << 20


@pytest.mark.parametrize("key", ["", "../up", "a/b", ".hidden", "a\x1b[2J", "x" * 200, True, None, 1.5, "tx\u202e"])
def test_an_id_that_cannot_be_a_name_is_none(key: object) -> None:
    assert read_row({"id": key, "text": "Orrin pays."})[0] is None


def test_a_parquet_file_is_read_by_its_columns() -> None:
    memory = io.BytesIO()
    table = pa.table(
        {
            "other": [b"\0"] * 3,
            "article": ["Orrin pays.", None, ""],
            "title": ["Orrin", None, None],
            "date": [date(2025, 3, 28), None, None],
            "doc_id": [7, 8, 9],
        }
    )
    parquet.write_table(table, memory)
    found = list(read_parquet(memory, Limits()))
    assert found[0] == (1, "7", Draft("Orrin pays.", "utf-8", "Orrin", "2025-03-28"))
    assert [one.reason for _, _, one in found[1:] if isinstance(one, RejectedError)] == ["no_text", "empty"]


def test_a_parquet_file_without_texts_or_with_too_many_rows_is_rejected() -> None:
    for table, limits, reason in (
        (pa.table({"n": [1]}), Limits(), "no_text"),
        (pa.table({"text": ["a", "b"]}), Limits(members=1), "too_large"),
    ):
        memory = io.BytesIO()
        parquet.write_table(table, memory)
        with pytest.raises(RejectedError) as caught:
            list(read_parquet(memory, limits))
        assert caught.value.reason == reason


ARTICLE = {
    "title": "Quartzline signs", "content": "Orrin pays $5 billion.", "publishedAt": "2025-03-28T10:00:00Z",
    "source": {"name": "The Ledger"},
}  # fmt: skip


@pytest.mark.parametrize(
    "held", [ARTICLE, [ARTICLE], {"status": "ok", "articles": [ARTICLE]}, {"version": "1.1", "title": "Feed", "items": [ARTICLE]}]
)
def test_json_gives_the_objects_with_a_text(held: object) -> None:
    ((number, key, draft),) = list(read_json(io.BytesIO(json.dumps(held).encode("utf-16")), Limits()))
    assert (number, key) == (1, None)
    assert draft == Draft("Orrin pays $5 billion.", "utf-16", "Quartzline signs", "2025-03-28", "The Ledger", None)


def test_json_lines_under_the_name_of_json_are_read() -> None:
    content = b"\n".join(json.dumps({"id": at, "text": f"Orrin pays ${at} billion."}).encode() for at in (1, 2))
    assert [(key, row.text) for _, key, row in read_json(io.BytesIO(content), Limits()) if isinstance(row, Draft)] == [
        ("1", "Orrin pays $1 billion."), ("2", "Orrin pays $2 billion."),
    ]  # fmt: skip


def test_an_entry_of_a_list_that_is_no_article_is_said_and_the_rest_is_read() -> None:
    rows = list(read_json(io.BytesIO(json.dumps([1, {"text": "Orrin pays."}, {"text": ""}, {}]).encode()), Limits()))
    assert [row.reason if isinstance(row, RejectedError) else row.text for _, _, row in rows] == [
        "no_text",
        "Orrin pays.",
        "empty",
        "no_text",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"title": "x", "items": []}', "no_text"),
        (b"[1, 2]", "no_text"),
        (b'{"doc_id": "a", "figures": [{"text": "$5 billion"}]}', "no_text"),
        (b"{", "unreadable"),
        (b"[" * 100_000, "unreadable"),
        (b'{"text": "caf\xe9"}', "encoding"),
    ],
)
def test_json_without_articles_is_rejected(content: bytes, reason: str) -> None:
    with pytest.raises(RejectedError) as caught:
        list(read_json(io.BytesIO(content), Limits()))
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ('id,Title,Text,date\nq1,Quartzline signs,"Orrin, it’s said, pays ""$5 billion"".\nShares fell.",2025-03-28\n', "utf-8"),
        ('id;title;text;date\r\nq1;Quartzline signs;"Orrin, it’s said, pays ""$5 billion"".\nShares fell.";2025-03-28\r\n', "utf-16"),
        ('id\tTitle\ttext\tdate\nq1\tQuartzline signs\t"Orrin, it’s said, pays ""$5 billion"".\nShares fell."\t2025-03-28\n', "cp1252"),
        ('id,Title,text,date\rq1,Quartzline signs,"Orrin, it’s said, pays ""$5 billion"".\nShares fell.",2025-03-28\r', "utf-8"),
    ],
)
def test_csv_is_read_whatever_separates_its_cells_and_however_it_is_encoded(content: str, encoding: str) -> None:
    ((number, key, draft),) = list(read_csv(io.BytesIO(content.encode(encoding)), Limits()))
    assert (number, key) == (1, "q1")
    assert isinstance(draft, Draft)
    assert draft.text == 'Orrin, it’s said, pays "$5 billion".\nShares fell.'
    assert (draft.title, draft.published) == ("Quartzline signs", "2025-03-28")


def test_a_cell_that_a_spreadsheet_was_kept_from_calculating_is_read_as_it_was() -> None:
    ((_, _, draft),) = list(read_csv(io.BytesIO(b'text\n"\'=Orrin pays $5 billion"\n'), Limits()))
    assert isinstance(draft, Draft)
    assert draft.text == "=Orrin pays $5 billion"


@pytest.mark.parametrize(("content", "reason"), [(b"a,b\n1,2\n", "no_text"), (b"", "empty"), (b"text\n" + b"x" * 2000, "too_large")])
def test_csv_without_articles_is_rejected(content: bytes, reason: str) -> None:
    with pytest.raises(RejectedError) as caught:
        list(read_csv(io.BytesIO(content), Limits(file=1000)))
    assert caught.value.reason == reason


def test_a_text_that_is_the_source_of_a_page_is_read_as_one() -> None:
    page = "<div><p>Orrin pays <b>$5 billion</b> for chips, said its chief.</p><p>Shares <i>fell</i> 5% in London on Monday.</p></div>"
    ((_, _, draft),) = list(read_jsonl(io.BytesIO(json.dumps({"content_html": page}).encode()), Limits()))
    assert isinstance(draft, Draft)
    assert draft.text == "Orrin pays $5 billion for chips, said its chief.\n\nShares fell 5% in London on Monday."
    ((_, _, draft),) = list(read_jsonl(io.BytesIO(json.dumps({"text": "A <b> tag and </b> are words."}).encode()), Limits()))
    assert isinstance(draft, Draft)
    assert draft.text == "A <b> tag and </b> are words."


def test_rows_of_one_cell_below_a_head_of_a_hundred_thousand_names_are_read_in_time_that_grows_with_the_file() -> None:
    # A cell for each name in each row would be two billion cells.
    content = b"text" + b",a" * 100_000 + b"\n" + b"Orrin pays.\n" * 20_000
    rows = list(read_csv(io.BytesIO(content), Limits()))
    assert len(rows) == 20_000
    assert rows[-1] == (20_000, None, Draft("Orrin pays.", "utf-8"))


def test_posts_of_a_content_system_are_what_it_shows_of_them() -> None:
    post = {
        "id": 7,
        "date": "2025-03-28T10:00:00",
        "link": "https://ledger.example/orrin",
        "title": {"rendered": "Orrin &#8217;s servers"},
        "content": {"rendered": "<p>Orrin pays Quartzline $5&nbsp;billion.</p>\n", "protected": False},
    }
    ((number, key, draft),) = read_json(io.BytesIO(json.dumps([post]).encode()), Limits())
    assert isinstance(draft, Draft)
    assert (number, key, draft.text) == (1, "7", "Orrin pays Quartzline $5 billion.")
    assert (draft.title, draft.published, draft.url) == ("Orrin ’s servers", "2025-03-28", "https://ledger.example/orrin")


@pytest.mark.parametrize("content", [{"rendered": None}, {"rendered": ["x"]}, {"raw": "Orrin pays."}, {}])
def test_a_field_that_shows_no_text_is_none(content: object) -> None:
    with pytest.raises(RejectedError) as caught:
        list(read_json(io.BytesIO(json.dumps({"content": content}).encode()), Limits()))
    assert caught.value.reason == "no_text"


@pytest.mark.parametrize("first", ["sep=;\r\n", "sep=;\n", "SEP=; \r"])
def test_the_line_that_tells_excel_the_separator_is_no_row(first: str) -> None:
    ((number, _, draft),) = read_csv(io.BytesIO(f"{first}title;text\nOrrin;Orrin pays, it said.\n".encode()), Limits())
    assert isinstance(draft, Draft)
    assert (number, draft.title, draft.text) == (1, "Orrin", "Orrin pays, it said.")


def row_of(**given: object) -> Draft:
    draft = read_row(given)[1]
    assert isinstance(draft, Draft)
    return draft


def test_a_text_beside_what_is_shown_of_another_field_is_taken_as_it_is() -> None:
    text = "Orrin <orrin@x.example> said\nthat it pays."
    assert row_of(text=text, content={"rendered": "<p>Orrin</p>"}).text == text
    assert row_of(text=text, content={"html": "<p>Orrin</p>"}).text == text


def test_the_title_of_a_page_or_of_a_post_has_no_tags() -> None:
    shown = {"rendered": "Orrin&#8217;s <em>big</em> deal, 3 &lt; 5"}
    assert row_of(title=shown, content={"rendered": "<p>Orrin pays.</p>"}).title == "Orrin’s big deal, 3 < 5"
    assert row_of(title=shown, text="Orrin pays.").title == "Orrin’s big deal, 3 < 5"
    assert row_of(title="Orrin <em>", text="Orrin pays.").title == "Orrin <em>"


@pytest.mark.parametrize("first", [date(1970, 1, 1), "1970-01-01", None, 5])
def test_a_date_that_is_none_of_news_leaves_the_next(first: object) -> None:
    assert row_of(text="Orrin pays.", published=first, date=date(2025, 1, 1)).published == "2025-01-01"
    assert row_of(text="Orrin pays.", published=first, date="2025-01-01").published == "2025-01-01"


@pytest.mark.parametrize("above", ["", "\n", " \t\r\n\n", "\ufeff", "sep=\t\n"])
def test_a_first_column_without_a_name_is_a_column(above: str) -> None:
    content = f"{above}\ttitle\ttext\n0\tOrrin\tOrrin pays.\n"
    ((_, _, draft),) = read_csv(io.BytesIO(content.encode()), Limits())
    assert isinstance(draft, Draft)
    assert (draft.title, draft.text) == ("Orrin", "Orrin pays.")


def test_what_has_no_name_is_no_title_outlet_or_address() -> None:
    ((_, _, draft),) = read_csv(io.BytesIO(b",text\n7,Orrin pays.\n"), Limits())
    assert draft == Draft("Orrin pays.", "utf-8")
