"""Figures that contradict each other by arithmetic: growth against the levels it is said to lie between, parts against their sum."""

from collections.abc import Iterator, Mapping, Sequence

from corewatch.reconcile.amounts import number, say, support
from corewatch.reconcile.disagreements import FIRM, Disagreement, Row, amount_of
from corewatch.reconcile.periods import year_before


def growth_against_levels(metrics: Sequence[Row], mentions: Mapping[str, Sequence[Row]]) -> Iterator[tuple[str, Disagreement]]:
    """Each stated growth of revenue that does not fit the revenue of the period and of the year before, with the id of its metric."""
    revenue = {
        (row["company"], row["segment"], row["period"]): row for row in metrics if row["metric"] == "revenue" and row["basis"] == "actual"
    }
    for growth in metrics:
        before = year_before(growth["period"])
        if growth["metric"] != "revenue_growth" or before is None:
            continue
        now, then = (revenue.get((growth["company"], growth["segment"], period)) for period in (growth["period"], before))
        if now is None or then is None or now["unit"] != then["unit"]:
            continue
        now_low, now_high = support(amount_of(now, "unit"))
        then_low, then_high = support(amount_of(then, "unit"))
        low, high = support(amount_of(growth, "unit"))
        if then_low <= 0:
            continue
        least, most = 100 * (now_low / then_high - 1), 100 * (now_high / then_low - 1)
        if low <= most and least <= high:
            continue
        exact = 100 * (amount_of(now, "unit").point / amount_of(then, "unit").point - 1)
        sides = tuple(
            (f"{row['metric']} {row['period']} {say(amount_of(row, 'unit'))}", first(mentions[row["metric_id"]], row["mention_id"]))
            for row in (growth, now, then)
        )
        reading = f"From {say(amount_of(then, 'unit'))} to {say(amount_of(now, 'unit'))} is {number(round(exact, 1), '%')}."
        yield growth["metric_id"], Disagreement("arithmetic", "material", sides, reading)


def parts_against_totals(
    deals: Sequence[Row], mentions: Mapping[str, Sequence[Row]], all_mentions: Sequence[Row]
) -> Iterator[tuple[str, Disagreement]]:
    """Each sum that is smaller than the signed deals of its parties and kind in its document, with the id of the largest deal."""
    for total in all_mentions:
        used = amount_of(total)
        if not total["is_total"] or not used.known or None in (total["payer"], total["payee"]):
            continue
        parts = []
        for deal in deals:
            told = [row for row in mentions[deal["deal_id"]] if row["doc_id"] == total["doc_id"]]
            same = all(deal[column] == total[column] for column in ("payer", "payee", "kind", "currency"))
            if told and same and deal["status"] in FIRM and deal["low"] is not None:
                parts.append((deal, told[0]))
        least = sum(support(amount_of(deal))[0] for deal, _ in parts)
        if len(parts) > 1 and least > support(used)[1]:
            largest = max(parts, key=lambda part: (part[0]["low"], part[0]["deal_id"]))[0]
            sides = (*((say(amount_of(deal)), row) for deal, row in parts), (f"sum {say(used)}", total))
            stated = sum(amount_of(deal).point for deal, _ in parts)
            yield largest["deal_id"], Disagreement("arithmetic", "material", sides, f"The parts come to {number(stated, used.unit)}.")


def first(rows: Sequence[Row], mention_id: str) -> Row:
    """The mention with an id."""
    return next(row for row in rows if row["mention_id"] == mention_id)
