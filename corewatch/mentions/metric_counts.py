"""What a company has: staff, GPUs, data centres, power. In: the items of a sentence and the index of a count. Out: its `Reading`, or null.

What it orders, builds, leases, adds or cuts is no level. A second count of the same kind needs no head of its own:
"has 64 employees and wants 120", "7,000 GPUs, up from 4,000".
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from corewatch.lexicon.word_classes import word_class
from corewatch.mentions.metric_heads import Reading, make
from corewatch.mentions.sentence_items import Item, figure_of

_FIRMS = word_class("firms")
_STAFF = frozenset(("employee", "staff", "staffer", "worker"))
_PEOPLE = _STAFF | {"person", "people"}
_STAFF_CHANGES = word_class("staff_changes")
_LOSING_JOBS = word_class("losing_jobs")
_HARDWARE = word_class("compute_units")
_SITES = frozenset(("facility", "site"))
_OWNERS = frozenset(("its", "our", "their", "whose", "'s"))
_LEADS_TO = frozenset(("of", ":", "at", "to", "is", "was", "reached", "from", "now", "by"))
_IN_SERVICE = frozenset(("in service", "in operation", "deployed", "online", "installed", "operational"))
_ORDERED = frozenset(("deal", "contract", "order", "cluster", "lease"))
_ONE_PLACE = word_class("places_of_work")
_ONE_PROJECT = _ONE_PLACE | {"lease", "project", "phase"}


def read_count(items: Sequence[Item], at: int, readings: Mapping[int, Reading]) -> Reading | None:
    """Staff, GPUs or data centres that a company has: "operates nine data centres", "the 40-person start-up"."""
    figure = figure_of(items[at])
    unit = figure.unit
    if at + 1 < len(items) and items[at + 1].lower in ("more", "additional", "extra"):
        return None
    if " " not in figure.text.strip() and not _shares_noun(items, at):
        return _bare_count(items, at, readings)
    cost = _staff(items, at) if unit in _PEOPLE else None
    if cost is not None:
        return make(items, at, "employees", _staff_head(items, at), "hyphened" if "-" in figure_of(items[at]).text else "count", cost)
    metric = _counted(items, at)
    if metric is not None and _is_run(items, at, readings):
        return make(items, at, metric, at, "count", 0.6)
    return _said_again(items, at, readings)


def _shares_noun(items: Sequence[Item], at: int) -> bool:
    """Whether the noun of the next figure is meant: "grew from 11 to 17 data centers"."""
    after = items[at + 1 : at + 3]
    return len(after) == 2 and after[0].lower in ("to", "and", "or") and after[1].figure is not None and " " in after[1].figure.text


def _bare_count(items: Sequence[Item], at: int, readings: Mapping[int, Reading]) -> Reading | None:
    """A number without a noun: "its headcount has reached 7,200", "which employs 400", "the 40-person start-up"."""
    if "-" in figure_of(items[at]).text:
        cost = _staff(items, at) if figure_of(items[at]).unit in _PEOPLE else None
        return make(items, at, "employees", at, "hyphened", cost) if cost is not None else None
    before = items[max(0, at - 9) : at]
    head = _staff_head(items, at)
    if head < at and before[-1].lower in _LEADS_TO:
        return make(items, at, "employees", head, "count", 0.7)
    if before and before[-1].has("verb:employees"):
        return make(items, at, "employees", at, "count", 0.6)
    return _said_again(items, at, readings)


def _staff(items: Sequence[Item], at: int) -> float | None:
    """What it costs to read a number of people as a company's staff, null where they are no staff."""
    figure = figure_of(items[at])
    before, after = items[max(0, at - 7) : at], items[at + 1 : at + 5]
    words = [item.lower for item in before]
    if "-" in figure.text:
        return 0.8 if any(item.company or item.lower in _FIRMS for item in after[:2]) else None
    if any(word in _STAFF_CHANGES for word in words[-3:]) or any(
        item.lower in _LOSING_JOBS or item.lower in _ONE_PLACE for item in after[:4]
    ):
        return None
    if any(item.has("verb:employees") for item in before):
        return 0.5
    last = before[-1] if before else None
    counted = last is None or any(item.has("staff_noun") for item in before[-4:]) or words[-2:-1] == ["of"]
    named = last is not None and last.lower in _LEADS_TO and any(item.has("staff_noun") for item in items[max(0, at - 9) : at - 1])
    if figure.unit in _STAFF:
        owned = last is not None and last.lower in _OWNERS
        working = bool(after) and after[0].has("works")
        if owned or working or named or any(item.has("employees.verbs") for item in before) or words[-2:] == ["there", "are"]:
            return 0.5
        return None
    if after and after[0].has("works") and (last is None or not last.is_word):  # "19 people work above a shop"
        return 0.7
    if last is None:
        return None
    firm = len(before) > 1 and last.lower == "of" and before[-2].lower in _FIRMS and " " in figure.text  # "a company of 140 people"
    if named or firm or (last.has("staff_noun") and counted):
        return 0.6
    paid = any(item.has("staff_noun") for item in after)  # "2,900 people on the payroll"
    return 1.2 if last.has("employees.verbs") and (paid or figure.unit == "person") else None


def _staff_head(items: Sequence[Item], at: int) -> int:
    """The noun whose owner has the staff ("headcount at Hallam"), else the figure itself."""
    for j in range(at - 1, max(-1, at - 10), -1):
        if items[j].has("staff_noun"):
            return j
        if items[j].figure is not None or items[j].lower in (",", ";"):
            break
    return at


def _counted(items: Sequence[Item], at: int) -> str | None:
    """The metric that a count of things states, where somebody has them."""
    figure = figure_of(items[at])
    if figure.unit in _HARDWARE:
        return "gpus"
    if figure.unit in ("data_center", "data_centre"):
        return "data_centers"
    if figure.unit not in _SITES:
        return None
    said = "data cent" in figure.text.lower() or "data-cent" in figure.text.lower()
    owned = at > 0 and items[at - 1].has("run") and not items[at - 1].has("run_loosely")
    return "data_centers" if said or owned else None


def _is_run(items: Sequence[Item], at: int, readings: Mapping[int, Reading]) -> bool:
    """Whether a company has what is counted: a verb or noun of running before it, or "in service" after it."""
    after = items[at + 1 : at + 4]
    if any(item.lower in _ORDERED for item in after):
        return False
    has = _has(items, at)
    if has is not None:
        return has
    if after and (after[0].lower in _IN_SERVICE or " ".join(item.lower for item in after[:2]) in _IN_SERVICE):
        return True
    listed = next((k for k in range(at - 1, -1, -1) if items[k].figure is not None), None)  # "96 employees, 7,400 GPUs"
    return listed is not None and listed in readings and all(item.lower in (",", "and") for item in items[listed + 1 : at])


def _has(items: Sequence[Item], at: int, near: int = 7) -> bool | None:
    """Whether the words before a count say that a company has it; false where they say that it gets it, null where they say neither.

    The word nearest to the figure decides: "a site in a portfolio that counts 55", but "runs six and is building 4".
    """
    for j in range(at - 1, max(-1, at - 1 - near), -1):
        item = items[j]
        if item.has("not_run"):
            return False
        if item.has("run") or (at - j < 3 and (item.has("run_loosely") or (j == at - 1 and item.lower in _OWNERS))):
            return not any(other.has("not_run") for other in items[max(0, j - 2) : j])
        if item.lower in (";", "."):
            return None
    return None


def _said_again(items: Sequence[Item], at: int, readings: Mapping[int, Reading]) -> Reading | None:
    """A count that is compared with one before it or listed after it, without a noun or a verb of its own."""
    figure = figure_of(items[at])
    base = next((k for k in range(at - 1, -1, -1) if items[k].figure_kind == figure.kind), None)
    if base is None or base not in readings or readings[base].metric not in ("employees", "gpus", "data_centers", "power"):
        return None
    units = {figure_of(items[base]).unit, figure.unit}
    gap = items[base + 1 : at]
    bare = " " not in figure.text.strip()
    if (len(units) > 1 and not units <= _PEOPLE and not bare) or len(gap) > 9 or any(item.has("not_run", "deal", "other") for item in gap):
        return None
    metric = readings[base].metric
    if any(item.has("compare") for item in gap):
        return make(items, at, metric, at, "compare", 0.8, base=base)
    if len(gap) == 1 and gap[0].lower == "to":
        return make(items, at, metric, at, "list", 0.8, base=base)
    if any(item.has("forecast") for item in gap):
        return make(items, at, metric, at, "list", 0.9, base=base)
    named = gap and gap[-1].company is not None and all(item.company or item.lower in ("and", ",") for item in gap)
    named = named or (bare and bool(gap) and gap[-1].has("employees.verbs"))  # "has 8,200 employees; Celestial has 190"
    return make(items, at, metric, at, "gapped", 0.9, base=base) if named else None


def read_power(items: Sequence[Item], at: int, readings: Mapping[int, Reading]) -> Reading | None:
    """Power that a company runs or has under contract; that of one lease or site is none."""
    before, after = items[max(0, at - 9) : at], items[at + 1 : at + 8]
    has = _has(items, at, 9)
    customer = any(item.lower == "contracted" for item in before[-3:]) and (
        before[-1].lower in ("contracted", "for") or not before[-1].is_word
    )
    planned = any(a.lower == "or" and b.has("forecast") for a, b in pairwise(after))  # "in operation or planned"
    if customer or planned:
        return None
    if has is False or any(item.lower in _ONE_PROJECT for item in after[:4]) or _at_one_site(items, at):
        return None
    strong = bool(before) and before[-1].lower in ("operates", "operated", "runs", "ran")
    aims = any(item.lower in ("target", "goal") for item in before[-3:]) and any(item.company is not None for item in items[:at])
    if strong or aims or (before and before[-1].has("run") and _subject_is_company(items, at - 1)):
        return make(items, at, "power", at, "power", 1.2)
    named = any(item.has("power") for item in [*before, *after[:6]])
    contracted = any(item.lower in ("contracted", "active", "secured", "under contract") for item in [*before, *after])
    if named and (has or contracted):
        return make(items, at, "power", at, "power", 1.0)
    return _said_again(items, at, readings)


def _at_one_site(items: Sequence[Item], at: int) -> bool:
    """Whether the power is that of a place, not of a company: "the campus will have 900 megawatts", "a hall with 16 megawatts"."""
    for j in range(at - 1, -1, -1):
        if items[j].company is not None or items[j].lower in (";", ".", ","):
            return False
        if items[j].lower in _ONE_PLACE:
            return True
    return False


def _subject_is_company(items: Sequence[Item], verb: int) -> bool:
    """Whether a company stands right before a verb, an auxiliary or adverb between: "it'll have", "we have", "Alpha now runs"."""
    j = verb - 1
    while (
        j >= 0
        and verb - j < 4
        and (items[j].lower in ("'", "ll", "ve", "now", "will", "already", "to", "still") or items[j].has("forecast"))
    ):
        j -= 1
    return j >= 0 and (items[j].company is not None or items[j].lower in ("we", "it", "company", "group", "firm"))
