"""What changed between two readings, in words."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from pandas import DataFrame
from tables_told import read
from told import Telling, deal

import corewatch
from corewatch.cli import run
from corewatch.errors import ContractError
from corewatch.reconcile.change_kinds import KINDS, counted_changes
from corewatch.reconcile.changes import change, find_changes
from corewatch.tables import Tables, frame, records

Paper = tuple[str, str | None, Sequence[Telling]]


def compute(sentence: str, billions: float | None, **more: object) -> Telling:
    words = f"${billions:g} billion"
    return sentence, [deal("compute", "Orrin", "Lanternfield", billions, words if words in sentence else None, **more)]


SIGNED = compute("Orrin agreed to pay Lanternfield $6.4 billion.", 6.4)
PLANNED = compute("Orrin plans to pay Lanternfield $6.4 billion.", 6.4, status="planned")


NAME = "Orrin to Lanternfield, computing, $6.4 billion"


def changes(before: Sequence[Paper], after: Sequence[Paper]) -> list[tuple[str, str, str]]:
    found = find_changes(read(*before), read(*after))
    return [(row["what"], row["key"], row["words"]) for row in found.to_dict("records")]


def test_nothing_changed_is_no_row_but_all_columns() -> None:
    found = find_changes(read(("a", None, [SIGNED])), read(("a", None, [SIGNED])))
    assert list(found.columns) == ["what", "key", "before", "after", "usd", "words", "values", "mention_ids"]
    assert found.empty


def test_a_new_document_with_a_new_deal_is_two_changes_the_deal_first() -> None:
    loan: Telling = ("Northgate lent Lanternfield $1.5 billion.", [deal("debt", "Northgate", "Lanternfield", 1.5, status="closed")])
    assert changes([("a", None, [SIGNED])], [("a", None, [SIGNED]), ("b", None, [loan])]) == [
        (
            "deal_added",
            "northgate-lanternfield-debt-1.5bn",
            "Northgate lent Lanternfield $1.5 billion: new, from article b.",
        ),
        ("document_added", "b", "Article b is new."),
    ]


def test_a_document_that_is_gone_takes_its_deal_along() -> None:
    assert changes([("a", None, [SIGNED])], [("b", None, [("Rain fell.", [])])]) == [
        (
            "deal_removed",
            "orrin-lanternfield-compute-6.4bn",
            "Orrin is to pay Lanternfield $6.4 billion for computing: no article tells it any more.",
        ),
        ("document_added", "b", "Article b is new."),
        ("document_removed", "a", "Article a is gone."),
    ]


def test_a_deal_is_followed_through_an_id_that_changes_with_its_amount() -> None:
    over: Telling = ("Orrin pays Lanternfield over $6 billion.", [deal("compute", "Orrin", "Lanternfield", low=6e9, high=None)])
    (amount, new) = changes([("a", None, [over])], [("a", None, [over]), ("b", None, [SIGNED])])
    assert amount == (
        "deal_amount",
        "orrin-lanternfield-compute-6.4bn",
        "Orrin to Lanternfield, computing: the amount was over $6 billion and is $6.4 billion.",
    )
    assert new[0] == "document_added"


def test_what_a_passage_says_of_a_change_has_its_mention_old_and_new_in_the_order_of_the_words() -> None:
    over: Telling = ("Orrin pays Lanternfield over $6 billion.", [deal("compute", "Orrin", "Lanternfield", low=6e9, high=None)])
    less: Telling = ("Orrin pays Lanternfield over $5 billion.", [deal("compute", "Orrin", "Lanternfield", low=5e9, high=None)])

    def amount(*after: Paper) -> tuple[str, str]:
        row = find_changes(read(("a", None, [over])), read(*after)).set_index("what").loc["deal_amount"]
        return str(row["values"]), str(row["mention_ids"])

    both = read(("a", None, [over]), ("b", None, [SIGNED])).deal_mentions["mention_id"]
    assert amount(("a", None, [over]), ("b", None, [SIGNED])) == ("over $6 billion; $6.4 billion", "; ".join(both))
    # An article that was edited does not say any more what it said; the id of its mention is as it was.
    assert amount(("a", None, [less])) == ("over $5 billion", both[0])


def test_a_status_that_moved_on_is_told_and_no_contradiction_if_the_dates_are_known() -> None:
    before: list[Paper] = [("a", "2026-01-05", [PLANNED])]
    assert changes(before, [*before, ("b", "2026-02-05", [SIGNED])]) == [
        ("deal_status", "orrin-lanternfield-compute-6.4bn", "Orrin to Lanternfield, computing, $6.4 billion: was planned and is signed."),
        ("document_added", "b", "Article b is new."),
    ]


def test_a_term_and_a_party_that_become_known_are_told() -> None:
    loan: Telling = ("Lanternfield borrowed $1.5 billion.", [deal("debt", None, "Lanternfield", 1.5, status="closed")])
    named: Telling = (
        "Northgate lent Lanternfield $1.5 billion for five years.",
        [deal("debt", "Northgate", "Lanternfield", 1.5, status="closed", term_years=5.0)],
    )
    said = changes([("a", None, [loan])], [("a", None, [loan]), ("b", None, [named])])
    assert [(what, words) for what, _, words in said if what != "document_added"] == [
        ("deal_payer", "Northgate to Lanternfield, loan, $1.5 billion: the payer was not stated and is Northgate."),
        ("deal_term", "Northgate to Lanternfield, loan, $1.5 billion: the term was not stated and is 5 years."),
    ]


def test_a_contradiction_appears_and_is_settled() -> None:
    more = compute("The contract is worth $7.1 billion.", 7.1)
    one: list[Paper] = [("a", None, [SIGNED])]
    two: list[Paper] = [*one, ("b", None, [more])]
    appeared = [row for row in changes(one, two) if row[0].startswith("conflict")]
    settled = [row for row in changes(two, one) if row[0].startswith("conflict")]
    key = "orrin-lanternfield-compute-6.4bn"
    assert appeared == [
        (
            "conflict_appeared",
            f"{key}:amount",
            f"{NAME}: contradicted on the amount ($6.4 billion or $7.1 billion).",
        )
    ]
    assert settled == [
        (
            "conflict_settled",
            f"{key}:amount",
            f"{NAME}: no longer contradicted on the amount (it was $6.4 billion or $7.1 billion).",
        )
    ]


def test_a_document_that_tells_two_deals_apart_splits_them_and_without_it_they_are_joined() -> None:
    # $6 billion and $6.4 billion are one deal until somebody tells of $6.4 billion beside $6 billion.
    round_one = compute("Orrin agreed to pay Lanternfield about $6 billion.", 6, approx=True)
    one: list[Paper] = [("a", None, [round_one]), ("b", None, [SIGNED])]
    apart = ("c", None, [compute("Orrin pays $6 billion.", 6, approx=True), compute("A second contract is worth $6.4 billion.", 6.4)])
    split = [row for row in changes(one, [*one, apart]) if row[0] == "deal_split"]
    joined = [row for row in changes([*one, apart], one) if row[0] == "deals_joined"]
    old = "orrin-lanternfield-compute-6.4bn"
    names = (NAME, "Orrin to Lanternfield, computing, about $6 billion")
    assert split == [("deal_split", old, f"What was read as one deal, {names[0]}, is now read as 2: {names[0]}; {names[1]}.")]
    assert joined == [("deals_joined", old, f"What were 2 deals, {names[0]}; {names[1]}, are read as one now: {names[0]}.")]


def test_a_new_deal_that_takes_over_the_id_of_another_is_new() -> None:
    # Ids of one name are numbered in the order of the documents, so that an earlier document moves the numbers on.
    ohio: Telling = ("Orrin pays for land in Ohio.", [deal("colocation", "Orrin", None, 1)])
    iowa: Telling = ("Ōrrin pays for land in Iowa.", [deal("colocation", "Ōrrin", None, 1)])
    one: list[Paper] = [("b", None, [ohio])]
    two: list[Paper] = [("a", None, [iowa]), *one]
    assert [(what, key) for what, key, _ in changes(one, two)] == [("deal_added", "orrin-colocation-1bn"), ("document_added", "a")]
    assert [(what, key) for what, key, _ in changes(two, one)] == [("deal_removed", "orrin-colocation-1bn"), ("document_removed", "a")]


def test_the_largest_deals_come_first_and_amounts_in_other_currencies_after_them() -> None:
    small, large, euros = (
        (f"Orrin lends {payee}.", [deal("debt", "Orrin", payee, billions, currency=currency)])
        for payee, billions, currency in (("Lanternfield", 1, "USD"), ("Quartzline", 3, "USD"), ("Saltmere", 9, "EUR"))
    )
    found = find_changes(read(), read(("a", None, [small, large, euros])))
    assert [(row["key"], row["usd"]) for row in found.astype(object).where(found.notna(), None).to_dict("records")] == [
        ("orrin-quartzline-debt-3bn", 3e9), ("orrin-lanternfield-debt-1bn", 1e9), ("orrin-saltmere-debt-9bn-eur", None), ("a", None),
    ]  # fmt: skip


def test_a_contradiction_is_the_same_when_its_deal_changes_its_id() -> None:
    more = compute("The contract is worth $7.1 billion.", 7.1)
    before, after = read(("a", None, [SIGNED]), ("b", None, [more])), read(("a", None, [SIGNED]), ("b", None, [more]))
    old = "orrin-lanternfield-compute-6.4bn"
    names = {"deal_id": old + "-2", "key": old + "-2", "conflict_id": f"{old}-2:amount"}
    deals = after.deals.assign(deal_id=names["deal_id"])
    mentions = after.deal_mentions.assign(deal_id=names["deal_id"])
    conflicts = after.conflicts.assign(key=names["key"], conflict_id=names["conflict_id"])
    assert len(conflicts) == 1
    assert find_changes(before, after.replace(deals=deals, deal_mentions=mentions, conflicts=conflicts)).empty


def growth(low: float, basis: str = "actual") -> dict[str, object]:
    """Lanternfield's revenue of 2025."""
    counts = {"n_documents": 1, "n_sources": 1, "n_mentions": 1, "agreed": True, "mention_id": "m"}
    row = {"metric_id": "m1", "company": "Lanternfield", "metric": "revenue", "period": "2025", "unit": "USD"}
    return {**row, "low": low, "high": low, "basis": basis, **counts}


def test_a_measure_that_is_new_told_otherwise_or_gone_is_told_with_its_size() -> None:
    none = read(("a", None, [SIGNED]))
    small, large, hoped = (none.replace(metrics=frame("metrics", [row])) for row in (growth(8e8), growth(9e8), growth(9e8, "forecast")))

    def said(before: Tables, after: Tables) -> list[tuple[str, float, str]]:
        return [(row["what"], row["usd"], row["words"]) for row in records(find_changes(before, after))]

    assert said(none, small) == [("metric_added", 8e8, "Lanternfield, revenue, 2025: $800 million, new.")]
    assert said(small, large) == [("metric_amount", 9e8, "Lanternfield, revenue, 2025: was $800 million and is $900 million.")]
    assert said(hoped, large) == [("metric_basis", 9e8, "Lanternfield, revenue, 2025: $900 million, was forecast and is actual.")]
    assert said(large, none) == [("metric_removed", 9e8, "Lanternfield, revenue, 2025: $900 million, no article tells it any more.")]


def test_a_file_that_can_be_read_at_last_or_no_longer_is_told_with_the_reason() -> None:
    one, both = read(("a", None, [SIGNED])), read(("a", None, [SIGNED]), ("b", None, [("Rain fell.", [])]))
    path = dict(zip(both.documents["doc_id"], both.documents["path"], strict=True))["b"]
    refused = {"path": path, "reason": "encrypted", "detail": "It is locked by a password; give the file without one."}
    locked = one.replace(rejected=frame("rejected", [refused]))

    def said(before: Tables, after: Tables) -> list[tuple[str, str]]:
        return [(row["what"], row["words"]) for row in records(find_changes(before, after))]

    why = "It is locked by a password; give the file without one"
    assert said(locked, both) == [("document_read", "Article b could not be read before and is read now.")]
    assert said(both, locked) == [("document_rejected", f"Article b was read before and is not now: {why}.")]
    assert said(one, locked) == [("document_unread", f"File {path} is new and could not be read: {why}.")]
    assert said(locked, one) == [("document_unread_gone", f"File {path}, which could not be read, is gone.")]


def test_tables_that_do_not_hold_together_are_refused_and_the_row_is_named() -> None:
    whole = read(("a", None, [SIGNED]))
    deal_id = "orrin-lanternfield-compute-6.4bn"
    (mention,) = whole.deal_mentions["mention_id"]
    cut = {
        f"mention {mention} is of deal {deal_id}, not in deals": whole.replace(deals=whole.deals[:0]),
        f"deal {deal_id} has no mention": whole.replace(deal_mentions=whole.deal_mentions[:0]),
        f"mention {mention} is of document a, not in documents": whole.replace(documents=whole.documents[:0]),
    }
    for said, tables in cut.items():
        for pair in ((tables, whole), (whole, tables)):
            with pytest.raises(ContractError, match=f"do not hold together: {said}; give whole tables, as `corewatch parse` wrote them"):
                find_changes(*pair)


def test_every_kind_of_change_has_words_and_says_whether_it_is_material() -> None:
    with pytest.raises(KeyError, match="deal_colour"):
        change("deal_colour", "a", None, None, "A deal has another colour.")
    material = {what for what, kind in KINDS.items() if kind.material}
    assert {"metric_amount", "metric_basis", "deal_amount", "deal_split", "conflict_settled"} <= material
    assert {what for what in KINDS if what not in material} == {
        "document_added", "document_removed", "document_edited", "document_read", "document_rejected", "document_unread",
        "document_unread_gone",
    }  # fmt: skip
    # Each of them is counted somewhere, and none twice.
    told = counted_changes(dict.fromkeys(KINDS, 1) | {"deal_colour": 2})
    assert "of a kind that this version does not know" not in counted_changes(dict.fromkeys(KINDS, 1))
    assert told == (
        "1 article new; 1 article gone; 1 article edited; 1 article read at last; 1 article no longer read; 1 file new and not read; "
        "1 file gone that could not be read; 1 deal new; 1 deal told no more; 1 deal split; 1 deal joined; "
        "6 details of deals told differently; 1 contradiction new; 1 contradiction settled; 1 measure new; 1 measure told no more; "
        "2 measures told differently; 2 changes of a kind that this version does not know"
    )
    assert counted_changes({}) == "nothing"


def test_the_page_on_changes_names_every_kind_and_whether_it_is_material() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "reconciliation.md").read_text(encoding="utf-8")
    rows = [line.strip("| \n").split(" | ") for line in page.splitlines() if re.match(r"\| `(deal|conflict|metric|document)s?_", line)]
    assert {what: row[-1] == "yes" for row in rows for what in re.findall(r"`(\w+)`", row[0])} == {
        what: kind.material for what, kind in KINDS.items()
    }


def test_the_command_compares_folders_of_tables_and_of_articles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "loan.txt").write_text("Orrin Bank lent Tamsel Computing $90 million in May.\n")
    (tmp_path / "new" / "more.txt").write_text("Orrin Bank lent Brisk Computing $70 million in June.\n")
    assert run(["parse", str(tmp_path / "old"), "--out", str(tmp_path / "tables"), "--format", "csv"]) == 0
    capsys.readouterr()
    assert run(["changes", str(tmp_path / "tables"), str(tmp_path / "new")]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Orrin Bank lent Brisk Computing $70 million: new, from article more.",
        "Article more is new.",
    ]
    assert run(["changes", str(tmp_path / "tables"), str(tmp_path / "new"), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["what"], row["key"], row["before"], row["usd"]) for row in rows] == [
        ("deal_added", "orrin-bank-brisk-computing-debt-70m", None, 7e7),
        ("document_added", "more", None, None),
    ]
    assert run(["changes", str(tmp_path / "old"), str(tmp_path / "tables")]) == 0
    assert capsys.readouterr().out == "nothing changed\n"
    assert run(["changes", str(tmp_path / "nowhere"), str(tmp_path / "new")]) == 1
    assert "no such file or folder" in capsys.readouterr().err


def test_the_library_offers_the_same_under_one_name() -> None:
    before, after = read(), read(("a", None, [SIGNED]))
    found: DataFrame = corewatch.find_changes(before, after)
    assert found.equals(find_changes(before, after))
    assert len(records(after.deals)) == 1
