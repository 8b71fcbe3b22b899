"""The closed-loop report where a loop closes, where money plainly runs through, and on the seeds: all three verdicts in rendered pages."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from view_tables import closed_corpus, open_corpus, pays, tables_of

from corewatch.errors import ParameterError
from corewatch.loop.leaving_out import stating
from corewatch.pipeline import parse
from corewatch.report.page import open_report
from corewatch.report.views import loop_study
from corewatch.report.views.closed_loop import ClosedLoop
from corewatch.tables import Tables

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
PARTS = (
    "answer", "argument", "four_verdicts", "matrix", "table", "circuits", "loop_map", "intervals", "bridge", "tornado", "sensitivity",
    "origins", "pass_through", "statements", "rests", "limits", "contradictions", "made", "evidence",
)  # fmt: skip


@cache
def tables(which: str) -> Tables:
    return parse(SEEDS) if which == "seeds" else {"closed": closed_corpus, "open": open_corpus}[which]()


@cache
def report(which: str) -> ClosedLoop:
    return open_report("closed_loop", tables=tables(which), draws=200)


def other(which: str, **parameters: Any) -> ClosedLoop:
    made: ClosedLoop = open_report("closed_loop", tables=tables(which), draws=100, **parameters)
    return made


def words(which: str) -> list[str]:
    """The verdicts of the four cards, in order."""
    html = str(report(which).four_verdicts().markup)
    return re.findall(r'<span class="vh">Verdict: </span>([a-z ]+)', html)


def test_a_loop_that_closes_is_supported_and_named() -> None:
    assert words("closed")[0] == "supported"
    text = repr(report("closed").four_verdicts())
    assert "The largest round is Marrow → Tarnfell → Quillon → Marrow, $8 billion." in text
    assert repr(report("closed").answer()).startswith("Supported: ")
    assert "Another $209 billion at most of sales to the outside" in text


@pytest.mark.parametrize("part", ["intervals", "tornado"])
def test_each_number_of_a_computed_title_leads_to_its_sum(part: str) -> None:
    html = str(getattr(report("closed"), part)().markup)
    title = re.search(r"<figcaption>.*?<h2[^>]*>(.*?)</h2>", html, re.S)
    assert title
    unlinked = re.sub(r"<a .*?</a>", "", title[1])
    # The line that a measure has to reach, and how many draws have to reach it, are set and not computed.
    assert set(re.findall(r"[\d.]+%", unlinked)) <= {"10%", "95%"}
    assert re.search(r'class="n computed"', title[1])


def test_suppliers_that_differ_are_told_apart() -> None:
    assert words("closed")[-2:] == ["disputed for one", "supported for one"]
    text = repr(report("closed").four_verdicts())
    assert "Tarnfell | supported | 65 to 80%" in text
    assert "Marrow | disputed | 0%" in text


def test_money_that_runs_through_is_disputed() -> None:
    assert words("open") == ["disputed", "supported", "undetermined", "disputed"]
    text = repr(report("open").answer())
    assert text.startswith("Disputed: few firms start the money, but none of the $40 billion is seen to come back.")
    assert "The articles follow 75% of the receipts to a next payment" in text


def test_the_seeds_are_undetermined_and_the_missing_payment_is_named() -> None:
    assert words("seeds") == ["undetermined", "supported", "undetermined", "undetermined"]
    text = repr(report("seeds").four_verdicts())
    assert "What CoreWeave pays Nvidia: it receives $25.8 billion and is not named as paying anyone." in text
    assert "Then what Nvidia puts into CoreWeave or into its customers: only that leg would close a loop." in text
    assert "the amounts between Microsoft and OpenAI, the one circuit that a tie already forms" in text


def test_the_seeds_numbers_are_those_of_the_method() -> None:
    made = report("seeds")
    assert made.point("W") == pytest.approx(35.8e9)
    assert made.point("H_o") == pytest.approx(0.271035548203864)
    assert made.point("mu") == pytest.approx(1.958100558659218)
    assert "0.23 to 0.46" in repr(made.four_verdicts())
    # Shares that were granted to the customer: the one edge that decides whether any loop exists.
    assert "One change lets money return, 1.9% of it at most: shares reversed" in repr(made.tornado())
    assert "read that way, 1.9% of the money could return." in repr(made.circuits())


def test_without_a_component_the_order_is_drawn() -> None:
    text = repr(report("seeds").loop_map())
    assert text.startswith("No component: the counted money runs one way, in two steps, and ends with CoreWeave and Nvidia")
    assert "Money can go round: Marrow → Tarnfell → Quillon → Marrow carries at most $8 billion" in repr(report("closed").loop_map())


def test_the_bridge_ends_with_the_money_that_enters() -> None:
    text = repr(report("open").bridge())
    assert "Of $40 billion that is stated, $10 billion (25%) is new money of 2031" in text
    assert "Passed on between firms | −$30 billion | $10 billion" in text


def test_an_assumption_is_called_one() -> None:
    text = repr(report("seeds").pass_through())
    assert text.startswith("Assumed: if CoreWeave passed all that it receives to Nvidia, still nothing would return")
    assert "An assumption, in no number above." in text


def test_origins_add_up_to_what_passes_through() -> None:
    assert "85% of the $25.8 billion that passes through CoreWeave starts with OpenAI and Microsoft" in repr(report("seeds").origins())


@pytest.mark.parametrize("which", ["closed", "open", "seeds"])
def test_every_figure_has_its_title_in_its_description_and_a_table_after_it(which: str) -> None:
    made = report(which)
    for name in ("matrix", "loop_map", "intervals", "bridge", "tornado", "origins", "pass_through"):
        html = str(getattr(made, name)().markup)
        labels = set(re.findall(r'<svg[^>]* aria-label="([^"]*)"', html))
        assert labels, name
        assert all(label.endswith("A table follows.") for label in labels), name
        assert name == "matrix" or "<table" in html, name
        assert not re.search(r"#[0-9a-f]{6}\b", html), name


def test_the_same_tables_give_the_same_page() -> None:
    pages = [[str(getattr(other("closed"), name)().markup) for name in PARTS] for _ in range(2)]
    assert pages[0] == pages[1]


def test_parameters_change_the_figures_and_never_the_verdicts() -> None:
    made = other("seeds", policy="counterfactual", noncash="include", basis="2025")
    assert made.counting.basis_name == "annual(2025)"
    assert "what falls in 2025, deals closed, signed or withdrawn" in repr(made.matrix())
    assert [row["verdict"] for row in made.numbers.verdicts][:3] == ["undetermined", "supported", "undetermined"]
    assert "The verdicts are those of closed and signed deals on both time bases all the same." in repr(made.rests())


def test_a_core_leaves_everybody_else_outside() -> None:
    made = other("open", core="Ashby; Bell; Corran")
    assert {edge.payee for edge in made.graph.edges} == {"Bell", "Corran", None}
    assert "Inside are Ashby, Bell and Corran; everybody else is outside." in repr(made.rests())


def test_another_seed_gives_other_draws() -> None:
    first, second = (other("seeds", random_seed=seed).numbers.row("W")["p50"] for seed in (1, 2))
    assert first != second


@pytest.mark.parametrize("given", [{"policy": "hopeful"}, {"basis": "yearly"}, {"over": 0.5}, {"spread": 1.0}, {"draws": 5}])
def test_an_impossible_parameter_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ParameterError):
        open_report("closed_loop", tables=tables("open"), **given)


def test_the_first_page_computes_no_more_than_it_shows() -> None:
    made = open_report("closed_loop", tables=tables("open"))
    assert "Disputed" in repr(made.answer("Does it?", "closed_loop.html"))
    assert made.numbers.study.policies == ("firm",)
    assert not made.numbers.study.robustness


def test_with_very_many_articles_verdicts_are_tried_without_those_by_which_most_money_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    # By a hang half of 2 and half of 6 billion, by b half of 2, by c half of 6 and the 9 that nobody else tells of.
    shared, other_deal = pays("Ashby", "Bell", 2), pays("Corran", "Dunmore", 6)
    corpus = tables_of({"a": [shared, other_deal], "b": [shared], "c": [other_deal, pays("Elland", "Farr", 9)], "d": [("Rain fell.",)]})
    assert stating(corpus) == ["c", "a", "b"]
    monkeypatch.setattr(loop_study, "JOININGS", 0)
    monkeypatch.setattr(loop_study, "FEWEST_ARTICLES", 2)
    made: ClosedLoop = open_report("closed_loop", tables=corpus, draws=100)
    said = "Verdicts were tried without each of the two articles by which most money hangs, and not without the other 1."
    assert said in made.four_verdicts().markup
    assert "Verdicts were tried" not in report("closed").four_verdicts().markup
