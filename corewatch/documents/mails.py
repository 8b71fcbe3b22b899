"""An e-mail or a newsletter to its text, and a page that a browser saved as one file (.mhtml), which is an e-mail in form.

In: the bytes of a message. Out: a draft: the subject is the title, the sender the publisher, the day of sending the date. Of a message
with both kinds of text the HTML is read, because newsletters neglect the other, unless that has clearly more. What newsletters say of
themselves ("View in browser", "Unsubscribe") is left out. Attachments are not read.

Read in the worker process.
"""

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from corewatch.documents.decoding import decode
from corewatch.documents.html_pages import article_of, joined, read_html
from corewatch.documents.pieces import LONGEST_CELL, Draft, RejectedError, cell, cleaned
from corewatch.documents.words import letter

# The text part is taken where the HTML gives less than this share of its words.
LESS = 0.5
# Parts in parts: the library reads them by recursion.
MOST_PARTS = 200
# Lines of a head that are taken apart, which takes the square of their length, and the most characters that they may have.
PARSED = ("subject", "from", "date", "content-type", "content-disposition", "content-transfer-encoding", "snapshot-content-location")
LONGEST_HEADER = 2000


def read_mail(content: bytes) -> Draft:
    """The text of a message; raises `RejectedError`."""
    message = parse(content)
    title = cell(header(message, "subject"))
    draft, encoding = body_of(message)
    lines = [line for line in draft.text.split("\n") if len(line) > LONGEST_CELL or not letter().fullmatch(line.strip())]
    text = joined(title, "\n".join(lines))
    if not "".join(lines).strip():
        raise RejectedError("no_text", "the message has no text; if it is in an attachment, save that as a file")
    name, address = parseaddr(header(message, "from") or "")
    return Draft(text, encoding, title or draft.title, sent_on(message), cell(name) or cell(address), draft.url)


def read_mhtml(content: bytes) -> Draft:
    """The article of a page saved as one file: its address and date are in the head, the page is the first HTML part."""
    message = parse(content)
    part = next((part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    if part is None:
        raise RejectedError("no_text", "the file has no page in it; save the page again as HTML")
    draft = read_html(payload(part))
    return Draft(
        draft.text,
        draft.encoding,
        draft.title,
        draft.published,
        draft.publisher,
        draft.url or cell(header(message, "snapshot-content-location")),
    )


def parse(content: bytes) -> EmailMessage:
    """The message in the bytes."""
    if content.count(b"\n--") > MOST_PARTS * 50:
        raise RejectedError("unreadable", "the message has parts without end; save its text as a .txt file")
    message = BytesParser(policy=policy.default).parsebytes(content)
    long = any(len(value) > LONGEST_HEADER for part in message.walk() for name, value in part.raw_items() if name.lower() in PARSED)
    if long:
        raise RejectedError("unreadable", "a line of the message's head has no end; save its text as a .txt file")
    if not isinstance(message, EmailMessage) or not message.keys():
        raise RejectedError("unreadable", "the file is no message: it has no head; save the message again, with its head")
    return message


def header(message: EmailMessage, name: str) -> str | None:
    """The text of a head's line; the library stumbles over some that are malformed."""
    try:
        found = message.get(name)
    except (ValueError, IndexError, AttributeError, TypeError, KeyError):
        return None
    return None if found is None else str(found)


def sent_on(message: EmailMessage) -> str | None:
    """The day on which the message was sent, where it was sent."""
    try:
        return parsedate_to_datetime(header(message, "date") or "").date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def body_of(message: EmailMessage) -> tuple[Draft, str]:
    """The text of a message and its encoding."""
    parts = list(message.walk())
    if len(parts) > MOST_PARTS:
        raise RejectedError("unreadable", "the message has parts without end; save its text as a .txt file")
    kept = [part for part in parts if not part.is_multipart() and part.get_content_disposition() != "attachment"]
    plain = [part for part in kept if part.get_content_type() == "text/plain"]
    pages = [part for part in kept if part.get_content_type() == "text/html"]
    written: tuple[Draft, str] | None = None
    if plain:
        texts = [decoded(part) for part in plain]
        written = Draft(cleaned("\n\n".join(text for text, _ in texts)).strip()), texts[0][1]
    for part in pages:
        source, encoding = decoded(part)
        try:
            draft = article_of(unwrapped(source), whole=True)
        except RejectedError:
            continue
        if written is None or len(draft.text.split()) >= LESS * len(written[0].text.split()):
            return draft, encoding
    if written is None:
        raise RejectedError("no_text", "the message has no text; if it is in an attachment, save that as a file")
    return written


def payload(part: EmailMessage) -> bytes:
    """The bytes of a part, as they were before they were wrapped for sending."""
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def decoded(part: EmailMessage) -> tuple[str, str]:
    """The text of a part and its encoding; an empty one is no error, another part may have the text."""
    try:
        return decode(payload(part), str(part.get_content_charset() or "") or None)
    except RejectedError as error:
        if error.reason == "empty":
            return "", "utf-8"
        raise


def unwrapped(source: str) -> str:
    """The source of a newsletter with its tables as plain blocks: they place text, and none has a head."""
    if re.search("<th[ >]", source, re.IGNORECASE):
        return source
    return re.sub(r"<(/?)(?:table|tbody|thead|tfoot|tr|td)\b[^<>]{0,2000}>", r"<\1div>", source, flags=re.IGNORECASE)
