"""Options of the command line in, a `Study` out, with an error that names the option where one cannot be used."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from corewatch.errors import ParameterError
from corewatch.loop.amounts import year_share
from corewatch.loop.deals import deals_of
from corewatch.loop.reading import ONCE, PROBABILITIES, TERMS, Reading, Study
from corewatch.loop.study import study_of
from corewatch.tables import Tables

DIRECTIONS = ("as_told", "reversed")
READING = ("over", "spread", "noncash", "subsets", "fill", "threshold")


def study_from(
    tables: Tables, *, year: int | None, reference_year: int | None, grants: Sequence[tuple[str, str]], core: Sequence[str],
    sales: Sequence[tuple[str, str]], annual_sales: Sequence[tuple[str, str]], terms: Sequence[tuple[str, str, str]],
    odds: Sequence[tuple[str, str]], policies: Sequence[Any], bases: Sequence[Any], draws: int, pair: tuple[str, str], null_draws: int,
    no_documents: bool, **reading: Any,
) -> Study:  # fmt: skip
    """The study that the options of `corewatch loop` ask for."""
    for deal_id, direction in grants:
        if direction not in DIRECTIONS:
            raise ParameterError(f"--grant {deal_id}: {direction!r} is no direction; give {' or '.join(DIRECTIONS)}")
        if deal_id not in set(tables.flows["deal_id"]):
            raise ParameterError(f"--grant {deal_id}: the table flows has no such deal_id; its ids are in the column deal_id")
    firms = {name for deal in deals_of(tables) for name in (*deal.payers, *deal.payees) if name is not None}
    asked = {
        "--core": core, "--outside-sales": [firm for firm, _ in sales], "--outside-sales-year": [firm for firm, _ in annual_sales],
        # The default is of the method, whichever firms a table has.
        "--pair": () if pair == Study().pair else pair,
    }  # fmt: skip
    for option, names in asked.items():
        for name in names:
            known(option, name, firms)
    made = Reading(
        **{name: reading[name] for name in READING}, core=tuple(core), grants=dict(grants),  # type: ignore[arg-type]  # checked above
        probabilities=probabilities(odds), terms=intervals(terms),
    )  # fmt: skip
    study = Study(
        made, tuple(dict.fromkeys(policies)), tuple(dict.fromkeys(bases)), draws, dollars("--outside-sales", sales),
        dollars("--outside-sales-year", annual_sales), pair, documents=not no_documents, null_draws=null_draws,
    )  # fmt: skip
    study = study_of(tables, study, year, reference_year)
    if year is not None:
        falls_in(tables, study)
    return study


def known(option: str, firm: str, firms: Collection[str]) -> None:
    """Nothing for a firm that pays or is paid in the table; raises `ParameterError` for any other, with the names that are like it."""
    if firm not in firms:
        folded = {name.casefold(): name for name in sorted(firms)}
        near = [folded[name] for name in get_close_matches(firm.casefold(), folded, n=3)]
        said = f"did you mean {' or '.join(near)}?" if near else "its firms are in the columns payer and payee"
        raise ParameterError(f"{option} {firm}: no flow is to or from such a firm; {said}")


def falls_in(tables: Tables, study: Study) -> None:
    """Nothing if a deal of the table may fall in the year of the study; raises `ParameterError` that says in which years they begin."""
    annual = replace(study.reading, basis="annual")
    deals = [deal for deal in deals_of(tables) if deal.purchase or deal.kind in ONCE]
    if deals and not any(year_share(deal, annual, bound) for deal in deals for bound in ("point", "low", "high")):
        years = sorted({deal.start for deal in deals if deal.start is not None} or {annual.reference_year})
        said = f"in {years[0]}" if len(years) == 1 else f"from {years[0]} to {years[-1]}"
        raise ParameterError(f"--year {annual.year}: no deal falls in it; the deals begin {said}")


def number(option: str, text: str, least: float, most: float = float("inf")) -> float:
    """A number of an option within its bounds."""
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        wanted = f"a number of at least {least:g}" if most == float("inf") else f"a number from {least:g} to {most:g}"
        raise ParameterError(f"{option}: {text!r} was given; give {wanted}")
    return value


def dollars(option: str, pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """US dollars by firm."""
    return {firm: number(f"{option} {firm}", text, 0.0) for firm, text in pairs}


def probabilities(odds: Sequence[tuple[str, str]]) -> Mapping[Any, Mapping[str, float]]:
    """The probabilities of the policies, with those of `weighted` that are given."""
    known = PROBABILITIES["weighted"]
    for status, _ in odds:
        if status not in known:
            raise ParameterError(f"--probability {status}: no such status; give one of {', '.join(known)}")
    return {**PROBABILITIES, "weighted": {**known, **{status: number(f"--probability {status}", text, 0.0, 1.0) for status, text in odds}}}


def intervals(terms: Sequence[tuple[str, str, str]]) -> dict[str, tuple[float, float]]:
    """The years of a contract without a term, with those that are given."""
    found = dict(TERMS)
    for kind, low, high in terms:
        if kind not in TERMS:
            raise ParameterError(f"--term {kind}: no such kind of purchase; give one of {', '.join(TERMS)}")
        least = number(f"--term {kind}", low, 1.0)
        found[kind] = (least, number(f"--term {kind}", high, least))
    return found
