"""The source audit and the first page, on small invented corpora."""

from view_tables import Passage, deal, metric, quote, tables_of

from corewatch.report.contradictions import spoken
from corewatch.report.page import open_report
from corewatch.report.views.index import index_body
from corewatch.tables import Tables, frame, records

HARBOUR = ("Tarnfell will pay Quillon $3.4 billion.", deal("Tarnfell", "Quillon", 3.4e9, 3.4e9, figure="$3.4 billion"))
HIGHER = ("Tarnfell is to pay Quillon $3.9 billion.", deal("Tarnfell", "Quillon", 3.9e9, 3.9e9, figure="$3.9 billion"))
GREW = ("Quillon's revenue rose 80% in 2031.", metric("Quillon", "revenue_growth", 80.0, 80.0, period="2031", figure="80%"))
SAID = ("“It is a circle,” said Ada Renk.", quote("It is a circle", "Ada Renk", "supports"))


def two() -> Tables:
    """Two articles that differ."""
    return tables_of({"one": [HARBOUR, SAID], "two": [HIGHER, GREW]}, {"two": {"publisher": "The Tidewater", "published": "2031-05-14"}})


def test_the_audit_counts_what_each_article_gave() -> None:
    made = open_report("source_audit", tables=two())
    text = repr(made.sources())
    assert "Two files given, two articles read, none rejected." in text
    assert "The Tidewater, 14 May 2031" in text
    assert "Two articles were read, and one disagreement could change a number." in repr(made.answer())


def test_the_audit_shows_both_sides_of_a_contradiction() -> None:
    text = repr(open_report("source_audit", tables=two()).contradictions())
    assert "How much goes from Tarnfell to Quillon?" in text
    assert "Article one: $3.4 billion" in text
    assert "Article two: $3.9 billion" in text
    assert text.count("Used.") == 1


def test_a_single_article_has_nothing_to_contradict_it() -> None:
    made = open_report("source_audit", tables=tables_of({"one": [HARBOUR]}))
    assert "Nothing: a single article has no other to contradict it." in repr(made.contradictions())


def test_rows_below_the_limit_are_listed_with_their_words() -> None:
    text = repr(open_report("source_audit", tables=two(), min_confidence=0.95).least_sure())
    assert "Four rows less sure than 0.95" in text
    assert "Tarnfell → Quillon, computing, $3.4 billion, signed" in text
    assert "No row is less sure than 0.5." in repr(open_report("source_audit", tables=two()).least_sure())


def test_files_that_were_not_read_are_named_with_the_reason() -> None:
    rejected = frame("rejected", [{"path": "scan.pdf", "reason": "unsupported", "detail": "Save its text."}])
    made = open_report("source_audit", tables=two().replace(rejected=rejected))
    assert "scan.pdf | kind of file not read | Save its text." in repr(made.not_read())
    assert "One file could not be read." in repr(made.answer())


def test_an_article_that_another_one_repeats_is_counted_once_and_said() -> None:
    documents = [{**row, "copy_of": "one" if row["doc_id"] == "two" else None} for row in records(two().documents)]
    copied = two().replace(documents=frame("documents", documents))
    text = repr(open_report("source_audit", tables=copied).sources())
    assert "One article repeats most of another and counts with it as one source." in text


def test_corrections_are_listed_with_what_became_of_them() -> None:
    line = {"doc_id": "one", "table": "deal_mentions", "start": 0, "end": 9, "action": "change", "field": "status", "value": "closed",
            "reason": "the filing says so", "outcome": "stale", "detail": "The text has changed."}  # fmt: skip
    made = open_report("source_audit", tables=two().replace(corrections=frame("corrections", [line])))
    assert "change in deal_mentions: status is closed | the filing says so | stale: its passage is gone. The text has changed." in repr(
        made.corrections()
    )


def test_the_first_page_answers_three_questions_and_lists_its_evidence_once() -> None:
    html = str(index_body(two()))
    assert html.count('<article class="answer">') == 3
    assert "<h1>Money in AI infrastructure, as two articles tell it</h1>" in html
    assert html.count('<li id="e1">') == 1
    assert 'href="deal_sizes.html"' in html
    assert "One disagreement could change a number." in html


def test_the_first_page_stands_on_nothing_at_all() -> None:
    html = str(index_body(tables_of({})))
    assert "as no articles tell it" in html
    assert "No article was read." in html


def test_the_first_page_of_a_large_corpus_counts_and_points_to_the_audit() -> None:
    articles: dict[str, list[Passage]] = {f"a{n:03}": [(f"It rained for {n} days.",)] for n in range(70)}
    articles["a007"] = [("Orrin pays Quillon $2 billion.", deal("Orrin", "Quillon", 2e9, 2e9, figure="$2 billion"))]
    html = str(index_body(tables_of(articles)))
    assert '<p class="strip"' not in html
    assert "The first 60; the source audit lists all." in html


def test_an_answer_of_the_first_page_keeps_to_its_reports_parameters() -> None:
    asked: dict[str, dict[str, str | float | int | bool]] = {"deal_sizes": {"min_usd": 1e15}}
    html = {"default": str(index_body(two())), "asked": str(index_body(two(), asked))}
    largest = {name: page.split('<article class="answer">')[2] for name, page in html.items()}
    assert "The largest stated amount is" in largest["default"]
    assert "The largest stated amount is" not in largest["asked"]


def test_the_same_tables_give_the_same_first_page() -> None:
    assert index_body(two()) == index_body(two())


def test_a_denial_stands_with_its_speaker_against_what_was_told() -> None:
    off = (
        "Loam cancelled its $9 billion contract with Quillon in June.",
        deal("Loam", "Quillon", 9e9, 9e9, status="withdrawn", figure="$9 billion"),
    )
    said = (
        "“Our contract with Loam remains in place,” Quillon said.",
        quote("Our contract with Loam remains in place", None, affiliation="Quillon"),
    )
    shown = open_report("source_audit", tables=tables_of({"one": [off, said]})).contradictions()
    assert "Is the deal of Loam and Quillon for $9 billion off?" in repr(shown)
    assert "“Our contract with Loam remains in place,” Quillon said." in repr(shown)
    assert "Quillon, article one: denied" in repr(shown)
    assert '<a href="articles/one.html#c' in shown.markup


def test_a_currency_in_a_disagreement_is_a_sign_before_its_amount() -> None:
    assert spoken("212 million GBP", "amount") == "£212 million"
    assert spoken("over 9,400 SEK", "amount") == "over SEK 9,400"
    assert spoken("-4.4%", "amount") == "−4.4%"
