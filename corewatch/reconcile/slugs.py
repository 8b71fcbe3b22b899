"""Readable ids: `openai-coreweave-compute-11.9bn`."""

import re
import unicodedata
from typing import Any

from corewatch.reconcile.amounts import Amount

SCALES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k"))


def slug(*parts: str | None) -> str:
    """The parts in lower case, with hyphens for whatever is neither letter nor digit; null parts left out."""
    plain = (unicodedata.normalize("NFKD", part).encode("ascii", "ignore").decode() or part for part in parts if part)
    return "-".join(re.sub(r"[^\w.]+", "-", part.lower()).strip("-.") for part in plain) or "unnamed"


def slug_amount(amount: Amount) -> str | None:
    """An amount as it stands in an id: `11.9bn`, with the currency where it is not the dollar; null where none is stated."""
    if not amount.known:
        return None
    scale, letter = next(((scale, letter) for scale, letter in SCALES if abs(amount.point) >= scale), (1.0, ""))
    plain = f"{amount.point / scale:.3f}".rstrip("0").rstrip(".")
    currency = f"-{amount.unit.lower()}" if amount.unit and amount.unit != "USD" else ""
    return f"{plain}{letter}{currency}{'-a-' + amount.per if amount.per else ''}"


def number_clashes(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """The rows in their order with unique ids: the first keeps its id, the next become `id-2`, `id-3`."""
    seen: dict[str, int] = {}
    numbered = []
    for row in rows:
        seen[row[key]] = seen.get(row[key], 0) + 1
        nth = f"-{seen[row[key]]}" if seen[row[key]] > 1 else ""
        numbered.append({**row, key: row[key] + nth})
    return numbered
