"""How many independent sources tell a deal."""

from pandas import DataFrame
from told import Telling, deal, metric, tell

from corewatch.reconcile.deals import reconcile_deals
from corewatch.reconcile.metrics import reconcile_metrics
from corewatch.reconcile.sources import credited_in, sources_of
from corewatch.tables import records


def lease(sentence: str = "Orrin will pay Lanternfield $6.4 billion.", **more: str) -> Telling:
    return sentence, [deal("compute", "Orrin", "Lanternfield", 6.4, **more)]


def told(papers: DataFrame, deals: DataFrame) -> dict[str, str]:
    """The source of the mention of each document."""
    sources = sources_of(records(deals), papers)
    return {row["doc_id"]: sources[row["mention_id"]] for row in records(deals)}


def with_cells(papers: DataFrame, column: str, **cells: str) -> DataFrame:
    return papers.assign(**{column: papers["doc_id"].map(cells).astype("str").where(papers["doc_id"].isin(list(cells)), None)})


def test_documents_of_their_own_are_sources_of_their_own() -> None:
    papers, deals, _ = tell(("a", None, [lease()]), ("b", None, [lease("The contract is worth $6.4 billion.")]))
    assert told(papers, deals) == {"a": "a", "b": "b"}
    (row,) = records(reconcile_deals(deals, papers)[0])
    assert (row["n_mentions"], row["n_documents"], row["n_sources"]) == (2, 2, 2)


def test_a_near_copy_is_the_source_that_it_copies() -> None:
    papers, deals, _ = tell(("a", None, [lease()]), ("b", None, [lease()]), ("c", None, [lease("They signed for $6.4 billion.")]))
    papers = with_cells(papers, "copy_of", b="a")
    assert told(papers, deals) == {"a": "a", "b": "a", "c": "c"}
    made, mentions = reconcile_deals(deals, papers)
    assert [(row["n_documents"], row["n_sources"]) for row in records(made)] == [(3, 2)]
    assert [row["source"] for row in records(mentions)] == ["a", "a", "c"]


def test_documents_that_credit_one_outlet_are_one_source_and_so_is_the_outlet_itself() -> None:
    papers, deals, _ = tell(
        ("a", None, [lease("Semafor reported that Orrin will pay Lanternfield $6.4 billion.")]),
        ("b", None, [lease("Orrin will pay Lanternfield $6.4 billion, according to Semafor.")]),
        ("c", None, [lease()]),
        ("d", None, [lease("The contract is worth $6.4 billion.")]),
    )
    papers = with_cells(papers, "publisher", c="Semafor", d="The Tulsa Ledger")
    assert told(papers, deals) == {"a": "Semafor", "b": "Semafor", "c": "Semafor", "d": "d"}


def test_a_copy_of_an_outlet_that_others_credit_is_that_outlet() -> None:
    papers, deals, _ = tell(
        ("a", None, [lease()]), ("b", None, [lease()]), ("c", None, [lease("Semafor reported that Orrin will pay $6.4 billion.")])
    )
    papers = with_cells(with_cells(papers, "publisher", a="Semafor"), "copy_of", b="a")
    assert told(papers, deals) == {"a": "Semafor", "b": "Semafor", "c": "Semafor"}


def test_an_outlet_that_nobody_credits_is_no_more_than_its_documents() -> None:
    papers, deals, _ = tell(("a", None, [lease()]), ("b", None, [lease("The contract is worth $6.4 billion.")]))
    assert told(with_cells(papers, "publisher", a="Semafor", b="Semafor"), deals) == {"a": "a", "b": "b"}


def test_the_paragraph_credits_where_the_sentence_does_not_and_the_next_paragraph_does_not() -> None:
    first: Telling = ("Semafor first reported the talks.", [])
    below: Telling = ("\nSemafor first reported the talks.", [])
    papers, deals, _ = tell(("a", None, [lease(), first]), ("b", None, [lease("They signed for $6.4 billion."), below]))
    assert told(papers, deals) == {"a": "Semafor", "b": "b"}


def test_two_outlets_in_one_sentence_leave_it_open_who_says_so() -> None:
    both = "Semafor and Politico reported that Orrin will pay Lanternfield $6.4 billion."
    papers, deals, _ = tell(("a", None, [lease(both)]))
    assert told(papers, deals) == {"a": "a"}


def test_whom_the_mention_credits_goes_first_if_it_is_an_outlet() -> None:
    papers, deals, _ = tell(
        ("a", None, [lease(asserted_by="Bloomberg News")]),
        ("b", None, [lease(asserted_by="Bloomberg")]),
        ("c", None, [lease(asserted_by="Ada Quill")]),
    )
    assert told(papers, deals) == {"a": "Bloomberg", "b": "Bloomberg", "c": "c"}


def test_an_outlet_is_credited_by_words_beside_its_name() -> None:
    assert credited_in("CNBC reported on Monday that the talks go on.") == {"CNBC"}
    assert credited_in("The company told the Wall Street Journal that it would pay.") == {"Wall Street Journal"}
    assert credited_in("As the WSJ reported, it would pay.") == {"Wall Street Journal"}
    assert credited_in("Reuters rented two halls of Lanternfield's newest site in Norway, which nobody had reported.") == set()
    assert credited_in("It bought 400 feet of cable, Lanternfield reported.") == set()


def test_metrics_count_their_sources_too() -> None:
    row = metric("Quartzline", "revenue", 9.1e9, period="2025-Q4")
    papers, _, mentions = tell(
        ("a", None, [("Quartzline had $9.1 billion of revenue.", [row])]),
        ("b", None, [("Quartzline had $9.1 billion of revenue.", [row])]),
        ("c", None, [("Revenue came to $9.1 billion.", [row])]),
    )
    made, told = reconcile_metrics(mentions, with_cells(papers, "copy_of", b="a"))
    assert [(one["n_mentions"], one["n_documents"], one["n_sources"]) for one in records(made)] == [(3, 3, 2)]
    assert [one["source"] for one in records(told)] == ["a", "a", "c"]


def test_what_most_sources_call_a_deal_it_is_though_more_documents_copy_another_word() -> None:
    share: Telling = ("Orrin invests $6.4 billion in Lanternfield.", [deal("equity", "Orrin", "Lanternfield", 6.4)])
    documents = [("a", None, [share]), ("b", None, [share]), ("c", None, [share]), ("d", None, [lease()]), ("e", None, [lease("Signed.")])]
    papers, deals, _ = tell(*documents)
    assert [row["kind"] for row in records(reconcile_deals(deals, papers)[0])] == ["equity"]
    assert [row["kind"] for row in records(reconcile_deals(deals, with_cells(papers, "copy_of", b="a", c="a"))[0])] == ["compute"]
