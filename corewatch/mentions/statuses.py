"""How far a deal has got: in talks, planned, signed, closed or withdrawn.

In: the verb that carries the deal with its governors, and the words of its clause. Out: a status of the contract.
Judgements: what withdraws a deal anywhere in its clause decides; then the governing verbs ("plans to", "is in talks to"); then tense.
"""

import re
from collections.abc import Sequence
from functools import cache

from corewatch.lexicon.deals import lexicon, pattern, words
from corewatch.mentions.clauses import VerbGroup
from corewatch.mentions.phrases import Item

DONE_KINDS = frozenset({"debt", "equity", "ipo", "acquisition"})
DONE_FRAMES = frozenset(
    {
        "raise",
        "lend",
        "borrow",
        "draw",
        "invest",
        "acquire",
        "lead",
        "join",
        "issue",
        "pay",
        "sell",
        "buy",
        "spend",
        "contribute",
        "complete",
        "place",
        "gather",
        "come",
    }
)
SAID = pattern("said")
INTENT = pattern("intent")
PASTS = words("irregular_pasts")
OPEN_PASTS = words("promises")
FUTURES = words("future_modals")
POSSIBLE = words("possible_modals")


def _told_as_done(items: Sequence[Item], verb: VerbGroup) -> bool:
    """Whether the carrying verb is a past or perfect of doing ("sold", "has lent"), whatever else was planned."""
    sense = items[verb.at].verb
    head = items[verb.at].lower.split()[0]
    past = head.endswith("ed") or head in PASTS
    return (
        sense is not None and sense.frame in DONE_FRAMES and past and verb.form != "infinitive" and not verb.modal and verb.governor is None
    )


@cache
def cue(name: str) -> re.Pattern[str]:
    """The words that tell a status anywhere in a clause, as one pattern over lower case."""
    return re.compile(r"\b(?:" + "|".join(re.escape(cue) for cue in sorted(lexicon().status[name], key=len, reverse=True)) + r")(?!\w)")


def status_of(items: Sequence[Item], verb: VerbGroup | None, kind: str, clause: str, *, committed: bool) -> str:
    """The status; `clause` is the passage in lower case, `committed` whether an agreement is said."""
    if cue("withdrawn").search(clause):
        return "withdrawn"
    if cue("talks").search(clause):
        return "talks"
    if INTENT.search(clause):
        return "planned"
    if verb is not None and kind in DONE_KINDS and _told_as_done(items, verb):
        return "closed"
    frame = lemma = ""
    if verb is not None:
        sense = items[verb.at].verb
        frame, lemma = (sense.frame, sense.lemma) if sense else ("", "")
        if sense is not None and sense.status in {"talks", "withdrawn"}:
            return sense.status
        governors: list[str] = []
        step = verb.governor
        while step is not None and len(governors) < 3:
            carried = items[step.at].verb
            if carried is not None and carried.status == "signed" and not step.modal:
                return "signed"
            governors.append(items[step.at].lower.split()[0])
            step = step.governor
        if any(
            word in OPEN_PASTS
            or word
            in {
                "agree",
                "agrees",
                "commit",
                "commits",
                "promises",
                "pledges",
                "contracted",
                "signed",
                "undertakes",
                "agreeing",
                "announced",
            }
            for word in governors
        ):
            return "signed"
    if cue("planned").search(clause):
        return "planned" if kind != "capex" or verb is None or frame != "build" else "signed"
    if kind == "capex":
        return "planned" if verb is None or verb.modal in FUTURES or frame in {"forecast", "spend", "invest", "cost"} else "signed"
    if verb is None:
        return "closed" if kind in {"equity", "ipo", "debt"} and not committed else "signed"
    head = items[verb.at].lower.split()[0]
    if sense is not None and sense.status == "closed" and not verb.modal and verb.form != "infinitive" and not head.endswith("ing"):
        return "closed"
    if verb.modal in POSSIBLE:
        return "talks"
    if verb.modal == "would" and kind in {"acquisition", "compute", "hardware", "colocation", "backstop"} and SAID.search(clause):
        return "signed"
    if verb.modal in FUTURES or verb.form == "infinitive":
        return "signed" if kind not in {"ipo"} and verb.modal in {"will", "is to", "'ll", "must"} else "planned"
    if head.endswith(("ing",)) or (head.endswith("s") and head not in {"raises"}):
        return "signed" if kind not in {"ipo"} else "planned"
    if kind in {"debt", "equity", "ipo", "acquisition"} and frame in DONE_FRAMES | {"take", "obtain", "provide", "order"}:
        return "closed"
    if frame == "pay" or lemma == "prepay" or frame == "complete":
        return "closed"
    return "signed"
