"""What a company has: staff, GPUs, data centres, power. In: the items of a sentence and the index of a count. Out: its `Reading`, or null.

What it orders, builds, leases, adds or cuts is no level.
"""

from collections.abc import Sequence

from corewatch.mentions.metric_heads import Reading, make
from corewatch.mentions.sentence_items import Item, figure_of

_FIRMS = frozenset(("start-up", "startup", "company", "firm", "outfit", "lab", "business", "group"))


def read_count(items: Sequence[Item], at: int) -> Reading | None:
    """Staff, GPUs or data centres that a company has: "operates nine data centres", "the 40-person start-up"."""
    figure = figure_of(items[at])
    unit = figure.unit
    if at + 1 < len(items) and items[at + 1].lower in ("more", "additional", "extra"):
        return None
    before = items[max(0, at - 7) : at]
    words = [item.lower for item in before]
    if (
        "-" in figure.text
        and unit in ("employee", "person", "people")
        and any(i.company or i.lower in _FIRMS for i in items[at + 1 : at + 3])
    ):
        return make(items, at, "employees", at, "hyphened", 0.8)
    if unit in ("employee", "person", "worker", "staff", "staffer") and any(
        item.has("employees.verbs", "verb:employees") for item in before
    ):
        said = any(item.has("verb:employees") for item in before) or unit in ("employee", "staff", "staffer")
        counted = not any(word in ("new", "cut", "hire", "laid", "more", "additional", "another") for word in words[-3:])
        nouns = len(before) > 1 and before[-1].lower == "of" and before[-2].has("employees.verbs")  # "a staff of 300"
        joined = unit != "person" or any(item.has("verb:employees") for item in before) or before[-1].has("employees.verbs") or nouns
        if counted and (said or joined):
            return make(items, at, "employees", at, "count", 0.5 if said else 1.2)
        return None
    metric = {"gpu": "gpus", "data_center": "data_centers", "data_centre": "data_centers"}.get(unit)
    if metric is None:
        return None
    run = next((item for item in reversed(before) if item.has("run")), None)
    after = [item.lower for item in items[at + 1 : at + 4]]
    serving = after[:2] in (["in", "service"], ["in", "operation"]) or after[:1] in (
        ["deployed"],
        ["online"],
        ["installed"],
        ["operational"],
        ["in operation"],
    )
    if (run is None and not serving) or any(item.has("not_run") for item in before):
        return None
    if any(word in ("deal", "contract", "order", "cluster", "lease") for word in after):
        return None
    return make(items, at, metric, at, "count", 0.6)


def read_power(items: Sequence[Item], at: int) -> Reading | None:
    """Power that a company runs or has under contract; that of one lease or site is none."""
    before, after = items[max(0, at - 9) : at], items[at + 1 : at + 8]
    if any(item.has("not_run") for item in before) or any(
        item.lower in ("lease", "campus", "site", "facility", "plant") for item in after[:4]
    ):
        return None
    if before and before[-1].lower in ("runs", "operates", "ran", "operated") and any(item.company is not None for item in before):
        return make(items, at, "power", at, "power", 1.2)
    run = any(item.has("run") and item.lower not in ("with", "across", "and", "from") for item in before)
    named = any(item.has("power") for item in [*before, *after[:6]])
    if not named or not (run or any(item.lower in ("contracted", "active", "secured", "under contract") for item in [*before, *after])):
        return None
    return make(items, at, "power", at, "power", 1.0)
