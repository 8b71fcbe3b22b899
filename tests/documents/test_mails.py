"""E-mail and newsletters: the letter's news, its sender and its day."""

from email.message import EmailMessage

import pytest

from corewatch.documents.mails import read_mail, read_mhtml
from corewatch.documents.pieces import RejectedError

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


def test_an_attachment_is_not_read() -> None:
    made = message(NEWS)
    made.add_attachment("Nvidia pays $99 billion.", filename="note.txt")
    assert "$99 billion" not in read_mail(made.as_bytes()).text


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
