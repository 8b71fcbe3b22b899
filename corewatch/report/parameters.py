"""What each report can be asked: names, types, limits and help of its parameters.

In: names and values, typed by a program or as text from a command line. Out: typed values for a notebook, or a `ParameterError`
before any kernel starts. The cell tagged `parameters` of each notebook says the same, for who reads the notebook; a test compares them.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, Literal, get_origin

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from corewatch.contract import DEAL_KINDS
from corewatch.errors import ParameterError

Value = str | float | int | bool


class Common(BaseModel):
    """What every report can be asked."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    tables: str = Field("", description="folder of tables made by corewatch parse; empty: parse seeds")
    seeds: str = Field("seeds", description="folder or file of articles", min_length=1)
    corrections: bool = Field(True, description="apply seeds/corrections.csv")


class RevenueGrowth(Common):
    """How fast revenue grows."""

    company: str = Field("", description="name of the only company to show; empty: all companies")


class DealSizes(Common):
    """How large the deals are."""

    min_usd: float = Field(0.0, description="leave out deals below this many US dollars", ge=0)
    kinds: str = Field(
        "",
        description="kinds of deals to show, as in compute, hardware, equity, debt; empty: all",
        pattern=rf"^\s*$|^\s*(?:{'|'.join(DEAL_KINDS)})(?:\s*,\s*(?:{'|'.join(DEAL_KINDS)}))*\s*$",
    )
    include_withdrawn: bool = Field(True, description="show deals that were dropped")


class ClosedLoop(Common):
    """Whether the money runs in a closed loop."""

    core: str = Field("", description='firms that are inside, as in "Tarnfell; Quillon"; all others are outside; empty: all are inside')
    policy: Literal["firm", "stated", "counterfactual"] = Field(
        "firm", description="deals that the figures count: firm, stated (all but withdrawn) or counterfactual (firm and withdrawn)"
    )
    basis: str = Field("total", description="total for contract totals, or a year for what falls in it", pattern=r"^\s*(?:total|\d{4})\s*$")
    over: float = Field(1.25, description="L: over an amount reaches to so many times the amount", ge=1)
    spread: float = Field(0.05, description="d: about an amount may differ by this share of it", ge=0, lt=1)
    threshold: float = Field(0.0, description="leave out deals below this many US dollars, though not those of unknown amount", ge=0)
    noncash: Literal["exclude", "include", "reverse"] = Field(
        "exclude", description="shares granted to a customer: exclude, include as the article tells it, or reverse"
    )
    draws: int = Field(1000, description="draws of the simulation", ge=100, le=100_000)
    random_seed: int = Field(20250328, description="where the simulation starts; the same number gives the same page", ge=0)


class SourceAudit(Common):
    """What each article states, and what was not read."""

    min_confidence: float = Field(0.5, description="list rows less sure than this, from 0 to 1", ge=0, le=1)


MODELS: Mapping[str, type[Common]] = {
    "revenue_growth": RevenueGrowth,
    "deal_sizes": DealSizes,
    "closed_loop": ClosedLoop,
    "source_audit": SourceAudit,
}
REPORTS: tuple[str, ...] = tuple(MODELS)


def check_names(names: Iterable[str]) -> tuple[str, ...]:
    """The reports named, in the order of the site; all of them when none is named. Raises `ParameterError` for an unknown one."""
    wanted = set(names)
    for name in sorted(wanted - set(REPORTS)):
        raise ParameterError(f"no report is called {name!r}{near(name, REPORTS)}; the reports are {', '.join(REPORTS)}")
    return tuple(name for name in REPORTS if not wanted or name in wanted)


def check_parameters(names: Iterable[str], given: Mapping[str, Value]) -> dict[str, dict[str, Value]]:
    """For each report the values it was given, typed: `{"deal_sizes": {"min_usd": 1e9}}`.

    A value goes to every report that knows its name; a name that none of them knows, a wrong type or an impossible value
    raises `ParameterError`. Text is converted by the parameter's type (`"1e9"` to a float, `"007"` stays where text is wanted).
    """
    reports = tuple(names)
    known = {key for name in reports for key in MODELS[name].model_fields}
    for key in given:
        if key not in known:
            raise ParameterError(unknown(key, reports, known))
    return {name: {key: convert(name, key, given[key]) for key in MODELS[name].model_fields if key in given} for name in reports}


def convert(report: str, key: str, value: Value) -> Value:
    """One value as the report's parameter wants it; raises `ParameterError` that says what was given and what it takes."""
    adapter = adapter_of(report, key)
    try:
        if isinstance(value, str):
            typed: Value = adapter.validate_strings(value.strip() if wanted_type(report, key) != "str" else value)
        else:
            typed = adapter.validate_python(value, strict=True)
    except ValidationError as error:
        # A pattern says to a person less than the help does.
        told = [
            problem["msg"].removeprefix("Input should be ") for problem in error.errors() if problem["type"] != "string_pattern_mismatch"
        ]
        said = f" ({'; '.join(told)})" if told else ""
        raise ParameterError(
            f"parameter {key} of {report}: {value!r} was given, and it takes {wanted_type(report, key)}{said}: "
            f"{MODELS[report].model_fields[key].description}"
        ) from error
    return typed


@cache
def adapter_of(report: str, key: str) -> TypeAdapter[Any]:
    """What checks and converts one parameter."""
    field = MODELS[report].model_fields[key]
    annotated: Any = Annotated[field.annotation, field]
    return TypeAdapter(annotated, config=ConfigDict(allow_inf_nan=False))


def wanted_type(report: str, key: str) -> str:
    """The type's name as a notebook writes it: `float`."""
    annotation = MODELS[report].model_fields[key].annotation
    if get_origin(annotation) is Literal:
        return "str"
    return annotation.__name__ if isinstance(annotation, type) else "str"


def unknown(key: str, reports: tuple[str, ...], known: set[str]) -> str:
    """What is said of a name that no chosen report knows, with the reports that do know it."""
    elsewhere = [name for name in REPORTS if key in MODELS[name].model_fields]
    if elsewhere:
        return f"parameter {key} belongs to {', '.join(elsewhere)}, not to {', '.join(reports)}; they take {', '.join(sorted(known))}"
    takes = "takes" if len(reports) == 1 else "take"
    return f"no parameter is called {key!r}{near(key, known)}; {', '.join(reports)} {takes} {', '.join(sorted(known))}"


def near(word: str, words: Iterable[str]) -> str:
    """The suggestion for a misspelt word, or nothing."""
    close = get_close_matches(word, sorted(words), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
