"""JSON Lines and Parquet with a column of text: a document a row.

In: a file, open. Out: drafts with the number of their row, from 1, and the id that the row has, one at a time. The text is in the first of
`text`, `content`, `body`, `article` and the like; title, date, outlet and address are taken where columns have their usual names.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import IO, Any

from corewatch.documents.html_pages import day
from corewatch.documents.limits import Limits
from corewatch.documents.pieces import HALF, Draft, RejectedError, cell, said
from corewatch.terminal import UNSHOWABLE

TEXT = ("text", "content", "body", "article", "article_text", "maintext", "full_text", "fulltext")
TITLE = ("title", "headline")
PUBLISHED = ("published", "published_at", "date", "publication_date", "date_published", "published_date", "datepublished")
PUBLISHER = ("publisher", "source", "outlet", "site_name", "sitename", "newspaper")
URL = ("url", "link", "source_url")
ID = ("doc_id", "id", "uid", "article_id")
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


def read_parquet(file: IO[bytes], limits: Limits) -> Iterator[Row]:
    """The rows of a Parquet file, a batch in memory at a time and only the columns that are read."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.ParquetFile(file)
        names = table.schema_arrow.names
        wanted = {name.lower(): name for name in names}
        text = next((wanted[name] for name in TEXT if name in wanted), None)
        if text is None:
            raise RejectedError("no_text", f"no column is called {', '.join(TEXT[:4])} or the like; name the column of texts {TEXT[0]}")
        if table.metadata.num_rows > limits.members:
            raise too_many(limits)
        known = {*TITLE, *PUBLISHED, *PUBLISHER, *URL, *ID}
        columns = [name for name in names if name == text or name.lower() in known]
        number = 0
        for batch in table.iter_batches(batch_size=64, columns=columns, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                if isinstance(row.get(text), str) and len(row[text]) > limits.file:
                    yield number, None, RejectedError("too_large", f"the text has more than {limits.file:,} characters; split it")
                else:
                    yield number, *read_row(row)
    except pa.ArrowMemoryError as error:
        raise MemoryError from error
    except (pa.ArrowException, OSError) as error:
        raise RejectedError("unreadable", f"no Parquet that can be read ({said(error)}); write it again") from error


def too_many(limits: Limits) -> RejectedError:
    """The rejection of rows above the limit."""
    return RejectedError("too_large", f"it has more than {limits.members:,} rows; split it, or raise the limit with --limit members NUMBER")


def read_row(given: Mapping[str, Any]) -> tuple[str | None, Draft | RejectedError]:
    """The id of a row, where it has one that can be shown, and its document."""
    row = {str(name).lower(): value for name, value in given.items()}
    text = next((row[name] for name in TEXT if isinstance(row.get(name), str)), None)
    key = next((str(row[name]) for name in ID if isinstance(row.get(name), str | int) and not isinstance(row[name], bool)), None)
    if key is not None and not re.fullmatch(r"[^\s/\\.][^/\\]{0,99}", UNSHOWABLE.sub("/", key)):
        key = None
    if text is None:
        return key, RejectedError("no_text", f"the row has no text; put it into a column {TEXT[0]}")
    if not text.strip():
        return key, RejectedError("empty", "the text of the row is empty; fetch the article again or remove the row")
    title, publisher, url = (cell(next((row[name] for name in names if row.get(name)), None)) for names in (TITLE, PUBLISHER, URL))
    return key, Draft(HALF.sub("\ufffd", text), "utf-8", title, date_in(row), publisher, url)


def date_in(row: Mapping[str, Any]) -> str | None:
    """The date of a row, which is a date, a time, or a text that begins with an ISO date."""
    for name in PUBLISHED:
        value = row.get(name)
        if isinstance(value, datetime | date):
            return day(value.isoformat())
        if isinstance(value, str) and (found := day(value.strip())):
            return found
    return None
