"""Texts as cells that no spreadsheet takes for a formula, and the same texts again.

In: a text as it stands in a table. Out: what is written into a CSV file or a worksheet for it.

Excel and LibreOffice calculate a cell that begins with = + - or @ (a Japanese Excel also with their wide forms), and some programs take
blanks, tabs and line ends before them away first. Such a text gets an apostrophe before it, which both take for the mark of a text. A text
that has apostrophes before such a sign already gets one more, so that `original` gives every text back exactly.
"""

import re

FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r])")


def harmless(text: str) -> str:
    """The text as a cell: `harmless("=1+1")` is `"'=1+1"`, `harmless("up 5%")` is itself."""
    return f"'{text}" if FORMULA.match(text) else text


def original(cell: str) -> str:
    """The text of a cell that `harmless` made; a cell that it left alone is itself."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell, 1) else cell
