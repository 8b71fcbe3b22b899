"""An e-mail or a newsletter to its text, and a page that a browser saved as one file (.mhtml), which is an e-mail in form.

In: the bytes of a message. Out: a draft: the subject is the title, the sender the publisher, the day of sending the date. Of a message
with both kinds of text the HTML is read, because newsletters neglect the other, unless that has clearly more. What newsletters say of
themselves ("View in browser", "Unsubscribe") is left out, and so is what an answer quotes; a forwarded article is the article (`replies`).
What is attached is read as documents of their own (`attachments`).

Read in the worker process.
"""

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from corewatch.documents.attachments import is_body, parts_of
from corewatch.documents.decoding import decode
from corewatch.documents.html_pages import article_of, joined, read_html, without_tables
from corewatch.documents.pieces import LONGEST_CELL, Draft, RejectedError, address, cell, cleaned, day
from corewatch.documents.replies import FORWARDED_SUBJECT, SUBJECT, words_of
from corewatch.documents.words import letter

# The text part is taken where the HTML gives less than this share of its words.
LESS = 0.5
# Parts in parts: the library reads them by recursion.
MOST_PARTS = 200
# Lines of a head that are taken apart, which takes the square of their length, and the most characters that they may have.
PARSED = (
    "subject",
    "from",
    "date",
    "content-type",
    "content-disposition",
    "content-transfer-encoding",
    "snapshot-content-location",
)
LONGEST_HEADER = 2000
# How mail programs mark a signature, and what is quoted; in a forwarded message that is the article.
SIGNED = tuple(
    f"//*[contains(concat(' ', @class, ' ', @id, ' '), ' {name} ')]" for name in ("gmail_signature", "moz-signature", "Signature")
)
QUOTED = (
    "//blockquote[@type='cite']",
    *(
        f"//*[contains(concat(' ', @class, ' '), ' {name} ') and not(contains(., 'orwarded message'))]"
        for name in ("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote")
    ),
)


def read_mail(content: bytes) -> Draft:
    """The text of a message; raises `RejectedError`."""
    return letter_of(parse(content))


def letter_of(message: EmailMessage) -> Draft:
    """The text of a message that was parsed; raises `RejectedError`."""
    subject = cell(header(message, "subject"))
    draft, encoding = body_of(message, forwarded=bool(FORWARDED_SUBJECT.match(subject or "")))
    words = words_of(draft.text, subject, answer="in-reply-to" in message)
    title = cell(words.subject) or cell(SUBJECT.sub("", subject or "", count=1) if not is_newsletter(message) else subject)
    lines = [line for line in words.text.split("\n") if len(line) > LONGEST_CELL or not letter().fullmatch(line.strip())]
    if not "".join(lines).strip():
        raise RejectedError("no_text", "the message has no text; fetch the article that it is about")
    text = joined(title, "\n".join(lines))
    if words.forwarded:
        return Draft(text, encoding, title, day(words.sent), cell(words.sender), draft.url)
    name, sent_from = parseaddr(header(message, "from") or "")
    return Draft(text, encoding, title or draft.title, sent_on(message), cell(name) or cell(sent_from), draft.url)


def is_newsletter(message: EmailMessage) -> bool:
    """Whether a message went to a list, whose subjects mean what they say."""
    return "list-unsubscribe" in message or "list-id" in message


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
        draft.url or address(header(message, "snapshot-content-location")),
    )


def parse(content: bytes) -> EmailMessage:
    """The message in the bytes."""
    # Asked of the bytes, because the library takes the parts apart before it can be asked.
    if content.count(b"\n--") > MOST_PARTS * 50 or content.lower().count(b"boundary=") > MOST_PARTS:
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
        return day(parsedate_to_datetime(header(message, "date") or "").date().isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def body_of(message: EmailMessage, *, forwarded: bool) -> tuple[Draft, str]:
    """The text of a message and its encoding."""
    parts = [part for part in parts_of(message) if is_body(part)]
    if len(parts) > MOST_PARTS:
        raise RejectedError("unreadable", "the message has parts without end; save its text as a .txt file")
    plain = [part for part in parts if part.get_content_type() == "text/plain"]
    pages = [part for part in parts if part.get_content_type() == "text/html"]
    written: tuple[Draft, str] | None = None
    if plain:
        texts = [decoded(part) for part in plain]
        written = Draft(cleaned("\n\n".join(text for text, _ in texts)).strip()), texts[0][1]
    for part in pages:
        source, encoding = decoded(part)
        try:
            draft = article_of(unwrapped(source), whole=True, without=SIGNED if forwarded else (*SIGNED, *QUOTED))
        except RejectedError:
            # Nothing but what is quoted.
            try:
                draft = article_of(unwrapped(source), whole=True)
            except RejectedError:
                continue
        if written is None or len(draft.text.split()) >= LESS * len(own_words(written[0].text, message).split()):
            return draft, encoding
    if written is None:
        raise RejectedError("no_text", "the message has no text; fetch the article that it is about")
    return written


def own_words(text: str, message: EmailMessage) -> str:
    """The text that will be read of the plain form, to compare with the other one."""
    return words_of(text, header(message, "subject"), answer="in-reply-to" in message).text


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
    """The source of a newsletter with its tables as plain blocks, which place text and have no head, and without its links' marks.

    In a newsletter the headline of each story is a link, and a block of links is no menu. Headlines become paragraphs, because the library
    leaves out those that it takes for headings of a page.
    """
    source = re.sub(r"</?a\b[^<>]{0,4000}>", "", source, flags=re.IGNORECASE)
    source = re.sub(r"<(/?)h[1-6]\b[^<>]{0,2000}>", r"<\1p>", source, flags=re.IGNORECASE)
    return source if re.search("<th[ >]", source, re.IGNORECASE) else without_tables(source)
