"""JSON Lines, JSON and CSV with a column of text: a document a row, as in Parquet (`parquet_files`).

In: a file, open. Out: drafts with the number of their row, from 1, and the id that the row has, one at a time. The text is in the first of
`text`, `content`, `body`, `article` and the like; title, date, outlet and address are taken where columns have their usual names. A text
that is the source of a page, as feeds and content systems give it, is read as one; any other is taken as it is.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from typing import IO, Any

from corewatch.documents.archives import read_all
from corewatch.documents.decoding import decode
from corewatch.documents.html_pages import article_of
from corewatch.documents.limits import Limits
from corewatch.documents.pieces import HALF, Draft, RejectedError, address, cell, day, said
from corewatch.spreadsheets import original
from corewatch.terminal import UNSHOWABLE

TEXT = (
    "text",
    "content",
    "body",
    "article",
    "article_text",
    "articlebody",
    "maintext",
    "full_text",
    "fulltext",
    "content_text",
    "content_html",
)
TITLE = ("title", "headline")
PUBLISHED = (
    "published",
    "published_at",
    "date",
    "publication_date",
    "date_published",
    "published_date",
    "datepublished",
    "publishedat",
    "pubdate",
)
PUBLISHER = ("publisher", "source", "outlet", "site_name", "sitename", "newspaper")
URL = ("url", "link", "source_url")
ID = ("doc_id", "id", "uid", "article_id")
# Where an answer of a news service or a feed has its articles.
LISTS = ("articles", "items", "documents", "docs", "data", "results", "entries", "records", "rows", "news", "stories")
# Under this name a content system has what it shows of a field, beside what was written: WordPress gives `{"rendered": "<p>..."}`.
SHOWN = "rendered"
SEPARATORS = (",", ";", "\t", "|")
# The first line by which Excel is told what separates cells.
TOLD_SEPARATOR = re.compile(r"\A\s*sep=.[ \t]*(?:\r\n?|\n)", re.IGNORECASE)
# Lines without anything above the names of the columns; a tab may be the end of a first name that is empty.
ABOVE = re.compile(r"\A(?:[\s\ufeff]*[\r\n])?[ \ufeff]*")
# So many tags that end an element are no words about tags.
MARKUP, FEWEST_TAGS = re.compile(r"</(?:p|div|span|a|h[1-6]|li|ul|strong|em|b|i|table|article)\s*>", re.IGNORECASE), 3
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
Row = tuple[int, str | None, Draft | RejectedError]


def read_jsonl(file: IO[bytes], limits: Limits) -> Iterator[Row]:
    """The rows of JSON Lines; a line that is no object with a text is a rejection of its own, and the rest goes on."""
    number = 0
    while line := file.readline(limits.file + 1):
        number += 1
        if len(line) > limits.file:
            while line and not line.endswith(b"\n"):
                line = file.readline(1 << 20)
            detail = f"the line has more than {limits.file:,} bytes; split it, or raise the limit with --limit file NUMBER"
            yield number, None, RejectedError("too_large", detail)
        elif line.strip():
            yield read_line(number, line)
        if number > limits.members:
            raise too_many(limits)


def read_json(file: IO[bytes], limits: Limits) -> Iterator[Row]:
    """The rows of JSON: of a list of objects, of an object that holds such a list, or the one of an object with a text.

    Objects one after the other are JSON Lines, whatever the file's name says.
    """
    content = read_all(file, limits)
    encoding = json.detect_encoding(content)
    try:
        found = json.loads(content.decode(encoding))
    except UnicodeDecodeError as error:
        raise RejectedError("encoding", f"byte {error.start} is not {error.encoding}; save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError) and error.msg == "Extra data":
            yield from read_jsonl(io.BytesIO(content), limits)
            return
        raise RejectedError("unreadable", f"it is no JSON ({said(error)}); write it again") from error
    rows = [found]
    if isinstance(found, list):
        rows = found
    elif isinstance(found, dict) and not has_text(found):
        rows = next((found[name] for name in LISTS if isinstance(found.get(name), list)), rows)
    if len(rows) > limits.members:
        raise too_many(limits)
    if not any(isinstance(row, dict) and has_text(row) for row in rows):
        raise RejectedError("no_text", f"no object in it has a text; name the text {TEXT[0]}, or save the article as text")
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            key, draft = read_row(row)
            yield number, key, replace(draft, encoding=encoding.removesuffix("-sig")) if isinstance(draft, Draft) else draft
        else:
            yield number, None, RejectedError("no_text", f"the entry is no object; write one with a text, such as {{{TEXT[0]!r}: ...}}")


def has_text(row: Mapping[Any, Any]) -> bool:
    """Whether an object has a text under one of its usual names."""
    return any(str(name).lower() in TEXT and isinstance(shown(value), str) for name, value in row.items())


def shown(value: Any) -> Any:
    """What a content system shows of a field, where it tells that from what was written."""
    return value.get(SHOWN, value) if isinstance(value, Mapping) else value


def read_csv(file: IO[bytes], limits: Limits) -> Iterator[Row]:
    """The rows of CSV, whatever separates its cells: the first line has the names of the columns."""
    text, encoding = decode(read_all(file, limits))
    text = ABOVE.sub("", TOLD_SEPARATOR.sub("", text))
    csv.field_size_limit(limits.file)
    # Old programs end their lines with a carriage return alone.
    head = re.split(r"[\r\n]", text, maxsplit=1)[0]
    names = {separator: [name.strip().lower() for name in next(csv.reader([head], delimiter=separator), [])] for separator in SEPARATORS}
    separator = next((one for one in SEPARATORS if set(names[one]) & set(TEXT)), None)
    if separator is None:
        raise RejectedError("no_text", f"no column is called {', '.join(TEXT[:4])} or the like; name the column of texts {TEXT[0]}")
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        heads = [name.strip() for name in next(rows)]
        for number, cells in enumerate(filter(None, rows), start=1):
            if number > limits.members:
                raise too_many(limits)
            # As many names as the row has cells: a head of a million names above rows of one would take hours.
            key, found = read_row({name: original(value) for name, value in zip(heads, cells, strict=False)})
            yield number, key, replace(found, encoding=encoding) if isinstance(found, Draft) else found
    except csv.Error as error:
        raise RejectedError("unreadable", f"no CSV that can be read ({said(error)}); write it again") from error


def read_line(number: int, line: bytes) -> Row:
    """One line of JSON Lines."""
    try:
        row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        return number, None, RejectedError("encoding", f"byte {error.start} of the line is not UTF-8; save the file as UTF-8")
    except (ValueError, RecursionError) as error:
        return number, None, RejectedError("unreadable", f"the line is no JSON ({said(error)}); write one object a line")
    if not isinstance(row, dict):
        return number, None, RejectedError("no_text", f"the line is no object; write one with a text, such as {{{TEXT[0]!r}: ...}}")
    return number, *read_row(row)


def too_many(limits: Limits) -> RejectedError:
    """The rejection of rows above the limit."""
    return RejectedError("too_large", f"it has more than {limits.members:,} rows; split it, or raise the limit with --limit members NUMBER")


def read_row(given: Mapping[str, Any]) -> tuple[str | None, Draft | RejectedError]:
    """The id of a row, where it has one that can be shown, and its document."""
    fields = {str(name).lower(): value for name, value in given.items()}
    row = {name: shown(value) for name, value in fields.items()}
    named = next((name for name in TEXT if isinstance(row.get(name), str)), None)
    key = next((str(row[name]) for name in ID if isinstance(row.get(name), str | int) and not isinstance(row[name], bool)), None)
    if key is not None and not re.fullmatch(r"[^\s/\\.][^/\\]{0,99}", UNSHOWABLE.sub("/", key)):
        key = None
    if named is None:
        return key, RejectedError("no_text", f"the row has no text; put it into a column {TEXT[0]}")
    text = row[named]
    if not text.strip():
        return key, RejectedError("empty", "the text of the row is empty; fetch the article again or remove the row")
    is_page = isinstance(fields[named], Mapping) or len(MARKUP.findall(text, 0, 100_000)) >= FEWEST_TAGS
    if is_page:
        try:
            text = article_of(HALF.sub("\ufffd", text), whole=True).text
        except RejectedError as error:
            return key, error
    headed = next((name for name in TITLE if row.get(name)), None)
    title = row[headed] if headed else None
    if headed and isinstance(title, str) and (is_page or isinstance(fields[headed], Mapping)):
        title = unescape(TAG.sub("", title))
    publisher, url = (next((row[name] for name in names if row.get(name)), None) for names in (PUBLISHER, URL))
    outlet = cell(publisher)
    if outlet is None:
        # As the answers of news services have it.
        outlet = next((cell(row[name].get("name")) for name in PUBLISHER if isinstance(row.get(name), Mapping)), None)
    return key, Draft(HALF.sub("\ufffd", text), "utf-8", cell(title), date_in(row), outlet, address(url))


def date_in(row: Mapping[str, Any]) -> str | None:
    """The first date of a row that may be one of news: a date, a time, or a text that begins with an ISO date."""
    for name in PUBLISHED:
        value = row.get(name)
        told = value.isoformat() if isinstance(value, datetime | date) else value
        if isinstance(told, str) and (found := day(told.strip())):
            return found
    return None
