"""The three questions and their answers, for the first page and for whoever compares one edition with another.

In: tables, and the parameters of each report. Out: the answers as fragments, and the same as plain values that JSON can hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from corewatch.report.answer import Answer
from corewatch.report.evidence import Evidence
from corewatch.report.fragments import Words, plain_text
from corewatch.report.parameters import MODELS, Value
from corewatch.report.reading import Reading
from corewatch.report.views.closed_loop import ClosedLoop
from corewatch.report.views.deal_sizes import DealSizes
from corewatch.report.views.revenue_growth import RevenueGrowth
from corewatch.report.views.verdict_cards import THESES
from corewatch.report.wording import words
from corewatch.tables import Tables

Parameters = Mapping[str, Mapping[str, Value]]
AnsweringReport = RevenueGrowth | DealSizes | ClosedLoop

# The questions, in the order of the page, with the report that answers each.
QUESTIONS: tuple[tuple[type[AnsweringReport], str], ...] = (
    (RevenueGrowth, "How fast does revenue grow?"),
    (DealSizes, "How large are the deals?"),
    (ClosedLoop, "Does the money run in a closed loop?"),
)


@dataclass(frozen=True)
class Answers:
    """The three answers made: each question's report with its answer, what they were read from, and their one list of evidence."""

    reading: Reading
    register: Evidence
    made: Sequence[tuple[AnsweringReport, Answer]]

    def values(self) -> list[dict[str, Any]]:
        """The same as plain values, as `answers_of` gives them."""
        return [as_values(report, answer) for report, answer in self.made]


def answered(tables: Tables, parameters: Parameters | None = None) -> Answers:
    """The three answers. `parameters` are those of each report, by its name, where they are not the defaults."""
    reading = Reading(tables)
    register = Evidence(reading)
    made: list[tuple[AnsweringReport, Answer]] = []
    for kind, question in QUESTIONS:
        defaults = {key: field.default for key, field in MODELS[kind.name].model_fields.items()}
        report = kind(tables, defaults | dict((parameters or {}).get(kind.name, {})))
        # One page, one list: all answers share the register of evidence.
        report.reading, report.register = reading, register
        made.append((report, report.answer(question, f"{kind.name}.html")))
    return Answers(reading, register, made)


def answers_of(tables: Tables, parameters: Parameters | None = None) -> list[dict[str, Any]]:
    """The three answers as plain values, one dict a question.

    `report`, `question`, `claim` and `note` (text), `number` (`text`, and `value`, `low`, `high` in plain units with their `unit`, null
    where there is none, and the `mention_id` that it was read from, null where it is computed), `confidence` (`word`, `note`), `articles`
    (how many speak of it, of how many), and for the closed loop `verdicts`: `thesis`, `name`, `claim`, `verdict` of the four claims.
    `parameters` are those of each report, by its name, where they differ.
    """
    return answered(tables, parameters).values()


def as_values(report: AnsweringReport, answer: Answer) -> dict[str, Any]:
    """An answer as JSON can hold it."""
    said, amount = answer.said, answer.said.number
    return {
        "report": report.name,
        "question": said.question,
        "claim": text_of(said.claim),
        "number": {
            "text": text_of(said.one),
            "value": None if amount is None else amount.stated,
            "low": None if amount is None else amount.low,
            "high": None if amount is None else amount.high,
            "unit": None if amount is None else amount.unit,
            "mention_id": said.mention_id,
        },
        "note": text_of(said.one_note),
        "confidence": {"word": said.sure, "note": said.sure_note},
        "articles": {"speak": said.articles, "read": len(report.reading)},
        "verdicts": verdicts_of(report) if isinstance(report, ClosedLoop) else [],
    }


def verdicts_of(report: ClosedLoop) -> list[dict[str, str]]:
    """The verdicts on the four claims of the closed loop, in their order."""
    return [{"thesis": thesis, **words()["theses"][thesis], "verdict": report.verdict(thesis)} for thesis in THESES]


def text_of(shown: Words) -> str:
    """Words or markup as text in one line."""
    return " ".join(plain_text(Markup.escape(shown)).split())
