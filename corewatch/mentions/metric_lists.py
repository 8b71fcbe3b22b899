"""Lists that go in step: "Alpha and Beta fell 6% and 7%, respectively", "$5 million and $4 million in 2025 and 2024".

In: the items of a sentence and its readings. Out: `Respective`, which gives the nth figure of a list the nth company or period.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from corewatch.mentions.metric_heads import Reading
from corewatch.mentions.metric_holders import Owner
from corewatch.mentions.sentence_items import Item


@dataclass(frozen=True)
class Respective:
    """What each figure of a list has by its place; a figure that is in no such list keeps what it has."""

    companies: Mapping[int, str] = field(default_factory=dict)
    periods: Mapping[int, str] = field(default_factory=dict)

    def owner(self, at: int, reading: Reading, owner: Owner) -> Owner:
        """The owner of the figure at `at`: of a share, the nth customer or holder."""
        name = self.companies.get(at)
        if name is None:
            return owner
        if reading.metric in ("revenue_share", "stake"):
            return replace(owner, counterpart=name)
        return replace(owner, company=name)

    def period(self, at: int, period: str | None) -> str | None:
        """The period of the figure at `at`."""
        return self.periods.get(at, period)


def respective(items: Sequence[Item], readings: Mapping[int, Reading]) -> Respective:
    """Pairs each run of like figures with a run of as many companies before it, or of as many periods in the sentence."""
    said = any(item.lower in ("respectively", "each") for item in items)
    companies: dict[int, str] = {}
    periods: dict[int, str] = {}
    named = [item.period.iso for item in items if item.period is not None]
    for run in _runs(items, readings):
        subjects = _subjects_before(items, run[0], len(run))
        if subjects:
            companies.update(zip(run, subjects, strict=True))
        elif said and len(named) == len(run):
            periods.update(zip(run, named, strict=True))
    return Respective(companies, periods)


def _runs(items: Sequence[Item], readings: Mapping[int, Reading]) -> list[list[int]]:
    """Figures of one metric with only commas and "and" between them, two or more."""
    runs: list[list[int]] = []
    for at in readings:
        last = runs[-1][-1] if runs else None
        near = last is not None and all(item.lower in (",", "and") for item in items[last + 1 : at])
        if near and last is not None and readings[last].metric == readings[at].metric:
            runs[-1].append(at)
        else:
            runs.append([at])
    return [run for run in runs if len(run) > 1]


def _subjects_before(items: Sequence[Item], at: int, count: int) -> list[str]:
    """The nearest list of as many companies before a figure, joined by commas and "and"."""
    for j in range(at - 1, max(-1, at - 16), -1):
        if items[j].figure is not None or items[j].lower == ";":
            return []
        if items[j].company is not None and (j == 0 or items[j - 1].lower in ("and", ",", "&")):
            found = _list_ending(items, j)
            if len(found) == count:
                return found
    return []


def _list_ending(items: Sequence[Item], j: int) -> list[str]:
    found: list[str] = []
    while j >= 0:
        company = items[j].company
        if company is not None and company.by_name:
            found.insert(0, company.name)
        elif items[j].lower not in ("and", ","):
            break
        j -= 1
    return found
