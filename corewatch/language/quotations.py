"""Quotations: what stands between quotation marks.

In: a text and its sentences. Out: `Quotation`s in order, without their marks, the outermost only.

Judgements made here: curly, straight and angled marks open and close in pairs within a line. Single marks quote where they open after
a space and close after a letter or stop and before none; an apostrophe is no mark. A quotation that is opened anew in each paragraph
and closed once is one quotation a paragraph. A mark that nothing closes within its line, and that the next line does not open
anew, quotes nothing.
"""

import re

from corewatch.language.article import Quotation

LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
MARK = re.compile("[“”„\"«»‘’'‹›]")
PAIRS = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’", "'": "'"}
FARTHEST = 60  # marks after which no quotation closes any more
DEEPEST = 3  # quotations that one may open inside another before the marks mean something else
SINGLE = "‘’'"


def find_quotations(text: str) -> list[Quotation]:
    """The quotations of a text in order; `"It works," he said.` has one, `It works,`."""
    found: list[Quotation] = []
    pending: tuple[int, str] | None = None  # a quotation that its line left open
    for line in LINE.finditer(text):
        marks = [match.start() for match in MARK.finditer(text, line.start(), line.end())]
        stripped = len(line.group()) - len(line.group().lstrip())
        first = line.start() + stripped
        if pending and marks and marks[0] == first and text[first] == pending[1]:
            found.append(Quotation(pending[0], _trimmed_end(text, pending[0])))
        if line.group().strip():
            pending = None
        at = 0
        while at < len(marks):
            start = marks[at]
            mark = text[start]
            close = _closing(text, marks, at, line.end()) if _opens(text, start, line.start()) else None
            if close is not None:
                if close > start + 1:
                    found.append(Quotation(start + 1, close))
                while at < len(marks) and marks[at] <= close:
                    at += 1
                continue
            if mark in '“"' and _opens(text, start, line.start()) and all(text[m] in SINGLE for m in marks[at + 1 : at + 1 + FARTHEST]):
                pending = (start + 1, mark)
            at += 1
    return found


def _trimmed_end(text: str, start: int) -> int:
    end = LINE.match(text, start)
    stop = end.end() if end else start
    return start + len(text[start:stop].rstrip())


def _opens(text: str, at: int, line_start: int) -> bool:
    """Whether a mark stands where a quotation can open."""
    mark = text[at]
    if mark not in PAIRS:
        return False
    before = text[at - 1] if at > line_start else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if mark in "“„«":
        return True
    if after.isspace():
        return False
    if mark == '"':
        return not before.isalnum() or not after.isalnum()
    return not before.isalnum() and before not in ".,!?%" and not after.isdigit()


def _closing(text: str, marks: list[int], at: int, line_end: int) -> int | None:
    """The mark that closes the one at index `at`, nested marks of the other kind and apostrophes passed over."""
    start = marks[at]
    mark = text[start]
    closers = PAIRS[mark]
    last = None
    depth = 0
    for place in marks[at + 1 : at + 1 + FARTHEST]:
        sign = text[place]
        if sign == mark and mark not in closers and sign not in SINGLE:
            depth += 1
            if depth > DEEPEST:
                return None
            continue
        if sign not in closers:
            continue
        after = text[place + 1] if place + 1 < line_end else " "
        before = text[place - 1]
        if mark in SINGLE:
            if after.isalnum() or before.isspace():
                continue
            if before in ".,!?…”" or not (before == "s" and after == " "):
                return place
            last = last or place  # perhaps the possessive of a plural: "the lenders' terms"
            continue
        if mark == '"' and (before.isspace() and not after.isspace() and place != start):
            continue
        if depth:
            depth -= 1
            continue
        return place
    return last
