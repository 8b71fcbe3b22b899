"""Sixty invented articles on twenty-six invented firms, and a hostile one: news enough to fill every part of every page.

    python tests/browser/corpus.py FOLDER

In: `corpus.csv`, one event a line. Out: an article for each, which tells the event in one of several ways, an earlier event of the same
firms (sometimes rounded), a figure or two of a firm's year, a tie, and what somebody said; a week's digest, a column and a text that has
nothing to do with it; `sources.csv` for two articles in three (the others have a dateline, or say nothing of themselves). The same bytes
each time: sentences are chosen by counting.
"""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

EVENTS = Path(__file__).with_name("corpus.csv")
OUTLETS = ("Inland Wire", "The Harbour Ledger", "Morning Exchange", "Circuit Weekly")
CITIES = ("OAKMERE", "PORT ELDEN", "CALDWICK")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# What an event is called and how it is told: two ways of saying it, the first with a headline of its own.
HEADLINES = {
    "signed.compute": ("{payer} to rent computing from {payee} in {amount} contract", "{payee} wins {payer} as a customer"),
    "talks.compute": ("{payer} is said to look to {payee} for computing", "{payee} in talks with {payer}"),
    "doubt.compute": ("What {payer} really pays {payee}", "The {payer} contract, counted again"),
    "dropped.compute": ("{payer} walks away from {payee}", "No contract for {payee}"),
    "signed.hardware": ("{payer} orders chips worth {amount}", "{payee} sells chips to {payer}"),
    "doubt.hardware": ("{payer} ordered fewer chips than it said", "A smaller order for {payee}"),
    "closed.equity": ("{payer} invests {amount} in {payee}", "{payee} takes money from {payer}"),
    "signed.equity": ("{payer} to take a stake in {payee}", "{payee} finds an investor"),
    "talks.equity": ("{payer} weighs a stake in {payee}", "{payee} seeks money once more"),
    "doubt.equity": ("{payee}'s round was smaller, investors say", "A second look at {payee}'s round"),
    "warrants.equity": ("{payer} gives {payee} shares along with its chips", "Chips, and shares with them"),
    "closed.debt": ("{payee} borrows {amount}", "{payer} lends to {payee}"),
    "signed.debt": ("{payer} agrees to lend {payee} {amount}", "A loan for {payee}"),
    "planned.debt": ("{payee} plans to borrow {amount}", "{payee} turns to the bond market"),
    "signed.colocation": ("{payer} leases halls from {payee}", "{payee} finds a tenant in {payer}"),
    "talks.colocation": ("{payer} looks at halls of {payee}", "A tenant in sight for {payee}"),
    "dropped.colocation": ("{payer} drops its lease with {payee}", "{payee} loses a tenant"),
    "planned.ipo": ("{payee} files to go public", "{payee} heads for the stock exchange"),
    "closed.ipo": ("{payee} raises {amount} on its first day", "{payee} is a public company"),
    "talks.acquisition": ("{payer} considers a bid for {payee}", "{payee} draws a suitor"),
    "signed.acquisition": ("{payer} buys {payee} for {amount}", "{payee} sells itself to {payer}"),
    "doubt.acquisition": ("{payer} paid more for {payee}", "The price of {payee}"),
    "dropped.acquisition": ("{payer} drops its bid for {payee}", "{payee} stays alone"),
    "closed.acquisition": ("{payer} completes purchase of {payee}", "{payee} has a new owner"),
    "signed.backstop": ("{payer} stands behind {payee}", "A promise to {payee}"),
    "planned.capex": ("{payer} plans to spend {amount}", "{payer} builds on"),
}
LEADS = {
    "signed.compute": (
        "{payer} has agreed to pay {payee} {amount} {over}for computing capacity, the two companies said on {day}.",
        "{payee} said on {day} that it had signed a contract worth {amount} {over}to supply {payer} with computing capacity.",
    ),
    "talks.compute": (
        "{payer} is in talks to rent computing capacity from {payee} in a deal worth {amount}, according to two people with knowledge of it.",
        "{payer} is in talks with {payee} about a contract worth {amount} for rented servers, {outlet} reported on {day}.",
    ),
    "doubt.compute": (
        "{payer} will pay {payee} {amount} {over}for computing capacity, people briefed on the terms said, not what the companies announced.",
        "The contract under which {payer} rents computing capacity from {payee} is worth {amount} {over}, two people who saw it said.",
    ),
    "dropped.compute": (
        "{payer} has walked away from a deal worth {amount} to rent computing capacity from {payee}, it said on {day}.",
        "{payer} has dropped its plan to rent computing capacity worth {amount} from {payee}, the companies said on {day}.",
    ),
    "signed.hardware": (
        "{payer} has ordered chips worth {amount} from {payee}, it said on {day}.",
        "{payee} said on {day} that {payer} had ordered chips for {amount}.",
    ),
    "doubt.hardware": (
        "{payer} has ordered chips worth {amount} from {payee}, less than was reported, according to a filing on {day}.",
        "The order for chips that {payer} placed with {payee} is worth {amount}, a filing showed on {day}.",
    ),
    "closed.equity": (
        "{payer} has invested {amount} in {payee}, the companies said on {day}.",
        "{payee} has raised {amount} from {payer}, it said on {day}.",
    ),
    "signed.equity": (
        "{payer} has agreed to invest {amount} in {payee}, the companies said on {day}.",
        "{payee} said on {day} that {payer} had agreed to invest {amount} in it.",
    ),
    "talks.equity": (
        "{payer} is in talks to invest {amount} in {payee}, people familiar with the plans said.",
        "{payee} is in talks to raise {amount} from {payer}, {outlet} reported on {day}.",
    ),
    "doubt.equity": (
        "{payer} invested {amount} in {payee}, two investors said, less than the company announced.",
        "{payee} raised {amount} from {payer}, according to a filing on {day}.",
    ),
    "warrants.equity": (
        "{payer} granted {payee} warrants worth {amount} as part of an order for chips, a filing showed on {day}.",
        "{payer} has granted {payee} shares worth {amount}, a filing showed on {day}.",
    ),
    "closed.debt": (
        "{payee} has borrowed {amount} from {payer} to build data centers, it said on {day}.",
        "{payer} has lent {payee} {amount} {over}to build data centers, the companies said on {day}.",
    ),
    "signed.debt": (
        "{payer} has agreed to lend {payee} {amount} {over}, the companies said on {day}.",
        "{payee} has agreed to borrow {amount} from {payer}, it said on {day}.",
    ),
    "planned.debt": (
        "{payee} plans to sell bonds worth {amount} to pay for chips, it said on {day}.",
        "{payee} plans to borrow {amount} to build data centers, it said on {day}.",
    ),
    "signed.colocation": (
        "{payer} has agreed to lease data center space from {payee} for {amount} {over}, the companies said on {day}.",
        "{payee} has signed a {amount} lease with {payer} for data center space, it said on {day}.",
    ),
    "talks.colocation": (
        "{payer} is in talks to lease data center space from {payee} for {amount} {over}, a person close to the talks said.",
        "{payer} is in talks with {payee} about a lease worth {amount}, {outlet} reported on {day}.",
    ),
    "dropped.colocation": (
        "{payer} has walked away from a lease with {payee} worth {amount}, the landlord said on {day}.",
        "{payer} has cancelled its planned {amount} lease with {payee}, it said on {day}.",
    ),
    "planned.ipo": (
        "{payee} plans to raise {amount} in an initial public offering, the company said in a filing on {day}.",
        "{payee} expects to raise {amount} in its initial public offering, a filing showed on {day}.",
    ),
    "closed.ipo": (
        "{payee} raised {amount} in its initial public offering, and its shares closed their first day at $26 on {day}.",
        "{payee} has raised {amount} in an initial public offering, it said on {day}.",
    ),
    "talks.acquisition": (
        "{payer} is considering an offer for {payee} that would value it at {amount}, people familiar with the matter said.",
        "{payer} is in talks to buy {payee} for {amount}, {outlet} reported on {day}.",
    ),
    "signed.acquisition": (
        "{payer} has agreed to buy {payee} for {amount}, the companies said on {day}.",
        "{payee} has agreed to be bought by {payer} for {amount}, it said on {day}.",
    ),
    "doubt.acquisition": (
        "{payer} agreed to pay {amount} for {payee}, including what is due later, according to a filing on {day}.",
        "{payer} is buying {payee} for {amount}, a person briefed on the terms said.",
    ),
    "dropped.acquisition": (
        "{payer} has dropped its plan to buy {payee} for {amount}, it said on {day}.",
        "{payer} has walked away from its {amount} offer for {payee}, the companies said on {day}.",
    ),
    "closed.acquisition": (
        "{payer} has completed its purchase of {payee} for {amount}, it said on {day}.",
        "{payer} has completed the {amount} acquisition of {payee}, the companies said on {day}.",
    ),
    "signed.backstop": (
        "{payer} has agreed to buy {amount} of computing capacity from {payee} that other customers do not take, a filing showed on {day}.",
        "{payer} will buy {amount} of any capacity that {payee} cannot sell, a filing showed on {day}.",
    ),
    "planned.capex": (
        "{payer} plans to spend {amount} on data centers and chips next year, it said on {day}.",
        "{payer} will spend {amount} on data centers next year, its finance chief said on {day}.",
    ),
}
# How an earlier event is remembered, by its kind.
MEMORIES = {
    "compute": ("{payer} signed a {amount} contract with {payee} in {month}.", "In {month}, {payer} agreed to pay {payee} {amount} for computing."),
    "hardware": ("{payer} ordered chips worth {amount} from {payee} in {month}.", "In {month}, {payer} bought chips for {amount} from {payee}."),
    "equity": ("{payer} invested {amount} in {payee} in {month}.", "In {month}, {payee} raised {amount} from {payer}."),
    "debt": ("{payee} borrowed {amount} from {payer} in {month}.", "In {month}, {payer} lent {payee} {amount}."),
    "colocation": ("{payer} leased data center space from {payee} for {amount} in {month}.",) * 2,
    "acquisition": ("{payer} agreed to buy {payee} for {amount} in {month}.",) * 2,
    "ipo": ("{payee} raised {amount} in its initial public offering in {month}.",) * 2,
}

# firm: revenue of 2023 in millions, its growth a year in percent, who speaks for it and as what, a tie.
FIRMS = {
    "Quartzline": (18_000, 60, "Jonas Reyl", "finance chief", "Quartzline's customers include Ambervale and Corvane."),
    "Veldt Silicon": (2_400, 35, "Ingrid Sall", "chief executive", "Veldt Silicon competes with Quartzline."),
    "Lanternfield": (300, 210, "Hollis Pike", "chief executive", "Lanternfield's other customers include Saltmere Health and Brindle Games."),
    "Tarnmoor Cloud": (180, 140, "Petra Vance", "chief executive", "Tarnmoor Cloud competes with Lanternfield."),
    "Brackwater Compute": (90, 110, "Owen Lisle", "chief executive", "Brackwater Compute's customers include Wrenfold."),
    "Cinderpeak": (25, 80, "Tomas Arden", "founder", "Cinderpeak rents servers to Brindle Games."),
    "Orrin Labs": (350, 180, "Dana Whitlock", "chief executive", "Quartzline is an investor in Orrin Labs."),
    "Halcyra AI": (120, 150, "Rui Calder", "finance chief", "Ambervale is an investor in Halcyra AI."),
    "Wrenfold": (40, 90, "Selma Brodie", "chief executive", "Wrenfold is a partner of Brackwater Compute."),
    "Mirelle AI": (15, 200, "Noor Haddon", "founder", "Mirelle AI competes with Orrin Labs."),
    "Ambervale": (95_000, 12, "Clara Menton", "chief executive", "Ambervale competes with Corvane in cloud computing."),
    "Corvane": (61_000, 15, "Edwin Marsh", "finance chief", "Corvane's cloud customers include Kelpworth Motors."),
    "Stonebeck Realty": (700, 20, "Alma Reeve", "chief executive", "Stonebeck Realty's largest tenant is Lanternfield."),
    "Quarrydale": (260, 25, "Bram Oster", "chief executive", "Tarnmoor Cloud is a tenant of Quarrydale."),
    "Hallowridge": (140, 18, "Lena Farrow", "chief executive", "Hallowridge competes with Quarrydale."),
}
SAYINGS = (
    "“The same dollar goes round and comes back as revenue,” said Mara Teller, an analyst at Finch Research.",
    "“Demand is real and we can see it in every queue,” said {person}, the {role} of {firm}.",
    "“This money goes in a circle, from the chipmaker to its customers and back,” said Ilse Koren, a fund manager at Weir & Lodge.",
    "“Our customers pay with their own money, and most of them are no relations of ours,” said {person}, {role} of {firm}.",
    "“We pay for what we use,” said {person}, the {role} of {firm}.",
    "“I would not call it a loop; hospitals and carmakers pay for most of it,” said Piers Holm, an economist at the Caldwick Institute.",
)


@dataclass(frozen=True)
class Event:
    """One line of `corpus.csv`: what money goes, or is said to go, from whom to whom."""

    at: int
    day: date
    shape: str
    payer: str
    payee: str
    amount: str
    term: str

    def told(self, text: str, amount: str = "") -> str:
        """A pattern with this event's words in it."""
        over = f"over {self.term} " if self.term else ""
        done = text.format(
            payer=self.payer, payee=self.payee, amount=amount or self.amount, over=over, day=WEEKDAYS[self.day.weekday()],
            month=f"{self.day:%B %Y}", outlet=OUTLETS[(self.at + 1) % 4],
        )  # fmt: skip
        return done.replace(" ,", ",").replace(" .", ".")

    @property
    def firms(self) -> list[str]:
        """Whom it concerns, the payee first."""
        return [firm for firm in (self.payee, self.payer) if firm]


def read_events() -> list[Event]:
    """The events, in the order of their days."""
    with EVENTS.open(encoding="utf-8", newline="") as lines:
        return [
            Event(at, date.fromisoformat(row["date"]), row["shape"], row["payer"], row["payee"], row["amount"], row["term"])
            for at, row in enumerate(csv.DictReader(lines))
        ]


def remembered(event: Event, before: list[Event]) -> list[str]:
    """Up to two earlier events of the same firms that were more than talk; every third amount is rounded down."""
    shared = [
        one for one in before
        if one.shape.split(".")[0] in ("signed", "closed") and one.shape.split(".")[1] in MEMORIES and set(one.firms) & set(event.firms)
    ]  # fmt: skip
    kept = shared[-1:] + shared[:1] if len(shared) > 1 else shared
    return [one.told(MEMORIES[one.shape.split(".")[1]][(event.at + n) % 2], rounded(one, event.at + n)) for n, one in enumerate(kept)]


def rounded(event: Event, turn: int) -> str:
    """`more than $6 billion` for `$6.4 billion`, every third time."""
    number, _, unit = event.amount.removeprefix("$").partition(" ")
    whole = number.split(".")[0]
    return f"more than ${whole} {unit}" if turn % 3 == 0 and event.amount.startswith("$") and whole != number and whole != "0" else event.amount


def money(millions: float) -> str:
    """`$940 million`, `$1.9 billion`."""
    return f"${millions / 1000:,.1f} billion" if millions >= 1000 else f"${millions:,.0f} million"


def year_of(firm: str, event: Event) -> Iterator[str]:
    """A firm's year in figures: revenue and its growth, and in turn a loss, a backlog, a share of revenue, debt, staff or machines."""
    base, growth, *_ = FIRMS[firm]
    year = event.day.year - 1
    revenue = base * (1 + growth / 100) ** (year - 2023)
    turn = event.at % 7
    if turn != 6:
        yield f"{firm}'s revenue rose {growth}% to {money(revenue)} in {year}."
    else:  # a year that another outlet has otherwise
        yield f"{firm} had revenue of {money(revenue * 1.2)} in {year}."
    yield (
        f"{firm} lost {money(base / 4)} in {year}.",
        f"{firm} had a backlog of {money(revenue * 6)} at the end of {year}.",
        f"{event.payer or 'Orrin Labs'} accounted for {30 + event.at % 5 * 7}% of {firm}'s revenue in {year}.",
        f"{firm} had debt of {money(base * 3)} at the end of {year}.",
        f"{firm} employs about {round(base / 2) + 250:,} people and operates {3 + event.at % 9} data centers with over {20 + event.at},000 GPUs.",
        f"Investors valued {firm} at {money(revenue * 9)}.",
        f"Shares of {firm} fell {2 + event.at % 4}% on {WEEKDAYS[event.day.weekday()]}.",
    )[turn]


def article(event: Event, before: list[Event]) -> str:
    """Headline and paragraphs on one event."""
    way = event.at % 2
    firm = next((one for one in event.firms if one in FIRMS), "Lanternfield")
    other = next((one for one in reversed(event.firms) if one in FIRMS), firm)
    _, _, person, role, tie = FIRMS[other]
    paragraphs = [
        event.told(LEADS[event.shape][way]),
        " ".join(remembered(event, before)),
        " ".join(year_of(firm, event)),
        SAYINGS[event.at % len(SAYINGS)].format(person=person, role=role, firm=other),
        tie,
    ]
    if event.at % 3 == 1:
        paragraphs[0] = f"{CITIES[event.at % len(CITIES)]}, {event.day:%B} {event.day.day}, {event.day.year} — {paragraphs[0]}"
    return "\n\n".join(filter(None, [event.told(HEADLINES[event.shape][way]), *paragraphs])) + "\n"


def digest(events: list[Event]) -> str:
    """What the last weeks brought, in one text."""
    lines = [event.told(LEADS[event.shape][1]) for event in events[-8:]]
    return "\n\n".join(["The quarter in deals", *lines, "Nobody that we asked would say what comes next."]) + "\n"


COLUMN = """Where does the money come from?

“Follow one dollar,” said Ilse Koren, a fund manager at Weir & Lodge. “It leaves the chipmaker as an investment and comes home as a sale.”

Quartzline invested $800 million in Orrin Labs in March 2024. Orrin Labs pays Lanternfield $6.4 billion, and Lanternfield ordered chips worth
$2.2 billion from Quartzline. Jonas Reyl, finance chief of Quartzline, said that its investments were small beside its sales.

“Hospitals and carmakers pay for most of it, and they have never seen a dollar of Quartzline's,” said Piers Holm, an economist at the
Caldwick Institute. Kelpworth Motors will pay Tarnmoor Cloud $180 million over two years. Saltmere Health pays Lanternfield $300 million.
"""
HARVEST = """Apples come early

The orchards around Oakmere are a fortnight ahead of last year, growers say. A warm spring set the fruit in April and rain in June did the rest.

“I have never picked a Brindle Pippin in August before,” said Edda Crane, who keeps eleven acres above the river.
"""


def hostile() -> dict[str, str]:
    """A text that tries everything that a page could fall for, by file name; the name has signs with a meaning in addresses, too."""
    override, isolate, back = "‮", "⁦", "⁩"
    title = 'A very long title with <b>marks</b> & "quotes" that goes on and on, ' + "because nobody stopped it, " * 40 + "until here"
    return {
        "zz hostile & <i>odd #1 50%.txt": "\n\n".join(
            [
                title,
                '<script>document.title = "taken over"; alert(1)</script> <Lantern & "Sons"> will pay Lanternfield $45 million for servers,'
                " a notice on the company's page said on Monday.",
                "<img src=x onerror=\"alert('2')\"> <svg onload=alert(3)><script>alert(4)</script></svg> <a href='javascript:alert(5)'>read more</a>"
                " [read more](javascript:alert(6)) <iframe srcdoc='<script>parent.alert(7)</script>'></iframe> {{ 7 * 7 }} {% raw %} ${7*7}",
                "<style>body { display: none } * { background: url(https://elsewhere.example/x.png) }</style> </style></mark></p></main></html>"
                " --> ]]> <!-- <base href='https://elsewhere.example/'> <meta http-equiv=refresh content='0;url=https://elsewhere.example/'>"
                ' <form action="https://elsewhere.example/"><input autofocus onfocus=alert(8)></form> <link rel=stylesheet href=//elsewhere.example/a.css>',
                f"Brindle {override}semaG{back} & {isolate}Co{back} invested $70 million in Cinderpeak on Tuesday. The amount reads {override}noillim 09${back}.",
                "Cinderpeak 🚀🚀🚀 raised $12 million from O'Marrow <Holdings> Ltd. on Friday 👩‍👩‍👧‍👦. Its revenue was $30 million in 2024, up 20% 📈.",
                "Control signs: \x01\x02\x08\x0b\x0c\x1b[31mred\x1b[0m \x7f\x85 and a null that is none: \\0 &#0; &lt;b&gt; &amp;amp;.",
                "W" + "o" * 9_998 + "w",
                "Lanternfield will pay Quartzline $9 million for " + "very " * 300 + "fast chips, it said on Monday.",
                '"We pay for what <i>we</i> use & nothing else," said Pia Okafor, the chief executive of Brindle Games. =1+1 +cmd|calc @SUM(A1) -2',
            ]
        )
        + "\n"
    }


def write_corpus(folder: Path, *, with_hostile: bool = True) -> None:
    """The articles and their `sources.csv` in a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    events = read_events()
    texts = {f"{event.at:02d}_{'_'.join(event.firms[0].lower().split())}.txt": article(event, events[: event.at]) for event in events}
    known = [
        (name, f"https://{'-'.join(OUTLETS[event.at % 4].lower().split())}.example/{event.at}", OUTLETS[event.at % 4], event.day.isoformat())
        for name, event in zip(texts, events, strict=True)
        if event.at % 3 == 0 or (event.at % 3 == 2 and event.at % 4)
    ]
    texts |= {"57_digest.txt": digest(events), "58_column.txt": COLUMN, "59_harvest.txt": HARVEST}
    known.append(("58_column.txt", "", "Circuit Weekly", "2026-02"))
    if with_hostile:
        texts |= hostile()
        known.append((next(iter(hostile())), "javascript:alert(9)", 'Page & "Notice" <Desk>', ""))
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([("file", "url", "publisher", "published"), *known])


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]))
