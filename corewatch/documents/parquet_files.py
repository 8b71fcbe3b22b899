"""A Parquet file with a column of text: a document a row, as in `exports`.

In: a file, open. Out: drafts, one at a time. Only the columns that are asked for are read, a value at a time: a date that no calendar has,
a zone that nobody knows and bytes that are no UTF-8 are a fault of their row, and the others are read. What comes out is counted: a text
that is in the file once can be in its rows a hundred thousand times.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any

from corewatch.documents.decoding import decode
from corewatch.documents.exports import ID, PUBLISHED, PUBLISHER, SHOWN, TEXT, TITLE, URL, Row, read_row, shown, too_many
from corewatch.documents.limits import Limits
from corewatch.documents.pieces import Draft, RejectedError, said

if TYPE_CHECKING:
    import pyarrow as pa

# Rows in memory at a time: each may be as long as a document.
BATCH = 16
KNOWN = frozenset((*TITLE, *PUBLISHED, *PUBLISHER, *URL, *ID))


def read_parquet(file: IO[bytes], limits: Limits, count: Callable[[int], None] = lambda _: None) -> Iterator[Row]:
    """The rows of a Parquet file; `count` is told the length of each text before it is read, and may raise `RejectedError`."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.ParquetFile(file)
        text = text_column(table.schema_arrow)
        if table.metadata.num_rows > limits.members:
            raise too_many(limits)
        columns = [text, *(one.name for one in table.schema_arrow if one.name.lower() in KNOWN and is_plain(one.type))]
        number = 0
        for batch in table.iter_batches(batch_size=BATCH, columns=columns, use_threads=False):
            for at in range(batch.num_rows):
                number += 1
                yield number, *row_at(batch, at, text, limits, count)
    except pa.ArrowMemoryError as error:
        raise MemoryError from error
    except (pa.ArrowException, OSError) as error:
        raise RejectedError("unreadable", f"no Parquet that can be read ({said(error)}); write it again") from error


def text_column(schema: "pa.Schema") -> str:
    """The column of texts: the first of the usual names whose column has texts, or bytes, which old programs write for them."""
    named: list[tuple[str, pa.DataType]] = [(field.name, field.type) for name in TEXT for field in schema if field.name.lower() == name]
    if not named:
        raise RejectedError("no_text", f"no column is called {', '.join(TEXT[:4])} or the like; name the column of texts {TEXT[0]}")
    return next((name for name, kind in named if is_text(kind)), named[0][0])


def is_text(kind: "pa.DataType") -> bool:
    """Whether a column has texts, or bytes that may be some, or objects that show one (`exports.shown`)."""
    from pyarrow import types

    if types.is_struct(kind) and kind.get_field_index(SHOWN) >= 0:
        kind = kind.field(SHOWN).type
    kind = kind.value_type if types.is_dictionary(kind) else kind
    asked = ("string", "large_string", "string_view", "binary", "large_binary", "binary_view")
    return any(getattr(types, f"is_{name}")(kind) for name in asked)


def is_plain(kind: "pa.DataType") -> bool:
    """Whether a column says something in one value a row; an outlet may be an object with a name."""
    from pyarrow import types

    return is_text(kind) or types.is_integer(kind) or types.is_temporal(kind) or types.is_struct(kind)


def row_at(
    batch: "pa.RecordBatch", at: int, text: str, limits: Limits, count: Callable[[int], None]
) -> tuple[str | None, Draft | RejectedError]:
    """The id and the document of a row of a batch."""
    row = {name.lower(): as_text(value_of(column, at)) for name, column in zip(batch.schema.names, batch.columns, strict=True)}
    held = value_of(batch.column(batch.schema.names.index(text)), at)
    content = shown(held)
    if isinstance(content, str | bytes):
        count(len(content))
        if len(content) > limits.file:
            return None, RejectedError("too_large", f"the text has more than {limits.file:,} characters; split it")
    encoding = "utf-8"
    if isinstance(content, bytes) and content:
        try:
            content, encoding = decode(content)
        except RejectedError as error:
            return None, error
    key, found = read_row({**row, text.lower(): {SHOWN: content} if isinstance(held, Mapping) else as_text(content)})
    return key, replace(found, encoding=encoding) if isinstance(found, Draft) else found


def value_of(column: Any, at: int) -> Any:
    """A value of a column as Python has it, of an object what it shows or its name; null for what cannot be had."""
    import pyarrow as pa

    value = column[at]
    if not isinstance(value, pa.StructScalar):
        return plain_value(value)
    try:
        return next(({name: plain_value(value[name])} for name in (SHOWN, "name") if name in value), None)
    except LookupError:
        # Two fields of one name.
        return None


def plain_value(value: Any) -> Any:
    """A value that is no object as Python has it; the bytes of a text that is no UTF-8, null for what cannot be had."""
    import pyarrow as pa

    try:
        return value.as_py()
    except UnicodeDecodeError:
        value = value.value if isinstance(value, pa.DictionaryScalar) else value
        return value.as_buffer().to_pybytes()
    except (ValueError, OverflowError, LookupError, pa.ArrowException):
        return None


def as_text(value: Any) -> Any:
    """Bytes as the text that they are in UTF-8, null if they are none, also in an object; any other value as it is."""
    if isinstance(value, Mapping):
        return {name: as_text(each) for name, each in value.items()}
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode()
    except UnicodeDecodeError:
        return None
