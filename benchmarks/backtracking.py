"""Texts made to provoke backtracking: what a regular expression of ours repeats is repeated without end, and gone through.

    python benchmarks/backtracking.py [SEED]

In: the expressions that are alive after the seed articles have been gone through. For each of its repeats, what stands before it in the
expression is written once and what it repeats again and again; so is a whole match. Each text has 3,000 characters, then 12,000; where the
time grows by more than the tests allow to calls, 48,000 and 192,000 follow. Out: a JSON line for each text whose exponent is above 1.1 over
the last three (the expression, what is written, microseconds a character), and one for all. The exit code is 1 where there is any.
"""

import gc
import json
import math
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from growth import go_through
from speed import seconds, slope

SEEDS = Path(__file__).parents[1] / "seeds"
LENGTHS = (3_000, 12_000, 48_000, 192_000)
# What the tests allow calls to grow by with four times the text, and the seconds below which a clock says little.
SUSPECT, TELLING = 4.6, 0.1
MOST = 1.1
# Texts for each expression: one with a word list in it has hundreds of places to repeat.
TEXTS = 8
# What is repeated less often than this ends by itself.
MANY = 16
# What a sign is chosen from.
SIGNS = "aZ5 .,-’'“\"()$%&/:;*_é\n"
# And where none of them will do: halves of signs are in no text.
ANY = [*map(chr, range(0xD800)), *map(chr, range(0xE000, 0x110000))]
# The standard library has no public name for the tree of an expression.
parser: Any = re._parser
compiler: Any = re._compiler
Tree = Sequence[tuple[Any, Any]]


class Writer:
    """Writes what an expression finds."""

    def __init__(self, pattern: re.Pattern[str], chance: random.Random) -> None:
        self.tree = parser.parse(pattern.pattern, pattern.flags)
        self.chance = chance
        self.groups: dict[int | None, str] = {}

    def match(self, tree: Tree) -> str:
        """A text that a tree is likely to match: what it only looks at is left out."""
        return "".join(self.part(str(kind), inside) for kind, inside in tree)

    def part(self, kind: str, inside: Any) -> str:
        """The same of one node."""
        match kind:
            case "LITERAL":
                return chr(inside)
            case "IN" | "NOT_LITERAL" | "ANY":
                return self.sign(kind, inside)
            case "BRANCH":
                return self.match(self.chance.choice(inside[1]))
            case "SUBPATTERN":
                self.groups[inside[0]] = self.match(inside[3])
                return self.groups[inside[0]]
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                return "".join(self.match(inside[2]) for _ in range(max(int(inside[0]), self.chance.randint(0, min(int(inside[1]), 2)))))
            case "ATOMIC_GROUP":
                return self.match(inside)
            case "GROUPREF":
                return self.groups.get(inside, "")
            case _:
                return ""

    def sign(self, kind: str, inside: Any) -> str:
        """A sign of a set."""
        if kind == "ANY":
            return self.chance.choice(SIGNS[:-1])
        one = compiler.compile(parser.SubPattern(parser.State(), [(getattr(parser, kind), inside)]), 0)
        known = [sign for sign in SIGNS if one.match(sign)]
        return self.chance.choice(known) if known else next(filter(one.match, ANY), "")

    def repeats(self, tree: Tree, before: str = "") -> Iterator[tuple[str, str]]:
        """What is written once and what again and again, for each repeat of a tree that may go on for long."""
        for kind, inside in tree:
            match str(kind):
                case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                    if inside[1] >= MANY:
                        yield before, self.match(inside[2])
                    yield from self.repeats(inside[2], before)
                case "SUBPATTERN":
                    yield from self.repeats(inside[3], before)
                case "ATOMIC_GROUP":
                    yield from self.repeats(inside, before)
                case "ASSERT":
                    yield from self.repeats(inside[1], before)
                case "BRANCH":
                    for branch in inside[1]:
                        yield from self.repeats(branch, before)
            before += self.part(str(kind), inside)


def texts_for(pattern: re.Pattern[str], chance: random.Random) -> list[tuple[str, str]]:
    """What is written once and what again and again, some for an expression."""
    writer = Writer(pattern, chance)
    found = {*writer.repeats(writer.tree), *(("", writer.match(writer.tree) + end) for end in ("", " "))}
    found = {(before, piece) for before, piece in found if piece}
    return chance.sample(sorted(found), min(TEXTS, len(found)))


def took(before: str, piece: str, length: int) -> float:
    """Seconds for a text of that length."""
    text = before + piece * (length // len(piece))
    spent = seconds(lambda: go_through(text), 1)
    gc.collect()
    return spent


def main(seed: str) -> int:
    """Measure and print."""
    for path in sorted(SEEDS.glob("*.txt")):
        go_through(path.read_text(encoding="utf-8"))
    patterns = sorted(
        {(found.pattern, found.flags): found for found in gc.get_objects() if isinstance(found, re.Pattern)}.items(), key=repr
    )
    patterns = [found for (source, _), found in patterns if isinstance(source, str)]
    gc.disable()
    done: set[tuple[str, str]] = set()
    grown = 0
    for number, pattern in enumerate(patterns):
        for before, piece in texts_for(pattern, random.Random(f"{seed} {number}")):  # noqa: S311  # nothing is kept secret with it
            if (before, piece) in done:
                continue
            done.add((before, piece))
            spent = [took(before, piece, length) for length in LENGTHS[:2]]
            if spent[1] < TELLING or spent[1] < SUSPECT * spent[0]:
                continue
            spent += [took(before, piece, length) for length in LENGTHS[2:]]
            exponent = slope([math.log(length) for length in LENGTHS[1:]], [math.log(one) for one in spent[1:]])
            if exponent > MOST:
                grown += 1
                each = round(spent[-1] / LENGTHS[-1] * 1e6, 1)
                line = {
                    "expression": pattern.pattern[:200],
                    "once": before,
                    "again": piece,
                    "exponent": round(exponent, 2),
                    "microseconds": each,
                }
                sys.stdout.write(json.dumps(line) + "\n")
                sys.stdout.flush()
    sys.stdout.write(json.dumps({"expressions": len(patterns), "texts": len(done), "grew faster": grown}) + "\n")
    return bool(grown)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "1"))
