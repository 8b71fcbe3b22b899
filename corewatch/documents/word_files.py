"""A Word document (.docx) to its text: paragraphs with a blank line between them, tables as lines of cells between bars.

In: the bytes of the file, which is a zip of XML. Out: a draft; its title is the one in the file's properties if the text has it too. Text
that was deleted or moved away with changes tracked, hidden text, instructions of fields, headers and footers are left out.

Read in the worker process: no more comes out of the zip than a document may have, and XML that declares entities is not read.
"""

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as Tree

from corewatch.documents.archives import DAMAGED, read_all
from corewatch.documents.limits import Limits
from corewatch.documents.pieces import Draft, RejectedError, cell, cleaned, said

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The same elements as Word calls them in a file of the strict form of its standard.
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
# The same drawing once more, for programs that do not know the first form.
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
# What old Word files, and new ones with a password, begin with.
COMPOUND = b"\xd0\xcf\x11\xe0"
# Of a run, what hides it; and the values by which a switch is off.
VANISH, OFF = f"{WORD}rPr/{WORD}vanish", ("0", "false", "off")
# Where a paragraph that was moved stood before.
LEFT_OUT = (FALLBACK, f"{WORD}moveFrom")
BREAKS = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}


def read_docx(content: bytes, limits: Limits) -> Draft:
    """The text of a document; raises `RejectedError`: `encrypted`, `unreadable`, `too_large` or `no_text`."""
    if content.startswith(COMPOUND):
        raise RejectedError("encrypted", "it has a password, or is of an older Word; open it and save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            body = part(archive, "word/document.xml", limits)
            properties = part(archive, "docProps/core.xml", limits) if "docProps/core.xml" in archive.namelist() else None
    except (*DAMAGED, SyntaxError) as error:
        raise RejectedError("unreadable", f"no Word document that can be read ({said(error)}); save it again") from error
    blocks = [block for block in (cleaned(one).strip() for one in blocks_of(usual(body))) if block]
    if not blocks:
        raise RejectedError("no_text", "it has no text; copy the article into a .txt file")
    text = "\n\n".join(blocks)
    title = cell(properties.findtext(f".//{TITLE}")) if properties is not None else None
    return Draft(text, "utf-8", title if title and title in text[:2000] else None)


def part(archive: zipfile.ZipFile, name: str, limits: Limits) -> Tree.Element:
    """A part as a tree; raises `ValueError` for one with declarations, which Word never writes and bombs are made of."""
    with archive.open(name) as stream:
        content = read_all(stream, limits)
    # UTF-16 needs no mark to be understood, and in it the sign of a declaration has a zero byte inside.
    if b"<!" in content.replace(b"<!--", b"") or b"\0" in content:
        raise ValueError("it declares entities or is in an encoding that Word does not write")
    return Tree.fromstring(content)  # noqa: S314  # without declarations there is nothing that could expand


def usual(body: Tree.Element) -> Tree.Element:
    """A tree whose elements are called as Word usually calls them."""
    if body.tag.startswith(STRICT):
        for element in body.iter():
            if isinstance(element.tag, str) and element.tag.startswith(STRICT):
                element.tag = WORD + element.tag.removeprefix(STRICT)
    return body


def blocks_of(body: Tree.Element) -> Iterator[str]:
    """The paragraphs and tables of a document in order; what is in a paragraph or a table belongs to it."""
    waiting = [body]
    while waiting:
        element = waiting.pop()
        if element.tag == f"{WORD}p":
            yield words_of(element)
        elif element.tag == f"{WORD}tbl":
            rows = ([" ".join(words_of(one).split()) for one in row.findall(f"{WORD}tc")] for row in element.findall(f"{WORD}tr"))
            yield "\n".join(f"| {' | '.join(row)} |" for row in rows)
        else:
            waiting += reversed(element)


def words_of(element: Tree.Element) -> str:
    """The words below an element, those of paragraphs in it apart."""
    words: list[str] = []
    waiting = list(reversed(element))
    while waiting:
        one = waiting.pop()
        if one.tag == f"{WORD}t":
            words.append(one.text or "")
        elif one.tag in BREAKS:
            words.append(BREAKS[one.tag])
        elif one.tag not in LEFT_OUT and not is_hidden(one):
            words.append("\n" if one.tag == f"{WORD}p" and words else "")
            waiting += reversed(one)
    return "".join(words)


def is_hidden(element: Tree.Element) -> bool:
    """Whether an element is a run whose text Word does not show."""
    vanish = element.find(VANISH) if element.tag == f"{WORD}r" else None
    return vanish is not None and next((value for name, value in vanish.items() if name.endswith("}val")), "1") not in OFF
