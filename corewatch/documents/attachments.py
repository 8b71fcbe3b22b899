"""What is attached to a message: files that may be articles, each with a name that says its kind.

In: a message. Out: names and bytes. Pictures, sounds, films, invitations, cards and signatures are left alone, as what a browser saves
beside a page is: no article is in them. Whatever else is attached is given, so that what cannot be read is named.
"""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from posixpath import splitext

from corewatch.documents.formats import format_of
from corewatch.documents.pieces import printable

LEFT_ALONE = re.compile(
    r"(?:image|audio|video|font)/.*|text/(?:calendar|x-vcard|vcard|directory)|"
    r"application/(?:ics|pgp-.*|(?:x-)?pkcs7-.*)|multipart/.*|message/(?:delivery-status|disposition-notification)"
)
ENDINGS = {
    "text/html": ".html", "text/plain": ".txt", "text/markdown": ".md", "text/csv": ".csv", "application/pdf": ".pdf",
    "application/json": ".json", "message/rfc822": ".eml", "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip
LONGEST_NAME = 120


def parts_of(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts of a message in order, without those of messages in it; deeper ones are asked for without recursion."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        yield part
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            waiting += [one for one in reversed(part.get_payload()) if isinstance(one, EmailMessage)]  # type: ignore[arg-type]  # a list of parts


def is_body(part: EmailMessage) -> bool:
    """Whether a part is text of the letter itself."""
    return part.get_content_type() in ("text/plain", "text/html") and part.get_content_disposition() != "attachment"


def attached(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each attachment; each name once."""
    names: set[str] = set()
    for number, part in enumerate(parts_of(message)):
        kind = part.get_content_type()
        if is_body(part) or LEFT_ALONE.fullmatch(kind):
            continue
        name = named(part, kind, number)
        while name in names:
            stem, ending = splitext(name)
            name = f"{stem}-{number}{ending}"
        names.add(name)
        yield name, contents(part, kind)


def contents(part: EmailMessage, kind: str) -> bytes:
    """The bytes of an attachment; a message in a message is written out again."""
    if kind == "message/rfc822":
        inner = part.get_payload(0)
        return inner.as_bytes() if isinstance(inner, EmailMessage) else b""
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def named(part: EmailMessage, kind: str, number: int) -> str:
    """The plain name of an attachment, without folders, with the ending of its kind where it has none that is known."""
    try:
        given = part.get_filename() or ""
    except (ValueError, IndexError, AttributeError, TypeError, KeyError):
        given = ""
    name = printable(
        re.split(r"[\\/]", given)[-1]
        .strip()
        .encode("utf-8", "surrogateescape" if given.isascii() else "replace")
        .decode("utf-8", "replace")
    )
    name = name.replace("\\", "_").lstrip(".")[-LONGEST_NAME:] or f"attachment-{number}"
    return name if format_of(name)[0] or kind not in ENDINGS else name + ENDINGS[kind]
