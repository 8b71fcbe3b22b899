"""Texts that nobody would print, of any length: what makes a reader's work grow faster than its text.

Each is a piece repeated until the text is long enough; where a piece has no line break, the whole text is one line and one sentence.
"""

from collections.abc import Iterator
from itertools import count, islice
from string import ascii_lowercase, ascii_uppercase

REPEATED = {
    "scales without numbers": "billion million $ 5 ",
    "amounts in a row": "$5 billion ",
    "numbers": "17 ",
    "a row of numbers": "7 8 9 ",
    "numbers in figures and words": "7 eight ",
    "digits without a gap": "1234567890",
    "percentages": "5% ",
    "durations": "five years ",
    "capitals": "A",
    "capital letters": "A B ",
    "words in capitals": "ABCD EFG ",
    "names joined": "Quartz Lode and ",
    "names in a row": "Quartzmere ",
    "known names joined": "Nvidia and ",
    "known names in a list": "Nvidia, Oracle, CoreWeave, ",
    "a list with semicolons": "Nvidia; Oracle; Lambda; ",
    "letters with semicolons": "A; B; C; ",
    "companies with suffixes": "Quartzmere Inc. ",
    "who paid": "who paid ",
    "payers in a row": "Nvidia paid Oracle $5 billion ",
    "relative clauses": "Nvidia, which owns Oracle, which leases from Lambda, ",
    "pronouns": "it ",
    "pronouns at work": "it said they bought it from them ",
    "stand-ins": "the company ",
    "prepositions": "of the ",
    "possessives": "Nvidia's ",
    "opening marks": "“",
    "straight marks": '" ',
    "quotations": "“we buy,” he said, ",
    "speakers": "said Orla Brandt, ",
    "people in a row": "Orla Brandt ",
    "opening brackets": "(",
    "nested brackets": "(a (b ",
    "brackets": "(a) ",
    "square brackets": "[a] ",
    "commas": ",",
    "commas apart": ", ",
    "hyphens": "a-",
    "dashes": "– ",
    "full stops": ". ",
    "stops without a gap": "a.",
    "signs of an address": "@",
    "addresses of people": "a@a.",
    "one word": "a",
    "small words": "a b ",
    "white space": " ",
    "line breaks": "\n",
    "bullets": "- a\n",
    "years": "2024 ",
    "months": "March 10, 2024, ",
    "quarters": "in the third quarter ",
    "revenue": "revenue of $5 billion ",
    "shares": "shares fell 5% ",
    "respectively": "revenue rose 5%, 6%, respectively, ",
    "stakes": "Nvidia owns 5% of Oracle, ",
    "ties": "Nvidia is a customer of Oracle and ",
    "a long line of news": "Oracle rents servers from Nvidia for $5 billion a year and it said the chipmaker would lend it $2 million, ",
    "sentences of deals": "Oracle agreed to pay Nvidia $5 billion. It said so on Monday. ",
    "paragraphs of deals": "Oracle agreed to pay Nvidia $5 billion.\nIts shares rose 5%, said Orla Brandt of Wexcombe Securities.\n",
    "sentences of pronouns": "It bought it. They sold them. ",
    "headlines": "Quartzmere Buys Lodestone\n",
    "addresses": "www.a.com/",
    "currencies": "$ € £ ",
    "apostrophes": "'s ",
    "ampersands": "A & ",
    "letters of other alphabets": "Ж語ש ",
    "dotted capital i": "İ",
}
# Measured by the benchmark alone: each takes the tests a second.
MORE = {
    "ranges in ranges": "between $5 and $6 to $7 billion ",
    "bounds": "up to more than nearly ",
    "fractions": "1/2 ",
    "numbers in words": "hundred and twenty thousand ",
    "decimal points": "1.2.3.",
    "units joined": "GPU-hour-",
    "dates without years": "March 10 to March 11 and ",
    "fiscal periods": "the first half of fiscal ",
    "titles of people": "chief executive officer and president ",
    "degrees of people": "Dr. Orla Brandt, CEO of Lambda, ",
    "nested marks": "“he said ‘she said “",
    "marks that turn": "’“”‘",
    "letters to the editor": "Dear Sir, ",
    "interviews": "Q: Who? A: Me.\n",
    "denials": "denied that it denied that ",
    "conjunctions": "and or but and ",
    "lists of deals": "a $5 billion loan, a $6 billion lease, ",
    "spokesmen": "a spokesperson for Nvidia declined to comment. ",
    "headings": "# A\n\n",
    "tables of cells": "| $5 | 6% |\n",
    "combining accents": "e\u0301",
    "signs of two halves": "𝟓🙂 ",
    "blanks of all sorts": "\u00a0\u2003\t",
}


def growing_text(name: str, length: int) -> str:
    """The text of that name in whole pieces, up to a length."""
    if name == "new names":
        return " and ".join(islice(_new_names(), length // 10))
    piece = REPEATED.get(name) or MORE[name]
    return piece * (length // len(piece))


def _new_names() -> Iterator[str]:
    """Names that all differ: Aaane, Baane, Caane, and so on."""
    for number in count():
        first, second, third = number % 26, number // 26 % 26, number // 676 % 26
        yield f"{ascii_uppercase[first]}{ascii_lowercase[second]}{ascii_lowercase[third]}ne"


NAMES = [*REPEATED, "new names"]
ALL = [*NAMES, *MORE]
