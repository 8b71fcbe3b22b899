"""A saved page gives its article and nothing of the page around it."""

import contextlib
import cProfile
import json
import pstats

import pytest

from corewatch.documents.html_pages import article_of, read_html
from corewatch.documents.page_frames import framed
from corewatch.documents.pieces import RejectedError, address

PARAGRAPHS = (
    "Quartzline said on Monday that it had signed a five-year, $11.9 billion contract with Orrin, its largest customer.",
    "Revenue rose 737% to $1.92 billion in 2024, while the net loss widened to $863 million, said Orla Brandt, its chief executive.",
    "Microsoft accounted for 62% of revenue, according to the filing. The company plans to spend over $20 billion in 2025.",
)
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
PAGE = f"""<!DOCTYPE html><!-- saved from url=(0041)https://ledger.example/2025/03/quartzline -->
<html lang="en"><head><meta charset="utf-8"><title>Quartzline signs with Orrin | The Ledger</title>
<meta property="og:site_name" content="The Ledger"><meta property="article:published_time" content="2025-03-28T23:00:00Z">
<script>var price = "$99 billion";</script><style>p {{ color: red }}</style></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/m">Markets: Nvidia at $900</a></li></ul></nav></header>
<div class="cookie-banner">We use cookies. Accept all</div>
<main><article><h1>Quartzline signs with Orrin</h1><div class="byline">By Orla Brandt</div>{BODY}
<table><tr><th>Year</th><th>Revenue</th></tr><tr><td>2024</td><td>$1.92bn</td></tr></table></article>
<section class="comments"><p class="comment">I would sell it all for $5.</p></section></main>
<aside class="related"><h3>Most read</h3><ul><li><a href="#">Ten stocks to buy for $5 billion</a></li></ul></aside>
<footer>Copyright 2025 The Ledger. All rights reserved. Subscribe to our newsletter for $4 a month.</footer></body></html>"""


def test_a_page_gives_headline_paragraphs_and_tables_and_none_of_its_furniture() -> None:
    lines = ["Quartzline signs with Orrin", *PARAGRAPHS, "| Year | Revenue |\n|---|---|\n| 2024 | $1.92bn |"]
    assert read_html(PAGE.encode()).text == "\n\n".join(lines)


def test_a_page_says_its_title_date_outlet_and_address() -> None:
    draft = read_html(PAGE.encode())
    assert (draft.title, draft.published, draft.publisher, draft.encoding) == (
        "Quartzline signs with Orrin", "2025-03-28", "The Ledger", "utf-8",
    )  # fmt: skip
    assert draft.url == "https://ledger.example/2025/03/quartzline"


def test_a_declared_encoding_is_kept_to() -> None:
    page = PAGE.replace('charset="utf-8"', 'charset="windows-1252"').replace("widened to", "widened – “sharply” – to")
    draft = read_html(page.encode("cp1252"))
    assert "widened – “sharply” – to" in draft.text
    assert draft.encoding == "cp1252"


def test_a_small_page_and_a_fragment_are_read() -> None:
    assert article_of("<html><body><h1>Chips run short</h1><p>Makers of chips pay $5 billion.</p></body></html>").text == (
        "Chips run short\n\nMakers of chips pay $5 billion."
    )
    assert article_of(f"<h1>Chips run short</h1>{BODY}").title == "Chips run short"


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<html><body><script>x = 1</script></body></html>", "<!-- nothing -->"])
def test_a_page_without_an_article_is_rejected(page: str) -> None:
    with pytest.raises(RejectedError) as caught:
        read_html(page.encode())
    assert caught.value.reason == "no_text"


def test_markup_in_the_text_stays_text() -> None:
    page = PAGE.replace("its largest customer.", "its &lt;script&gt;alert(1)&lt;/script&gt; &amp; largest customer.")
    assert "its <script>alert(1)</script> & largest customer." in read_html(page.encode()).text


def test_the_outlet_is_told_from_the_title_or_the_address_where_the_page_does_not_say_it() -> None:
    page = PAGE.replace('<meta property="og:site_name" content="The Ledger">', "")
    assert read_html(page.encode()).publisher == "The Ledger"
    assert read_html(page.replace(" | The Ledger</title>", "</title>").encode()).publisher == "ledger.example"


def test_what_a_browser_does_not_show_is_not_read() -> None:
    for hidden in (
        "<p hidden>Orrin pays $99 billion.</p>",
        '<p style="color: red; display: none">Orrin pays $99 billion.</p>',
        "<template><p>Orrin pays $99 billion.</p></template>",
        "<noscript><p>Orrin pays $99 billion.</p></noscript>",
        '<p style="DISPLAY:\tNone">Orrin pays $99 billion.</p>',
        '<p style="Visibility: Hidden">Orrin pays $99 billion.</p>',
        '<p style="color: red; font-size: 0">Orrin pays $99 billion.</p>',
        '<p style="font-size: 0px; line-height: 1">Orrin pays $99 billion.</p>',
        '<p style="display: block; display: none !important">Orrin pays $99 billion.</p>',
        '<p style="font-size: 0.0em; font-family: serif">Orrin pays <b>$99 billion</b>.</p>',
        '<p style="font-size: 0 !important">Orrin pays $99 billion.</p>',
        '<p style="font-size: 0pt">Orrin pays $99 billion.</p>',
        '<p style="font: 0/0 a">Orrin pays $99 billion.</p>',
    ):
        text = read_html(PAGE.replace("</article>", f"{hidden}</article>").encode()).text
        assert "$99 billion" not in text
        assert PARAGRAPHS[2] in text


@pytest.mark.parametrize(
    "shown",
    [
        '<div style="-webkit-backface-visibility: hidden; backface-visibility: hidden">{}</div>',
        '<div style="--how:display:none">{}</div>',
        '<div style="display: none; display: block">{}</div>',
        '<div style="visibility: hidden; visibility: visible">{}</div>',
        '<div hidden style="display: block">{}</div>',
        '<div style="visibility: hidden"><div style="visibility: visible">{}</div></div>',
        '<div style="font-size: 0">{}</div>',
        '<div style="font-size: 0"><span class="item">{}</span></div>',
        '<div style="font-size: 0"><font size="3">{}</font></div>',
        '<div style="font-size: 0.9em">{}</div>',
        '<div style="font-size: 0; font: 15px serif">{}</div>',
        '<div style="font: 0.9em serif">{}</div>',
    ],
)
def test_what_a_reader_may_well_see_is_read(shown: str) -> None:
    page = f"<html><body><h1>Quartzline signs</h1>{shown.format(BODY)}</body></html>"
    assert read_html(page.encode()).text.split("\n\n") == ["Quartzline signs", *PARAGRAPHS]


def test_a_page_that_says_of_itself_what_it_is_in_json_is_dated_by_it() -> None:
    said = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Quartzline signs with Orrin",
        "datePublished": "2025-03-28T12:00:00Z", "publisher": {"@type": "Organization", "name": "The Wire"},
    }  # fmt: skip
    told = json.dumps(said)
    page = f'<html><head><title>Quartzline signs with Orrin</title><script type="application/ld+json">{told}</script></head><body><article>'
    draft = read_html(f"{page}<h1>Quartzline signs with Orrin</h1>{BODY}</article></body></html>".encode())
    assert (draft.published, draft.publisher) == ("2025-03-28", "The Wire")


def test_an_old_page_whose_tables_place_its_text_gives_paragraphs() -> None:
    told = "<br><br>".join(PARAGRAPHS)
    page = f"<html><head><title>Quartzline signs</title></head><body><table><tr><td>{told}</td></tr></table></body></html>"
    assert read_html(page.encode()).text.split("\n\n") == ["Quartzline signs", *PARAGRAPHS]


@pytest.mark.parametrize(("rows", "asked"), [(20, True), (1600, False)])
def test_the_second_opinion_that_takes_the_square_of_a_table_is_not_asked_for_of_a_long_one(rows: int, asked: bool) -> None:
    page = "<html><body><table>" + "<tr><td>5</td><td>Orrin</td></tr>" * rows + "</table></body></html>"
    profile = cProfile.Profile()
    draft = profile.runcall(lambda: read_html(page.encode()))
    assert draft.text.count("Orrin") == rows
    assert any("justext" in str(place[0]) for place in pstats.Stats(profile).stats) is asked  # type: ignore[attr-defined]  # stubs leave it out


def test_a_block_without_a_size_shows_what_has_a_size_in_it() -> None:
    block = '<div style="font-size: 0"><p style="font-size: 15px">Orrin pays $99 billion.</p></div>'
    small = '<p style="font-size: 0.9em">Lantern lets halls.</p>'
    text = read_html(PAGE.replace("</article>", f"{block}{small}</article>").encode()).text
    assert text.endswith("Orrin pays $99 billion.\n\nLantern lets halls.")


def test_the_second_opinion_is_not_asked_for_of_thousands_of_forms_either() -> None:
    page = PAGE.replace("</article>", "<form><input><button>x</button></form>" * 4000 + "</article>")
    profile = cProfile.Profile()
    draft = profile.runcall(lambda: read_html(page.encode()))
    assert PARAGRAPHS[2] in draft.text
    assert not any("justext" in str(place[0]) for place in pstats.Stats(profile).stats)  # type: ignore[attr-defined]  # stubs leave it out


@pytest.mark.parametrize(("told", "day"), [("2031-02-03T10:00:00Z", "2031-02-03"), ("9999-12-31", None), ("1969-12-31", None)])
def test_the_date_of_a_page_is_the_same_on_whatever_day_it_is_read(told: str, day: str | None) -> None:
    assert read_html(PAGE.replace("2025-03-28T23:00:00Z", told).encode()).published == day


def test_an_address_is_shown_without_the_password_in_it() -> None:
    link = '<link rel="canonical" href="https://ann:secret@ledger.example/2025/quartzline"></head>'
    page = PAGE.replace("</head>", link).replace('<meta property="og:site_name" content="The Ledger">', "").replace(" | The Ledger", "")
    draft = read_html(page.encode())
    assert (draft.url, draft.publisher) == ("https://ledger.example/2025/quartzline", "ledger.example")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("https://ann:s@t@ledger.example/a@b?c=d@e", "https://ledger.example/a@b?c=d@e"),
        ("https://ledger.example/a", "https://ledger.example/a"),
        ("ledger.example/a:b", "ledger.example/a:b"),
        ("//ann:pw@ledger.example/a", "//ledger.example/a"),
        ("https:///ann:pw@ledger.example/a", "https:///ledger.example/a"),
        ("https://archive.example/2025/https://ann:pw@ledger.example/a", "https://archive.example/2025/https://ledger.example/a"),
        ("https://ledger.example/a//b@c", "https://ledger.example/a//b@c"),
        ("ledger.example:8080/a", "ledger.example:8080/a"),
        ("ledger.example:8080", "ledger.example:8080"),
        ("//ledger.example:8080/a", "//ledger.example:8080/a"),
        ("javascript:1/alert(1)", None),
        ("ann:pw@ledger.example:8080/a", None),
        (" JavaScript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///home/ann/page.html", None),
        (5, None),
        ("", None),
    ],
)
def test_what_leads_anywhere_but_to_the_web_is_no_address(given: object, shown: str | None) -> None:
    assert address(given) == shown


def test_a_page_with_more_elements_than_any_article_has_is_too_large_at_once() -> None:
    paragraph = "<p>Orrin pays Quartzline $5 billion for servers.</p>"
    with pytest.raises(RejectedError) as caught:
        read_html(f"<html><body>{paragraph * 100_000}</body></html>".encode())
    assert (caught.value.reason, caught.value.detail) == (
        "too_large",
        "the page has 100,002 elements, and 100,000 are read; copy its article into a .txt file",
    )


@pytest.mark.parametrize(
    "other",
    [
        "<script>for (i = 0; i<n; ++i) {}" + "if (a<b) c();" * 100_000 + "</script>",
        "<STYLE>" + "p{}/*<a>*/" * 100_000 + "</STYLE>",
        "<!-- " + "<p>" * 100_000 + " -->",
        "</p>" * 100_000,
    ],
    ids=["script", "style", "comment", "ends"],
)
def test_what_is_no_element_does_not_count_as_one(other: str) -> None:
    assert read_html(PAGE.replace("</body>", f"{other}</body>").encode()).text == read_html(PAGE.encode()).text


def test_an_element_that_is_closed_at_once_hides_none_that_counts() -> None:
    with pytest.raises(RejectedError) as caught:
        framed("<html><head><script src='x'/></head><body>" + "<p>" * 100_000)
    assert caught.value.reason == "too_large"


@pytest.mark.parametrize("name", ["<!--", "<script>", "<script ", "<style>x", "<!-- --><script>x</script>", "<script/>", "<html>", "<"])
def test_a_page_is_looked_through_once_whatever_is_in_it(name: str) -> None:
    # With a search to the end for each, the longest of them would take hours.
    page = name * (2_000_000 // len(name))
    with contextlib.suppress(RejectedError):
        assert framed(page).count("<") >= page.count("<")


@pytest.mark.parametrize(
    "before",
    [
        "<div id='bar'>Saved on Friday</div>",
        "<noscript><img src='x'></noscript>",
        "<!--><div></div><!--[if gt IE 8]><!-->",
        "<!-- " + "x" * 5000 + " <html> --><div></div>",
        "<!DOCTYPE html><script>document.write('<html><head></head>')</script><noframes></noframes>",
    ],
)
def test_a_page_below_something_else_keeps_what_its_head_says(before: str) -> None:
    page = PAGE.replace(" | The Ledger</title>", "</title>").replace("<!DOCTYPE html>", "")
    page = page.replace("</head>", '<link rel="canonical" href="https://wire.example/quartzline"></head>')
    draft = read_html(f"{before}{page}".encode())
    assert (draft.title, draft.published, draft.publisher, draft.url) == (
        "Quartzline signs with Orrin", "2025-03-28", "The Ledger", "https://wire.example/quartzline",
    )  # fmt: skip
    assert [line for line in draft.text.split("\n\n") if line in PARAGRAPHS] == list(PARAGRAPHS)


def test_an_article_above_a_page_of_something_else_is_not_lost() -> None:
    page = f"<div><h1>Quartzline signs</h1>{BODY}</div><html><head><title>Most read</title></head><body><p>Ten stocks.</p></body></html>"
    assert all(text in article_of(page).text for text in PARAGRAPHS)


@pytest.mark.parametrize("first", ["<math>", "<svg>", "<form>", "<!-- <html> --><video>", "<p>"])
def test_a_page_within_another_element_is_read_as_one_that_begins_with_it(first: str) -> None:
    page = f"{first}<html><body><p>Orrin pays Quartzline $5 billion for servers.</p></body></html>"
    assert "Orrin pays Quartzline $5 billion for servers." in article_of(page, whole=True).text


@pytest.mark.parametrize("source", ["<math><html", "<svg><body", "<form><html>"])
def test_an_element_that_is_no_page_and_has_none_is_rejected(source: str) -> None:
    with pytest.raises(RejectedError) as caught:
        article_of(source, whole=True)
    assert caught.value.reason == "no_text"
