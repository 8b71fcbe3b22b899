"""Figures that contradict each other by arithmetic.

Growth against the levels that it is said to lie between, parts against their sum, shares of one whole that exceed it, a yearly rate and
a term against their total, the size of an offering or a takeover against its price times its shares.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from corewatch.reconcile.amounts import Amount, agree, number, say, support
from corewatch.reconcile.disagreements import FIRM, PER_YEAR, Disagreement, Row, amount_of
from corewatch.reconcile.parties import nested
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
        if not total["is_total"] or not used.known or total["payer"] is total["payee"] is None:
            continue
        parts = []
        for deal in deals:
            told = [row for row in mentions[deal["deal_id"]] if row["doc_id"] == total["doc_id"]]
            parties = [column for column in ("payer", "payee") if total[column] is not None]
            same = all(nested(deal[column], total[column]) for column in parties) and same_cells(deal, total, "kind", "currency", "per")
            if told and same and deal["status"] in FIRM and deal["low"] is not None:
                parts.append((deal, told[0]))
        if len(parts) < 2:
            continue
        largest = max(parts, key=lambda part: (part[0]["low"], part[0]["deal_id"]))[0]
        sides = (*((say(amount_of(deal)), row) for deal, row in parts), (f"sum {say(used)}", total))
        stated = sum(amount_of(deal).point for deal, _ in parts)
        least, most = (sum(support(amount_of(deal))[end] for deal, _ in parts) for end in (0, 1))
        if least > support(used)[1]:
            yield largest["deal_id"], Disagreement("arithmetic", "material", sides, f"The parts come to {number(stated, used.unit)}.")
        elif most < support(used)[0]:
            rest = f"The parts that are named come to {number(stated, used.unit)}; the article may leave some out."
            yield largest["deal_id"], Disagreement("arithmetic", "rounding", sides, rest)


def same_cells(one: Row, other: Row, *columns: str) -> bool:
    """Whether two rows agree in some columns."""
    return all(one[column] == other[column] for column in columns)


def shares_of_one_whole(metrics: Sequence[Row], mentions: Mapping[str, Sequence[Row]]) -> Iterator[tuple[str, Disagreement]]:
    """Each company's shares of revenue, or stakes in it, that come to more than 100%, with the id of the largest share's metric."""
    wholes: defaultdict[tuple[str, str | None, str, str | None], list[Row]] = defaultdict(list)
    for row in metrics:
        if row["metric"] in ("revenue_share", "stake") and row["basis"] == "actual" and row["counterpart"] and row["low"] is not None:
            # Stakes hold until they change, so that those of different days add up as well.
            period = row["period"] if row["metric"] == "revenue_share" else None
            wholes[row["company"], row["segment"], row["metric"], period].append(row)
    for (company, _, metric, _), shares in sorted(wholes.items(), key=lambda item: str(item[0])):
        latest = {row["counterpart"]: row for row in sorted(shares, key=lambda row: (row["period"] or "", row["metric_id"]))}
        shares = list(latest.values())
        least = sum(support(amount_of(row, "unit"))[0] for row in shares)
        if len(shares) < 2 or least <= 100:
            continue
        sides = tuple(
            (f"{row['counterpart']} {say(amount_of(row, 'unit'))}", first(mentions[row["metric_id"]], row["mention_id"])) for row in shares
        )
        largest = max(shares, key=lambda row: (row["low"], row["metric_id"]))
        stated = sum(amount_of(row, "unit").point for row in shares)
        whole = f"the revenue of {company}" if metric == "revenue_share" else company
        reading = f"These shares of {whole} come to {number(round(stated, 1), '%')}, and no whole has more than 100%."
        yield largest["metric_id"], Disagreement("arithmetic", "material", sides, reading)


def rates_against_totals(deals: Sequence[Row], mentions: Mapping[str, Sequence[Row]]) -> Iterator[tuple[str, Disagreement]]:
    """Each deal whose rate over its term does not come to its total, with its id."""
    for deal in deals:
        told = [row for row in mentions[deal["deal_id"]] if row["aside"] is None and row["low"] is not None]
        terms = [row["term_years"] for row in told if row["term_years"]]
        rates = [row for row in told if row["per"]]
        totals = [row for row in told if not row["per"]]
        clash = next(
            (
                (rate, total, term)
                for rate in rates
                for total in totals
                for term in ([rate["term_years"]] if rate["term_years"] else terms)
                if rate["currency"] == total["currency"] and not agree(over(rate, term), amount_of(total))
            ),
            None,
        )
        if clash is not None:
            rate, total, term = clash
            used = Amount(rate["low"], rate["high"], rate["currency"], rate["approx"], rate["per"])
            sides = ((say(used), rate), (say(amount_of(total)), total))
            reading = f"{say(used)} over {term:g} years is {say(over(rate, term))}."
            yield deal["deal_id"], Disagreement("arithmetic", "material", sides, reading)


def over(rate: Row, term: float) -> Amount:
    """The total of a rate over a term in years; its rounding grows with it, so that it is about so much."""
    times = PER_YEAR[rate["per"]] * term
    low, high = (None if bound is None else bound * times for bound in (rate["low"], rate["high"]))
    return Amount(low, high, rate["currency"], rate["approx"] or low == high)


def price_times_shares(
    deals: Sequence[Row], mentions: Mapping[str, Sequence[Row]], metric_mentions: Sequence[Row], figures: Sequence[Row]
) -> Iterator[tuple[str, Disagreement]]:
    """Each offering or takeover whose amount is not the price of a share times the shares that one article names, with its id."""
    prices: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in metric_mentions:
        if row["metric"] == "share_price" and row["low"] is not None and row["high"] is not None:
            prices[row["doc_id"], row["company"]].append(row)
    shares: defaultdict[str, list[Row]] = defaultdict(list)
    for row in figures:
        if row["unit"] == "share" and row["low"] is not None and row["high"] is not None:
            shares[row["doc_id"]].append(row)
    for deal in deals:
        for row in mentions[deal["deal_id"]] if deal["kind"] in ("ipo", "acquisition") else ():
            counts, quoted = shares[row["doc_id"]], prices[row["doc_id"], str(row["payee"])]
            used = amount_of(row)
            # The first day's closing price stands near as well; the price of the offering stands with its amount or its shares.
            same = [price for price in quoted if price["unit"] == row["currency"] and stands_with(price, [row, *counts])]
            # With several counts or prices in an article it is open which of them belong together.
            if row["aside"] is None and used.known and len({c["low"] for c in counts}) == 1 and len({p["low"] for p in same}) == 1:
                count, price = counts[0], same[0]
                worth = Amount(price["low"] * count["low"], price["high"] * count["high"], used.unit, approx=True)
                if not agree(worth, used):
                    sides = ((say(used), row), (f"{say(amount_of(price, 'unit'))} a share", price))
                    reading = f"{number(count['low'], None)} shares at {say(amount_of(price, 'unit'))} come to {say(worth)}."
                    yield deal["deal_id"], Disagreement("arithmetic", "material", sides, reading)
                    break


def stands_with(price: Row, others: Sequence[Row]) -> bool:
    """Whether the sentence of a price has one of some other things."""
    return any(price["start"] < other["end"] and other["start"] < price["end"] for other in others)


def first(rows: Sequence[Row], mention_id: str) -> Row:
    """The mention with an id."""
    return next(row for row in rows if row["mention_id"] == mention_id)
