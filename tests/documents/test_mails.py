"""E-mail and newsletters: the letter's news, its sender and its day."""

import io
import sys
from email.message import EmailMessage

import pytest

from corewatch.documents.html_pages import joined
from corewatch.documents.limits import Limits
from corewatch.documents.mails import read_mail, read_mhtml
from corewatch.documents.opening import opener
from corewatch.documents.pieces import Piece, RejectedError
from corewatch.documents.replies import words_of

NEWSLETTER = """<html><body><table width="600"><tr><td><a href="x">View this email in your browser</a></td></tr>
<tr><td><h2>Quartzline signs</h2><p>Quartzline signed a five-year, $11.9 billion contract with Orrin.</p></td></tr>
<tr><td>Microsoft leaves: the firm said it was 62% of revenue in 2024.<br><br>Shares fell 5%.</td></tr>
<tr><td>Unsubscribe | Manage preferences | 1 Main St</td></tr><tr><td>© 2025 The Chip Letter</td></tr></table></body></html>"""
NEWS = "Quartzline signed a five-year, $11.9 billion contract with Orrin.\n\nShares fell 5%."


def message(text: str | None = None, page: str | None = None) -> EmailMessage:
    made = EmailMessage()
    made["From"] = '"The Chip Letter" <news@chip.example>'
    made["To"] = "analyst@fund.example"
    made["Subject"] = "Quartzline signs – $11.9 billion"
    made["Date"] = "Fri, 28 Mar 2025 23:10:00 -0500"
    if text is not None:
        made.set_content(text)
    if page is not None:
        made.add_alternative(page, subtype="html")
    return made


def test_a_newsletter_gives_its_news_without_what_it_says_of_itself() -> None:
    assert read_mail(message("View online: http://x\n", NEWSLETTER).as_bytes()).text.split("\n\n") == [
        "Quartzline signs – $11.9 billion",
        "Quartzline signs",
        "Quartzline signed a five-year, $11.9 billion contract with Orrin.",
        "Microsoft leaves: the firm said it was 62% of revenue in 2024.",
        "Shares fell 5%.",
    ]


def test_the_sender_is_the_publisher_and_the_day_is_that_of_sending() -> None:
    draft = read_mail(message(NEWS).as_bytes())
    assert (draft.title, draft.publisher, draft.published) == ("Quartzline signs – $11.9 billion", "The Chip Letter", "2025-03-28")
    assert draft.text == f"Quartzline signs – $11.9 billion\n\n{NEWS}"


def test_the_written_text_is_read_where_the_page_has_hardly_any() -> None:
    page = "<html><body><p>Open the app to read on.</p></body></html>"
    assert "five-year, $11.9 billion" in read_mail(message(NEWS * 3, page).as_bytes()).text


STORIES = (
    ("Quartzline signs", "Quartzline signed a five-year, $11.9 billion contract with Orrin, its largest customer."),
    ("Lantern borrows", "Lantern raised a $2.4 billion loan from Blackstone on Tuesday. The loan runs for seven years."),
    ("In brief", "Nvidia sold chips for $3 billion to Lantern."),
)


def test_every_story_of_a_newsletter_is_read_with_its_headline() -> None:
    told = "".join(
        f'<tr><td><h2><a href="https://l.example/{at}">{title}</a></h2><p>{text}</p><p><a href="x">Read more</a></p></td></tr>'
        for at, (title, text) in enumerate(STORIES)
    )
    page = f"<html><body><table>{told}<tr><td><a>Share on Twitter</a></td></tr><tr><td>Unsubscribe</td></tr></table></body></html>"
    draft = read_mail(message(page=page).as_bytes())
    assert draft.text.split("\n\n")[1:] == [part for story in STORIES for part in story]


ABOVE = "---------- Forwarded message ---------\nFrom: The Ledger <n@l.example>\nDate: Thu, Mar 27, 2025 at 10:00 AM\n"
QUOTED = "> " + NEWS.replace("\n", "\n> ")
FORWARDS = {
    "gmail": f"FYI, see below\n\n{ABOVE}Subject: Quartzline signs\nTo: <a@f.example>\n\n\n{NEWS}",
    "apple": "See this.\n\nBegin forwarded message:\n\n> From: The Ledger <n@l.example>\n> Subject: Quartzline signs\n"
    f"> Date: 27 March 2025 at 10:00:00 GMT\n> To: a@f.example\n>\n{QUOTED}",
    "outlook": "FYI\n\n-----Original Message-----\nFrom: The Ledger\nSent: Thursday, March 27, 2025 10:00 AM\nTo: Ana\n"
    f"Subject: Quartzline signs\n\n{NEWS}",
    "twice": f"See below\n\n{ABOVE}Subject: Fwd: Quartzline\n\nLook\n\n{ABOVE}Subject: Quartzline signs\nTo: b@f.example\n\n{NEWS}",
}


@pytest.mark.parametrize("program", FORWARDS)
def test_a_forwarded_article_is_the_article_with_its_own_subject_sender_and_day(program: str) -> None:
    made = message(FORWARDS[program])
    made.replace_header("Subject", "FW: Quartzline signs")
    draft = read_mail(made.as_bytes())
    assert draft.text == f"Quartzline signs\n\n{NEWS}"
    assert (draft.title, draft.publisher, draft.published) == ("Quartzline signs", "The Ledger", "2025-03-27")


def test_a_forwarded_page_is_the_article() -> None:
    body = "".join(f"<p>{part}</p>" for part in NEWS.split("\n\n"))
    head = "<b>From:</b> The Ledger &lt;n@l.example&gt;<br><b>Sent:</b> Thursday, March 27, 2025<br><b>Subject:</b> Quartzline signs"
    made = message(page=f'<html><body><p>FYI</p><div id="divRplyFwdMsg">{head}</div><div>{body}</div></body></html>')
    made.replace_header("Subject", "FW: Quartzline signs")
    draft = read_mail(made.as_bytes())
    assert (draft.text, draft.publisher, draft.published) == (f"Quartzline signs\n\n{NEWS}", "The Ledger", "2025-03-27")


MINE = "I think that it is worth $5 billion."
ANSWERS = {
    "quoted": f"{MINE}\n\nOn Fri, Mar 28, 2025 at 10:00 AM The Chip Letter <n@c.example> wrote:\n{QUOTED}\n",
    "on two lines": f"{MINE}\n\nOn Fri, Mar 28, 2025 at 10:00 AM The Chip Letter\n<n@c.example> wrote:\n\n{QUOTED}\n",
    "below": f"On Fri, Mar 28, 2025, Chip <n@c.example> wrote:\n{QUOTED}\n\n{MINE}\n",
    "unmarked": f"{MINE}\n\nOn Fri, Mar 28, 2025 at 10:00 AM Chip wrote:\n\n{NEWS}\n",
    "outlook": f"{MINE}\n\n-----Original Message-----\nFrom: Chip\nSent: Friday\nTo: Ana\nSubject: Quartzline\n\n{NEWS}",
    "outlook without a mark": f"{MINE}\n\nFrom: Chip\nSent: Friday\nTo: Ana\nSubject: Quartzline\n\n{NEWS}",
    "signed": f"{MINE}\n\n-- \nAna Analyst\nFund LLC, $3 billion under management\n",
    "from a telephone": f"{MINE}\n\nSent from my iPhone",
}


@pytest.mark.parametrize("how", ANSWERS)
def test_an_answer_is_what_its_writer_says_and_not_what_it_quotes(how: str) -> None:
    made = message(ANSWERS[how])
    made.replace_header("Subject", "Re: Quartzline")
    assert read_mail(made.as_bytes()).text == f"Quartzline\n\n{MINE}"


def test_an_answer_in_html_is_what_its_writer_says() -> None:
    quoted = "".join(f"<p>{part}</p>" for part in NEWS.split("\n\n"))
    page = (
        f'<div>{MINE} The rest of the price is paid in shares, as the filing says.</div><div class="gmail_quote"><div class="gmail_attr">'
        f'On Friday Chip wrote:</div><blockquote class="gmail_quote" type="cite">{quoted}</blockquote></div>'
    )
    made = message(page=page)
    made.replace_header("Subject", "Re: Quartzline")
    assert read_mail(made.as_bytes()).text == f"Quartzline\n\n{MINE} The rest of the price is paid in shares, as the filing says."


@pytest.mark.parametrize("text", [QUOTED, f"On Fri, Mar 28, 2025 at 10:00 AM Chip <n@c.example> wrote:\n{QUOTED}"])
def test_an_answer_of_nothing_but_quotation_is_read_all_the_same(text: str) -> None:
    made = message(text)
    made.replace_header("Subject", "Re: Quartzline")
    assert read_mail(made.as_bytes()).text.endswith(NEWS)


@pytest.mark.parametrize(
    "text",
    [
        "From: the company’s filing comes this.\n\nOn Monday the analyst wrote:\n\nOrrin pays $5 billion.",
        f"A list:\n\n--\n\n{NEWS}" + "\n\nOne more line of news." * 12,
        "Orrin said:\n\n> We pay $5 billion.\n\nShares fell.",
    ],
)
def test_a_letter_that_answers_nothing_is_read_whole(text: str) -> None:
    assert read_mail(message(text).as_bytes()).text == f"Quartzline signs – $11.9 billion\n\n{joined(None, text)}"


def opened(content: bytes) -> dict[str, str]:
    """The texts and the reasons of a message, by name."""
    events = opener(len(content), Limits()).open(io.BytesIO(content), "a.eml", "a")
    return {event.name: event.text if isinstance(event, Piece) else event.reason for event in events if not isinstance(event, tuple)}


def test_what_is_attached_is_read_as_documents_of_their_own_and_decoration_is_left_alone() -> None:
    inner = message("Lantern borrows $2.4 billion.\n")
    inner.replace_header("Subject", "Lantern borrows")
    made = message("Two articles are attached.\n")
    made.add_attachment(f"Note\n\n{NEWS}", filename="../note.txt")
    made.add_attachment(f"<html><body><h1>Page</h1><p>{NEWS}</p></body></html>", subtype="html")
    made.add_attachment(inner)
    made.add_attachment(b"\x89PNG", "image", "png", filename="logo.png")
    made.add_attachment(b"\xd0\xcf\x11\xe0", "application", "msword", filename="old.doc")
    made.add_attachment(b"BEGIN:VCALENDAR", "text", "calendar", filename="call.ics")
    made.add_attachment(b"Hut lets a hall.", "text", "plain", filename="note.txt")
    found = opened(made.as_bytes())
    assert {name: text.split("\n\n")[-1] for name, text in found.items()} == {
        "a.eml": "Two articles are attached.",
        "a.eml/note.txt": "Shares fell 5%.\n",
        "a.eml/attachment-3.html": "Quartzline signed a five-year, $11.9 billion contract with Orrin. Shares fell 5%.",
        "a.eml/attachment-4.eml": "Lantern borrows $2.4 billion.",
        "a.eml/old.doc": "unsupported",
        "a.eml/note-8.txt": "Hut lets a hall.",
    }


def test_a_letter_that_is_nothing_but_an_attachment_gives_the_attachment_alone() -> None:
    made = message()
    made.add_attachment(b"Hut lets a hall.", "text", "plain", filename="note.txt")
    assert opened(made.as_bytes()) == {"a.eml/note.txt": "Hut lets a hall."}


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252"])
def test_a_letter_is_decoded_as_it_says(encoding: str) -> None:
    made = message()
    made.set_content("Société Générale lends Orrin $5 billion.", charset=encoding)
    assert "Société Générale lends" in read_mail(made.as_bytes()).text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no head, only text", "unreadable"),
        (b"", "unreadable"),
        (message().as_bytes(), "no_text"),
        (b"Subject: x\nDate: yesterday\nFrom: \n\n \n", "no_text"),
    ],
)
def test_a_message_without_text_is_rejected(content: bytes, reason: str) -> None:
    with pytest.raises(RejectedError) as caught:
        read_mail(content)
    assert caught.value.reason == reason


def test_a_page_that_a_browser_saved_as_one_file_is_a_page() -> None:
    made = EmailMessage()
    made["From"] = "<Saved by Blink>"
    made["Snapshot-Content-Location"] = "https://ledger.example/quartzline"
    made["Subject"] = "Quartzline signs"
    page = (
        f"<html><head><title>Quartzline signs</title></head><body><article><h1>Quartzline signs</h1><p>{NEWS}</p></article></body></html>"
    )
    made.add_related(page.encode(), "text", "html")
    draft = read_mhtml(made.as_bytes())
    assert (draft.title, draft.url, draft.published) == ("Quartzline signs", "https://ledger.example/quartzline", None)
    assert draft.text.startswith("Quartzline signs\n\nQuartzline signed a five-year")


@pytest.mark.parametrize(
    "unit",
    [
        "--\n",
        "a\n--\n",
        "From: x\nSubject: y\nTo: z\n",
        "On 2020, a wrote:\n",
        "On 2020 ",
        "> ",
        ">*_",
        "-",
        "---------- Forwarded message\n",
    ],
)
@pytest.mark.parametrize("subject", ["x", "Re: x", "Fwd: x"])
def test_what_a_letter_quotes_is_told_in_time_that_grows_with_its_length(unit: str, subject: str) -> None:
    seen = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal seen
        seen += event in ("call", "c_call")

    def calls(size: int) -> int:
        nonlocal seen
        seen = 0
        sys.setprofile(count)
        try:
            words_of(unit * (size // len(unit)), subject, answer=subject == "Re: x")
        finally:
            sys.setprofile(None)
        return seen

    # Calls, not seconds: a machine that is busy does not make more of them.
    small, large = calls(4_000), calls(32_000)
    assert large <= 9 * small + 200


@pytest.mark.parametrize("line", ["List-Unsubscribe: <https://wire.example/u?t={}>", "In-Reply-To: <{}@wire.example>", "List-Id: <{}>"])
def test_a_long_line_of_the_head_that_is_not_taken_apart_breaks_no_letter(line: str) -> None:
    head = f"From: Wire <w@wire.example>\nSubject: Orrin pays\n{line.format('a' * 3000)}\n\n"
    assert read_mail(f"{head}Orrin pays Lantern $5 billion.\n".encode()).text == "Orrin pays\n\nOrrin pays Lantern $5 billion."


@pytest.mark.parametrize(("year", "day"), [(2025, "2025-03-28"), (1970, None), (9999, None)])
def test_a_day_on_which_no_letter_was_sent_is_none(year: int, day: str | None) -> None:
    head = f"From: Wire <w@wire.example>\nSubject: Orrin pays\nDate: 28 Mar {year} 10:00:00 +0000\n\n"
    assert read_mail(f"{head}Orrin pays Lantern $5 billion.\n".encode()).published == day
