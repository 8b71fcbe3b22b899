"""Whose words a message has: the writer's own, an article that was forwarded, or a message that was answered.

In: the text of a message and whether its head says that it is an answer or a forwarded one. Out: the text to read, and what the head in
it says of a forwarded article.

- Of an answer the writer's words are read, and what is quoted below (lines after `>`, what follows "On ... wrote:" or a head in the text)
  is not: it is a document of its own, if anybody gives it.
- What was forwarded is the article, with its own subject, sender and day; what whoever forwarded it says above is not read.
- What follows the line `--`, which begins a signature, and "Sent from my phone" is not read.
- Where nothing would be left, everything is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import parseaddr, parsedate_to_datetime

from corewatch.lexicon.calendar import calendar

SUBJECT = re.compile(r"\s*(?:\[(?:ext|external)\]\s*|(?:re|aw|sv|antw|fwd?|wg|tr|rv|i)\s*(?:\[\d+\])?:\s*)+", re.IGNORECASE)
FORWARDED_SUBJECT = re.compile(r"\s*(?:\[(?:ext|external)\]\s*)?(?:fwd?|wg|tr|rv)\s*:", re.IGNORECASE)
ANSWERED_SUBJECT = re.compile(r"\s*(?:\[(?:ext|external)\]\s*)?(?:re|aw|sv|antw)\s*(?:\[\d+\])?:", re.IGNORECASE)
FORWARD_MARK = re.compile(r"\W*(?:-{2,} ?forwarded (?:message|by)\b.{0,80}|begin forwarded message:?)\W*", re.IGNORECASE)
MESSAGE_MARK = re.compile(r"\W*-{2,} ?original message ?-{2,}\W*", re.IGNORECASE)
HEAD_LINE = re.compile(r"[\s>*_]*(from|sent|date|to|cc|bcc|subject|reply-to|importance)[*_]*:[*_]*\s*(.{0,500})", re.IGNORECASE)
WROTE = re.compile(r"[\s>]*On .{6,200}(?:\d{1,2}:\d\d|\b20\d\d\b|@).{0,120} wrote:\s*")
SIGNATURE = re.compile(r"--\s?")
SENT_FROM = re.compile(r"(?:sent from (?:my|a) .{1,60}|get outlook for .{1,30})", re.IGNORECASE)
QUOTED = re.compile(r"\s*>")
# Lines of a head in the text, with blank lines between them where it was HTML; and of a signature.
LONGEST_HEAD, LONGEST_SIGNATURE, LONGEST_WROTE = 16, 12, 400
# Messages that were forwarded again and again.
MOST_TIMES = 6


@dataclass(frozen=True, slots=True)
class Words:
    """The text to read; of a forwarded article its subject, the name of its sender and the day of sending, as far as they are said."""

    text: str
    forwarded: bool = False
    subject: str | None = None
    sender: str | None = None
    sent: str | None = None


def words_of(text: str, subject: str | None, *, answer: bool = False) -> Words:
    """The words of a message; `answer` is whether its head names a message that it answers."""
    lines = text.split("\n")
    found = Words(text)
    forwarded = bool(FORWARDED_SUBJECT.match(subject or ""))
    for _ in range(MOST_TIMES):
        at = next((at for at, line in enumerate(lines) if is_mark(lines, at)), None)
        if at is None:
            break
        begins, head = head_in(lines, at)
        if not (forwarded or FORWARD_MARK.fullmatch(lines[at])):
            # A message that was answered, unless the answer is empty.
            lines = lines[:at] if said(lines[:at]) else lines[begins:]
            break
        if not said(lines[begins:]):
            break
        lines = unquoted(lines[begins:])
        sender = head.get("from", "")
        name, address = parseaddr(sender) if "@" in sender else (sender, "")
        title = SUBJECT.sub("", head.get("subject", ""), count=1).strip() if "subject" in head else None
        found = Words("", True, title or found.subject, name or address or None, day_in(head.get("sent") or head.get("date") or ""))
        # What stands in a forwarded text further down was answered there.
        forwarded = bool(FORWARDED_SUBJECT.match(head.get("subject", "")))
    if answer or ANSWERED_SUBJECT.match(subject or ""):
        lines = without_quotes(lines)
    lines = without_signature(lines)
    return Words("\n".join(lines).strip("\n"), found.forwarded, found.subject, found.sender, found.sent)


def said(lines: Sequence[str]) -> bool:
    """Whether lines say anything."""
    return any(re.search(r"\w", line) for line in lines)


def is_mark(lines: Sequence[str], at: int) -> bool:
    """Whether an earlier message begins at a line: a mark that says so, or a head with a sender, a subject and a third line."""
    line = lines[at]
    if len(line) <= 200 and (FORWARD_MARK.fullmatch(line) or MESSAGE_MARK.fullmatch(line)):
        return True
    found = HEAD_LINE.fullmatch(line)
    if found is None or found[1].lower() != "from":
        return False
    return {"from", "subject"} < head_in(lines, at)[1].keys()


def head_in(lines: Sequence[str], at: int) -> tuple[int, dict[str, str]]:
    """The line after the head that begins at or below a line, and its lines by their names."""
    head: dict[str, str] = {}
    begins = at
    for number in range(at, min(at + LONGEST_HEAD, len(lines))):
        line = lines[number]
        found = HEAD_LINE.fullmatch(line)
        if found:
            head.setdefault(found[1].lower(), found[2].strip())
        elif line.strip(" >*\t") and number > at:
            break
        begins = number + 1
    return begins, head


def unquoted(lines: list[str]) -> list[str]:
    """Lines without the marks of quoting, if all that say anything have one."""
    if all(QUOTED.match(line) for line in lines if line.strip()):
        return [re.sub(r"^\s*> ?", "", line) for line in lines]
    return lines


def without_quotes(lines: list[str]) -> list[str]:
    """An answer without what it quotes: lines after `>`, and everything below "On ... wrote:" where it is not marked so."""
    kept: list[str] = []
    quoted: list[str] = []
    skipped = -1
    last_quoted = max((at for at, line in enumerate(lines) if QUOTED.match(line)), default=-1)
    spoken = False
    for at, line in enumerate(lines):
        two = f"{line} {lines[at + 1]}" if at + 1 < len(lines) else line
        long = 2 if line.startswith("On ") and len(two) <= LONGEST_WROTE and WROTE.fullmatch(two) else 1
        if long == 2 or (len(line) <= LONGEST_WROTE and WROTE.fullmatch(line)):
            skipped = at + long - 1
            if last_quoted <= skipped and spoken:
                break
        elif at > skipped:
            (quoted if QUOTED.match(line) else kept).append(line)
            spoken = spoken or said(kept[-1:])
    return kept if spoken else unquoted(quoted)


def without_signature(lines: list[str]) -> list[str]:
    """The lines before a signature that is no longer than signatures are, and without the line that a telephone adds."""
    begins = None
    filled = 0
    # From the end, so that each line is asked once.
    for at in range(len(lines) - 1, -1, -1):
        filled += bool(lines[at].strip())
        if filled > LONGEST_SIGNATURE:
            break
        if SIGNATURE.fullmatch(lines[at]):
            begins = at
    if begins is not None and said(lines[:begins]):
        lines = lines[:begins]
    kept = [line for line in lines if len(line) > 100 or not SENT_FROM.fullmatch(line.strip())]
    return kept if said(kept) else lines


def day_in(text: str) -> str | None:
    """The day that the head of a message states in one of the forms of mail programs, in ISO form."""
    month = "|".join(sorted((re.escape(word) for word in calendar().months), key=len, reverse=True))
    for pattern in (
        rf"\b(?P<m>{month})\.? (?P<d>\d{{1,2}}),? (?P<y>20\d\d)\b",
        rf"\b(?P<d>\d{{1,2}})\.? (?P<m>{month})\.?,? (?P<y>20\d\d)\b",
    ):
        found = re.search(pattern, text, re.IGNORECASE)
        if found:
            try:
                return date(int(found["y"]), calendar().months[found["m"].lower()], int(found["d"])).isoformat()
            except ValueError:
                return None
    found = re.search(r"\b20\d\d-\d\d-\d\d\b", text)
    try:
        return date.fromisoformat(found[0]).isoformat() if found else parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
