"""Tables in, everything that is said of the closed loop out: indicators, verdicts, circuits, origin, robustness and the bridge.

study = study_of(tables)            # the parameters, with the years of the corpus
result = study_loop(tables, study)
result.verdicts
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pandas import DataFrame

from corewatch.loop.amounts import Deal
from corewatch.loop.boundary import known_boundary
from corewatch.loop.circuits import find_circuits
from corewatch.loop.deals import deals_of
from corewatch.loop.indicators import Indicator, indicators_of, table
from corewatch.loop.leaving_out import each_left_out, stating
from corewatch.loop.origin import origin_attribution
from corewatch.loop.reading import REFERENCE_YEAR, Boundary, Policy, Reading, Study
from corewatch.loop.robustness import Situation, money_of, robustness
from corewatch.loop.scenarios import gross_to_net, permutation_null
from corewatch.loop.verdicts import loop_verdicts
from corewatch.tables import Tables, frame


@dataclass(frozen=True)
class LoopResult:
    """The tables of the closed loop.

    `origin` and `bridge` are of the study's own reading; `without` are the indicators without each document, which the verdicts use.
    `untried` is how many documents that state something were not left out.
    """

    study: Study
    indicators: DataFrame
    verdicts: DataFrame
    circuits: DataFrame
    origin: DataFrame
    robustness: DataFrame
    bridge: DataFrame
    without: Mapping[str, DataFrame]
    untried: int = 0

    def tables(self) -> dict[str, DataFrame]:
        """The tables by the names of their files."""
        return {
            "loop_indicators": self.indicators, "loop_verdicts": self.verdicts, "loop_circuits": self.circuits,
            "loop_origin": self.origin, "loop_robustness": self.robustness, "loop_bridge": self.bridge,
        }  # fmt: skip


def study_of(tables: Tables, study: Study | None = None, year: int | None = None, reference_year: int | None = None) -> Study:
    """A study with its years: those given, else the latest year in which a deal of the tables begins, else 2025."""
    study = study or Study()
    latest = max((deal.start for deal in deals_of(tables) if deal.start is not None), default=REFERENCE_YEAR)
    reference = reference_year if reference_year is not None else latest
    return replace(study, reading=replace(study.reading, year=year if year is not None else latest, reference_year=reference))


def flows_tables(flows: DataFrame) -> Tables:
    """A table `flows` alone, as tables of which all others are empty."""
    return Tables(**{name: flows if name == "flows" else frame(name, []) for name in Tables.__dataclass_fields__})


def study_loop(tables: Tables, study: Study | None = None) -> LoopResult:
    """Everything that is said of the closed loop of some tables."""
    study = study or study_of(tables)
    here = situation_of(tables, study)
    found = stating(tables) if study.documents else []
    tried = found[: study.most_documents]
    others = {doc_id: situation_of(rest, study) for doc_id, rest in each_left_out(tables, sorted(tried))}
    headline: Policy = "firm" if "firm" in study.policies else study.policies[0]
    reading = study.reading if study.reading.policy in study.policies else replace(study.reading, policy=headline)
    fewer = study.draws if study.other_draws is None else min(study.draws, study.other_draws)
    indicators = [
        row
        for policy in study.policies
        for row in of_policy(here, tables.relations, study, policy, study.draws if policy == headline else fewer)
    ]
    without = left_out(here, others, tables.relations, study, headline)
    made = table([*indicators, *null_rows(here.deals, reading, study.null_draws)])
    return LoopResult(
        study,
        made,
        loop_verdicts(made, without),
        find_circuits(tables.flows, tables.relations),
        origin_attribution(money_of(here, reading)),
        robustness(here, reading, others, study.reading.core) if study.robustness else robustness(Situation((), {}), reading).iloc[:0],
        gross_to_net(here.deals, reading, here.boundaries.get("annual")),
        without,
        len(found) - len(tried),
    )


def situation_of(tables: Tables, study: Study) -> Situation:
    """The deals of tables, and what is known of the outside on each time basis."""
    deals = deals_of(tables)
    boundaries: dict[str, Boundary] = {
        basis: known_boundary(
            tables.metrics, deals, replace(study.reading, basis=basis), study.sales if basis == "total" else study.annual_sales
        )
        for basis in study.bases
    }
    return Situation(tuple(deals), boundaries)


def of_policy(situation: Situation, relations: DataFrame, study: Study, policy: Policy, draws: int) -> list[Indicator]:
    """The indicators of one policy on every time basis."""
    return [
        row
        for basis in study.bases
        for row in indicators_of(
            situation.deals, replace(study.reading, policy=policy, basis=basis), situation.boundaries.get(basis, Boundary()),
            relations=relations, draws=draws, pair=study.pair,
        )
    ]  # fmt: skip


def left_out(here: Situation, others: Mapping[str, Situation], relations: DataFrame, study: Study, policy: Policy) -> dict[str, DataFrame]:
    """The indicators without each document; documents that change the same are computed once, and those that change nothing not at all."""
    seen: dict[tuple[object, ...], DataFrame] = {}
    found = {}
    for doc_id, other in others.items():
        key = signature(other)
        if key == signature(here):
            continue
        if key not in seen:
            seen[key] = table(of_policy(other, relations, study, policy, min(study.draws, study.deletion_draws)))
        found[doc_id] = seen[key]
    return found


def signature(situation: Situation) -> tuple[object, ...]:
    """What indicators depend on, to compare situations by: which documents tell of a deal does not matter."""
    deals = tuple(replace(deal, documents=()) for deal in situation.deals)
    known = tuple((basis, tuple(one.sales.items()), tuple(one.revenue.items())) for basis, one in situation.boundaries.items())
    return deals, known


def null_rows(deals: Sequence[Deal], reading: Reading, draws: int) -> list[Indicator]:
    """The permutation null as a row, if it is asked for."""
    if not draws:
        return []
    found = permutation_null(deals, reading, draws)
    note = f"share of {draws} random pairings with a kappa_FP at least as large; their mean is {found['mean']:.4f}"
    return [Indicator("null_share", None, reading.policy, reading.basis_name, "minimal closure", found["share"], note=note)]
