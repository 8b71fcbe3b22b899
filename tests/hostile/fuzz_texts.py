"""Texts for fuzzing, each from a source of chance alone: the lexicon's own words, the annotated articles cut up, and signs of all sorts."""

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

import corewatch

LEXICON = Path(corewatch.__file__).parent / "lexicon"
ARTICLES = Path(__file__).parents[1] / "accuracy" / "gold" / "dev"
AMOUNTS = [
    "$5 billion", "€2.4bn", "US$ 350m", "up to $40", "between $38 and $40", "from 3% to 5%", "12 percent", "-3", "250,000 GPUs", "1.3 GW",
    "a five-year", "eightfold", "half a billion dollars", "a dozen", "1,2,3", "1e999", "$", "%", "9" * 40, "½", "²", "٣", "0", "$0", "10x",
    "in 2024", "March 28, 2025", "the third quarter of fiscal 2026", "on Monday", "by 2031", "FY26", "2024-13-45", "through 9999", "a year",
    "$38-$40", "1/2", "3 1/2", "$1.2.3", "1.000.000,00", "€", "basis points", "the 1990s", "2,024", "$-5", "($863 million)", "5-10-15",
]  # fmt: skip
SIGNS = [
    "“", "”", '"', "‘", "’", "'", "'s", "(", ")", "[", "]", ",", ", ", ". ", ".", ";", ":", "—", "-", "\n", "\n\n", "\r\n", "\n- ", "\n1. ",
    "\t", "\u00a0", "\u2028", "\u2029", "\x85", "\x1c", "\u200b", "\ufeff", "\u202e", "e\u0301", "ﬁ", "ß", "İ", "ǅ", "𝟓", "🙂", "# ",
    "* ", "|", "@", "Q: ", "A: ", "www.x.com/", "https://x.example/a?b=c", "...", "…", "?", "!", "&amp;", "+", "<b>", "=1+1", "\x1b[2J",
    "\ud83d\ude00", "́", "\u0345", "ŉ", "ΐ", "Σ", "ς", "ﷺ", "㎡", "①", "Ⅻ", "\r", "\x0b", "\x0c",
]  # fmt: skip


def chance_of(seed: str) -> Random:
    """The source of chance of a seed; the same seed, the same files."""
    return Random(seed)  # noqa: S311  # nothing is kept secret


@cache
def words() -> tuple[tuple[str, ...], ...]:
    """The words of each file of the lexicon, patterns included."""
    found = []
    for path in sorted(LEXICON.iterdir()):
        if path.suffix == ".toml":
            found.append(tuple(texts_in(tomllib.loads(path.read_text(encoding="utf-8")))))
        elif path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                found.append(tuple(part for row in csv.reader(file) for cell in row for part in cell.split("; ") if part))
        elif path.suffix == ".txt":
            found.append(tuple(path.read_text(encoding="utf-8").split("\n")))
    return tuple(found)


def texts_in(value: object) -> Iterator[str]:
    """Every text in a table of TOML, keys as well."""
    if isinstance(value, str):
        yield value
        yield from value.split("\n") if "\n" in value else ()
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


@cache
def articles() -> tuple[str, ...]:
    """The annotated articles."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted(ARTICLES.rglob("*.txt")))


def fragment(chance: Random) -> str:
    """A few signs: a word of the lexicon, an amount, a mark, any characters."""
    drawn = chance.random()
    if drawn < 0.6:
        return chance.choice(chance.choice(words()))
    if drawn < 0.75:
        return chance.choice(AMOUNTS)
    if drawn < 0.97:
        return chance.choice(SIGNS)
    if drawn < 0.971:
        # Seldom: most readers refuse a text with a zero byte at sight.
        return "\x00"
    return "".join(
        chr(chance.choice((chance.randrange(0xD800), chance.randrange(0xE000, 0x110000)))) for _ in range(chance.randrange(1, 8))
    )


def of_words(chance: Random) -> str:
    """Words of the lexicon in no order that means anything, most often of a few of its files."""
    few = [chance.choice(words()) for _ in range(chance.randrange(1, 5))]
    parts = [chance.choice(chance.choice(few)) if chance.random() < 0.5 else fragment(chance) for _ in range(chance.randrange(1, 120))]
    return chance.choice((" ", " ", " ", "", ", ", "\n")).join(parts)


def of_articles(chance: Random) -> str:
    """An article with sentences of others, words exchanged, doubled and lost."""
    sentences = [part for _ in range(chance.randrange(1, 3)) for part in chance.choice(articles()).split(". ")]
    first = chance.randrange(len(sentences))
    sentences = sentences[first : first + chance.randrange(1, 12)]
    for _ in range(chance.randrange(8)):
        at = chance.randrange(len(sentences))
        tokens = sentences[at].split(" ")
        place = chance.randrange(len(tokens))
        action = chance.randrange(5)
        if action == 0:
            tokens[place] = fragment(chance)
        elif action == 1:
            tokens[place:place] = [fragment(chance)]
        elif action == 2:
            tokens[place : place + chance.randrange(1, 4)] = []
        elif action == 3:
            tokens[place:place] = tokens[chance.randrange(len(tokens)) :]
        else:
            chance.shuffle(sentences)
            continue
        sentences[at] = " ".join(tokens)
    return chance.choice((". ", ". ", ". ", ".", " ", "\n\n")).join(sentences)


def of_one_thing(chance: Random) -> str:
    """A few fragments again and again, which is what makes a reader slow."""
    piece = chance.choice((" ", " ", "")).join(fragment(chance)[:60] for _ in range(chance.randrange(1, 6)))
    most = max(1, 6_000 // max(len(piece), 1))
    return f"{fragment(chance)} {(piece + chance.choice((' ', '', ', '))) * chance.randrange(1, most + 1)}{fragment(chance)}"


def text(chance: Random) -> str:
    """A text of up to some thousand characters; now and then nothing but chance."""
    drawn = chance.random()
    if drawn < 0.4:
        return of_words(chance)
    if drawn < 0.75:
        return of_articles(chance)
    if drawn < 0.95:
        return of_one_thing(chance)
    return "".join(chr(chance.choice((chance.randrange(128), chance.randrange(0x2100)))) for _ in range(chance.randrange(400)))
