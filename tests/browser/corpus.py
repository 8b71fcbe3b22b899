"""Sixty invented articles on twenty-six invented firms, and a hostile one: news enough to fill every part of every page.

    python tests/browser/corpus.py FOLDER

In: `corpus.csv`, one event a line. Out: an article for each, which tells the event in one of several ways, an earlier event of the same
firms (sometimes rounded), a figure or two of a firm's year, a tie, and what somebody said; a week's digest, a column and a text that has
nothing to do with it; `sources.csv` for two articles in three (the others have a dateline, or say nothing of themselves). The same bytes
each time: sentences are chosen by counting.
"""

import csv
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

EVENTS = Path(__file__).with_name("corpus.csv")
OUTLETS = ("Inland Wire", "The Harbour Ledger", "Morning Exchange", "Circuit Weekly")
CITIES = ("OAKMERE", "PORT ELDEN", "CALDWICK")
WORDS = tomllib.loads(Path(__file__).with_name("corpus.toml").read_text(encoding="utf-8"))
FIRMS, MEMORIES, SHAPES = WORDS["firms"], WORDS["memories"], WORDS["shapes"]
# The name has signs with a meaning in addresses and in markup.
HOSTILE = "zz hostile & <i>odd #1 50%.txt"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


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
    kept = [shared[-1], shared[event.at % (len(shared) - 1)]] if len(shared) > 1 else shared
    ways = [MEMORIES[one.shape.split(".")[1]] for one in kept]
    return [
        one.told(way[(event.at + n) % len(way)], rounded(one, event.at + n)) for n, (one, way) in enumerate(zip(kept, ways, strict=True))
    ]


def rounded(event: Event, turn: int) -> str:
    """`more than $6 billion` for `$6.4 billion`, every third time."""
    number, _, unit = event.amount.removeprefix("$").partition(" ")
    whole = number.split(".")[0]
    return (
        f"more than ${whole} {unit}"
        if turn % 3 == 0 and event.amount.startswith("$") and whole != number and whole != "0"
        else event.amount
    )


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
        f"{firm} employs about {round(base / 2) + 250:,} people"
        f" and operates {3 + event.at % 9} data centers with over {20 + event.at},000 GPUs.",
        f"Investors valued {firm} at {money(revenue * 9)}.",
        f"Shares of {firm} fell {2 + event.at % 4}% on {WEEKDAYS[event.day.weekday()]}.",
    )[turn]


def article(event: Event, before: list[Event]) -> str:
    """Headline and paragraphs on one event."""
    headline, lead = SHAPES[event.shape][event.at % 2]
    firm = next((one for one in event.firms if one in FIRMS), "Lanternfield")
    other = next((one for one in reversed(event.firms) if one in FIRMS), firm)
    _, _, person, role, tie = FIRMS[other]
    paragraphs = [
        event.told(lead),
        " ".join(remembered(event, before)),
        " ".join(year_of(firm, event)),
        WORDS["texts"]["sayings"][event.at % 6].format(person=person, role=role, firm=other),
        tie,
    ]
    if event.at % 3 == 1:
        paragraphs[0] = f"{CITIES[event.at % len(CITIES)]}, {event.day:%B} {event.day.day}, {event.day.year} — {paragraphs[0]}"
    return "\n\n".join(filter(None, [event.told(headline), *paragraphs])) + "\n"


def digest(events: list[Event]) -> str:
    """What the last weeks brought, in one text."""
    lines = [event.told(SHAPES[event.shape][1][1]) for event in events[-8:]]
    return "\n\n".join(["The quarter in deals", *lines, "Nobody that we asked would say what comes next."]) + "\n"


def hostile() -> str:
    """A text that tries everything that a page could fall for: see `corpus.toml`, and a very long title, word and sentence."""
    title = 'A very long title with <b>marks</b> & "quotes" that goes on and on, ' + "because nobody stopped it, " * 40 + "until here"
    long = ["W" + "o" * 9_998 + "w", "Lanternfield will pay Quartzline $9 million for " + "very " * 300 + "fast chips, it said on Monday."]
    return "\n\n".join([title, *WORDS["hostile"]["paragraphs"], *long]) + "\n"


def write_corpus(folder: Path, *, with_hostile: bool = True) -> None:
    """The articles and their `sources.csv` in a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    events = read_events()
    texts = {f"{event.at:02d}_{'_'.join(event.firms[0].lower().split())}.txt": article(event, events[: event.at]) for event in events}
    known = [
        (
            name,
            f"https://{'-'.join(OUTLETS[event.at % 4].lower().split())}.example/{event.at}",
            OUTLETS[event.at % 4],
            event.day.isoformat(),
        )
        for name, event in zip(texts, events, strict=True)
        if event.at % 3 == 0 or (event.at % 3 == 2 and event.at % 4)
    ]
    texts |= {"57_digest.txt": digest(events), "58_column.txt": WORDS["texts"]["column"], "59_harvest.txt": WORDS["texts"]["harvest"]}
    known.append(("58_column.txt", "", "Circuit Weekly", "2026-02"))
    if with_hostile:
        texts[HOSTILE] = hostile()
        known.append((HOSTILE, "javascript:alert(9)", 'Page & "Notice" <Desk>', ""))
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([("file", "url", "publisher", "published"), *known])


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]))
