"""How a sentence states a tie: patterns over lower-case words in which every company, or list of companies, is one sign.

In: a masked sentence. Out: `Found`s. `bearer` is the company that a noun describes ("X" of "X, a customer of Y") or a verb's subject,
`other` the other side, or null where the sentence leaves it out. The forms are in `tie_forms.toml`; verbs that need no form of their own
are in `ties.toml`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corewatch.lexicon.ties import Tie, tie_forms, tie_words

FIRST, ABSENT = "\ue000", "\uf8ff"
SIGN = f"[{FIRST}-{ABSENT}]"


@dataclass(frozen=True, slots=True)
class Found:
    """A tie between two signs of a masked sentence; `near` asks for the last company before the noun where the other side is left out,
    `spare` is the other side of the noun before, for a pronoun that would mean the bearer itself."""

    tie: Tie
    bearer: str
    other: str | None
    confidence: float
    near: bool = False
    at: int = 0
    spare: str | None = None


@dataclass(frozen=True, slots=True)
class _NounForm:
    pattern: re.Pattern[str]
    open: bool
    near: bool


@dataclass(frozen=True, slots=True)
class _VerbForm:
    pattern: re.Pattern[str]
    tie: Tie | None
    confidence: float


_words, _forms = tie_words(), tie_forms()
_PARTS = {**_forms.parts, "N": _words.noun, "SHARE": _forms.share, "SAYS": _words.share_verb, "SALES": _words.share_noun}
_PARTS |= {"G": SIGN, "S": f"{FIRST}-{ABSENT}", "GAP": f"[^.;{FIRST}-{ABSENT}]", "V": _words.verb}


def _compiled(form: str) -> re.Pattern[str]:
    """The form with its parts written out, parts within parts too."""
    while "@" in form:
        form = re.sub(r"@([A-Z]+)", lambda part: _PARTS[part[1]], form)
    return re.compile(form)


_NOUNS = [_NounForm(_compiled(form.form), form.open, form.near) for form in _forms.nouns]
_END = _compiled("@END")
_VERBS = [_VerbForm(_compiled(lead + form.form), form.tie, form.confidence) for form in _forms.verbs for lead in form.leads]
_VERBS += [
    _VerbForm(_compiled(rf"@SUBJ(?P<v>{_words.verb}) (?:(?:the |an? |some of )?(?:[\w-]+ ){{0,3}}?)(?P<c>@G)(?!'s)@PRODUCT"), None, 0.6)
]
_SHARES = [_compiled(form) for form in _forms.shares]
_CUSTOMER = Tie("customer_of", True)
_DENIAL = re.compile(rf"\b{_words.denial}\b")
_ALLOWED = re.compile(r"\bno longer\b|\bnot (?:only|just|merely)\b|\bno doubt\b")
_TRIGGER = _compiled(_forms.trigger)


def find_ties(words: str) -> list[Found]:
    """The ties that a masked sentence states; a sentence without company or trigger is not searched."""
    if not re.search(SIGN, words) or not _TRIGGER.search(words):
        return []
    nouns = list(_by_nouns(words))
    customers = {found.bearer for found in nouns if found.tie == _CUSTOMER}
    return [*nouns, *_by_verbs(words), *_by_shares(words, customers)]


def _denied(words: str) -> bool:
    return bool(_DENIAL.search(_ALLOWED.sub("", words)))


def _by_nouns(words: str) -> Iterator[Found]:
    for form in _NOUNS:
        for match in form.pattern.finditer(words):
            part = match.groupdict()
            if _denied(words[match.start() : max(match.end("n"), match.end("b"))]):
                continue
            other = part.get("p") or part.get("o")
            # "X, a supplier of cables": whom it supplies is not said, and need not be the company in hand.
            if (
                other is None
                and form.open
                and (part["n"] not in _words.implied or (not part.get("end") and not _END.match(words, match.end("n"))))
            ):
                continue
            sure = 0.8 if other not in (None, ABSENT) else 0.6
            for noun, owner in ((part["n"], other), (part.get("n2"), part.get("p2") or other), (part.get("n3"), part.get("p3") or other)):
                if noun:
                    yield Found(_words.nouns[noun], part["b"], owner, sure, form.near, match.start("n"), other)


def _by_verbs(words: str) -> Iterator[Found]:
    for form in _VERBS:
        for match in form.pattern.finditer(words):
            part = match.groupdict()
            if _denied(match.group()):
                continue
            for side in ("c", "c2", "meant"):
                if other := part.get(side):
                    other = ABSENT if side == "meant" else other
                    tie = form.tie or _words.verbs[part["v"]]
                    if part.get("whole"):
                        tie = replace(tie, whole=True)
                    yield Found(tie, part["a"], other, form.confidence)


def _by_shares(words: str, customers: set[str]) -> Iterator[Found]:
    """Shares of revenue; whoever the sentence already calls a customer of somebody is that company's and no other's."""
    for pattern in _SHARES:
        for match in pattern.finditer(words):
            if not _denied(match.group()) and (match["o"] or match["b"] not in customers):
                yield Found(_CUSTOMER, match["b"], match["o"], 0.7)
