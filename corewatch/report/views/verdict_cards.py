"""The verdicts on the four claims as cards: the word among those that were possible, its interval, why, what would overturn it.

In: the report's indicators and verdicts. Out: one card a claim; suppliers share one. The bounds are those of corewatch.loop.verdicts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from corewatch.loop.verdicts import (
    CIRCULATION_SUPPORT,
    DEMAND_DISPUTE,
    DEMAND_SUPPORT,
    FOLLOWED,
    ORIGIN_DISPUTE,
    ORIGIN_SUPPORT,
    VENDOR,
)
from corewatch.report.charts.strips import Scale, Zone, strip
from corewatch.report.fragments import Fragment, Words, fragment, joined
from corewatch.report.wording import listed, money, start_upper, words

if TYPE_CHECKING:
    from corewatch.report.views.closed_loop import ClosedLoop

VERDICT_WORDS = ("disputed", "undetermined", "supported")
THESES = ("H1", "H2a", "H2b", "H3")


def verdict_cards(report: ClosedLoop) -> Fragment:
    """The four cards."""
    cards = []
    for thesis in THESES:
        found = [row for row in report.verdicts if row["thesis"] == thesis]
        scales = scales_of(report, thesis)
        label = ". ".join(f"{scale.name}: {scale.found}; {', '.join(zone.text for zone in scale.zones)}" for scale in scales) + "."
        cards.append(
            {
                **words()["theses"][thesis], "word": report.verdict(thesis), "strip": strip(scales, label=start_upper(label)),
                "why": why(report, thesis, found), "overturn": overturn(report, thesis, found),
            }
        )  # fmt: skip
    return fragment("verdicts", verdicts=cards, words=VERDICT_WORDS)


def scales_of(report: ClosedLoop, thesis: str) -> list[Scale]:
    """The measures that a claim is judged by."""
    omega = report.point("omega")
    followed = Scale(
        "receipts followed to a next payment", found(omega), omega, omega, [Zone(FOLLOWED, 1, f"needed to dispute: {percent(FOLLOWED)}")]
    )
    if thesis == "H1":
        kappa = report.point("kappa")
        return [
            Scale(
                "money that can return, at most",
                found(kappa),
                kappa,
                kappa,
                [Zone(CIRCULATION_SUPPORT, 1, f"supported from {percent(CIRCULATION_SUPPORT)}")],
            ),
            followed,
        ]
    if thesis == "H2a":
        low, high = report.point("H_o", "low"), report.point("H_o", "high")
        text = "nothing measured" if low is None or high is None else f"{low:.2f} to {high:.2f}"
        zones = [
            Zone(0, ORIGIN_DISPUTE, f"disputed to {ORIGIN_DISPUTE:.2f}"),
            Zone(ORIGIN_SUPPORT, 1, f"supported from {ORIGIN_SUPPORT:.2f}"),
        ]
        return [Scale("concentration of origin, 0 to 1", text, low, high, zones, most=max(0.6, high or 0.0))]
    if thesis == "H2b":
        low, high = report.point("epsilon", "low"), report.point("epsilon", "high")
        text = "nothing measured" if low is None or high is None else f"{percent(low).removesuffix('%')} to {percent(high)}"
        zones = [
            Zone(0, DEMAND_SUPPORT, f"supported up to {percent(DEMAND_SUPPORT)}"),
            Zone(DEMAND_DISPUTE, 1, f"disputed from {percent(DEMAND_DISPUTE)}"),
        ]
        return [Scale("money from outside the named firms", text, low, high, zones)]
    suppliers = beta_rows(report)
    if not suppliers:
        return [Scale("sales that suppliers fund", "nothing measured", None, None, [Zone(VENDOR, 1, f"supported from {percent(VENDOR)}")])]
    low, high = min(row["low"] or 0.0 for row in suppliers), max(row["high"] or 0.0 for row in suppliers)
    names = [str(row["subject"]) for row in suppliers]
    name = f"{', '.join(names)}: sales funded" if len(names) < 3 else f"sales funded, {len(names)} suppliers"
    text = percent(high) if low == high else f"{percent(low).removesuffix('%')} to {percent(high)}"
    return [Scale(name, text, low, high, [Zone(VENDOR, 1, f"supported from {percent(VENDOR)}")]), followed]


def beta_rows(report: ClosedLoop) -> list[dict[str, Any]]:
    """The suppliers' shares of vendor-funded sales, the highest first."""
    rows = [row for (name, subject), row in report.values.items() if name == "beta" and subject is not None]
    return sorted(rows, key=lambda row: (-(row["high"] or 0.0), str(row["subject"])))


def why(report: ClosedLoop, thesis: str, rows: list[dict[str, Any]]) -> Words:
    """Why a verdict is what it is, with who pays and who is silent."""
    if not rows:
        return "No supplier has recorded sales with an amount."
    if thesis == "H1":
        silent = report.silent_receivers()
        more = f" No article names a payment by {listed(silent, 3, 'or')}." if silent else ""
        return f"{rows[0]['why']}{more}"
    if thesis == "H2a" and report.graph.entering:
        return joined([part for part in (origin_share(report), str(rows[0]["why"])) if part], " ")
    if thesis == "H3" and len(rows) > 1:
        highest = beta_rows(report)[0]
        if not highest["high"]:
            names = listed([str(row["subject"]) for row in rows], 3, "or")
            return f"No recorded funding by {names} comes back to them as sales, and too few receipts are followed to say that none does."
        share = f"{percent(highest['low'] or 0)} to {percent(highest['high'])} of its recorded sales"
        return f"The highest share is that of {highest['subject']}: {share}. Its revenue and the flows from outside are not known."
    return str(rows[0]["why"])


def origin_share(report: ClosedLoop) -> Markup:
    """Who starts the money: the largest payers and their share of what enters."""
    graph = report.graph
    own = sorted(((graph.own_resources(firm), firm) for firm in graph.firms), key=lambda pair: (-pair[0], pair[1]))
    top = [(usd, firm) for usd, firm in own if usd > 0][:3]
    if not top:
        return Markup("")
    share = sum(usd for usd, _ in top) / graph.entering
    terms = " + ".join(f"{money(usd, 'USD', digits=4)} ({firm})" for usd, firm in top)
    sums = f"({terms}) ÷ {money(graph.entering, 'USD', digits=4)} that enters = {percent(share)}."
    return Markup("{} {} {} of what enters.").format(
        listed([firm for _, firm in top]), "pays" if len(top) == 1 else "pay", report.register.computed(percent(share, digits=0), sums)
    )


def overturn(report: ClosedLoop, thesis: str, rows: list[dict[str, Any]]) -> Words:
    """What somebody could look up that would change the verdict."""
    if not rows:
        return "Deals in which a supplier is paid, with their amounts."
    if thesis == "H2a" and rows[0]["verdict"] == "supported":
        return small_payers(report)
    if thesis == "H3" and len(rows) > 1:
        return f"What the suppliers give their customers and what those pay: supported from {percent(VENDOR)}."
    return f"{start_upper_first(str(rows[0]['would_overturn']))}."


def small_payers(report: ClosedLoop) -> Words:
    """How much money from many small payers would make a narrow origin doubtful, and how much a wide one."""
    graph = report.graph
    squares = sum(graph.own_resources(firm) ** 2 for firm in graph.firms)

    def needed(bound: float) -> Markup:
        value = (squares / bound) ** 0.5 - graph.entering
        sums = (
            f"√(sum of the squared own resources ÷ {bound:.2f}) − {money(graph.entering, 'USD', digits=4)} = "
            f"{money(value, 'USD', digits=3)} from payers each too small to matter brings the concentration to {bound:.2f}."
        )
        return report.register.computed(money(value, "USD", digits=3), sums)

    return Markup("Another {} from many small payers makes it undetermined, {} disputed.").format(
        needed(ORIGIN_SUPPORT), needed(ORIGIN_DISPUTE)
    )


def start_upper_first(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def found(share: float | None) -> str:
    """A share as the finding of a scale."""
    return "nothing measured" if share is None else percent(share)


def percent(share: float, digits: int | None = None) -> str:
    """A share in per cent: `0%`, `1.9%`, `96%`."""
    value = 100 * share
    if digits is not None:
        return f"{value:.{digits}f}%"
    text = f"{value:.1f}" if 0 < abs(value) < 10 else f"{value:.0f}"
    return f"{text.removesuffix('.0')}%"
