"""Bytes to text, in whatever encoding they are, and the name of the encoding.

In: the bytes of a text, with what a page declares of its encoding. Out: the text unchanged but for a byte order mark.

A byte order mark says the encoding, then UTF-8 is tried, which other text hardly ever passes by chance. The rest is told by `guessing`
where it reads like English, and by charset-normalizer where it does not.
"""

import codecs
import re

from corewatch.documents.guessing import guessed
from corewatch.documents.pieces import RejectedError

# Longest first: the mark of UTF-32 begins like that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
# The share of control signs from which bytes are no text.
CONTROL = 0.002
# More than this says nothing new of the encoding.
SAMPLE = 50_000
# How the names of the encodings of eastern Asia begin, which have two bytes for a sign; UTF-8 has three for most, and for “ and ’.
TWO_BYTES = ("big5", "gb", "euc_", "shift_jis", "iso2022", "cp932", "cp949", "cp950")
THREE_BYTES = re.compile(b"[\xe0-\xf4][\x80-\xbf]{2}")
# A zero-width sign is no text, though it is no white space either.
SOMETHING = re.compile("[^\\s\ufeff\u200b\u200c\u200d\u2060]")


def decode(content: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text and the encoding of bytes; `declared` is what a page or mail says of itself, believed where it is possible.

    Raises `RejectedError`: `empty`, `binary` or `encoding`.
    """
    text, encoding = decode_any(content, declared)
    if not SOMETHING.search(text):
        raise RejectedError("empty", "the file has no text; fetch the article again or remove the file")
    return text, encoding


def decode_any(content: bytes, declared: str | None) -> tuple[str, str]:
    """As `decode`, an empty text included."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return strict(content.removeprefix(mark), encoding), encoding
    if b"\0" in content:
        return strict(content, wide(content)), wide(content)
    if declared and (known := known_encoding(declared)) and not contradicted(content, known):
        try:
            return content.decode(known), known
        except (UnicodeDecodeError, LookupError):
            pass
    if b"\x1b$" in content:
        # Seven-bit Japanese, which any encoding could decode.
        try:
            return content.decode("iso2022_jp"), "iso2022_jp"
        except UnicodeDecodeError:
            pass
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in content[:SAMPLE]) > CONTROL * min(len(content), SAMPLE):
        raise binary()
    encoding = guessed(content) or detected(content)
    return strict(content, encoding), encoding


def contradicted(content: bytes, known: str) -> bool:
    """Whether bytes are not of the encoding that is declared, though it could decode them.

    Without a zero byte English is not of two or four bytes a sign: browsers save a page as UTF-8 and leave what it says of itself as it
    was. And signs beyond ASCII that are UTF-8 to the last are not of one byte each: `€5` would become `â‚¬5`. Two of two bytes each may be
    UTF-8 by chance, but not with a sign of three bytes or four among them: `’s` would become `鈥檚`.
    """
    if known.startswith(("utf-16", "utf-32")):
        return True
    if content.isascii() or (known.startswith(TWO_BYTES) and not THREE_BYTES.search(content)):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def strict(content: bytes, encoding: str) -> str:
    """The text of bytes that have to be of one encoding."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise RejectedError("encoding", f"byte {error.start} is not {encoding}, as the rest is; save the file as UTF-8") from error


def binary() -> RejectedError:
    """The rejection of bytes that are no text."""
    return RejectedError("binary", "the file holds bytes that are no text; save the article's text as UTF-8")


def wide(content: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: of Latin text every other byte is zero, or three of four; raises `RejectedError` for other bytes."""
    sample = content[:SAMPLE]
    zeros = [sample[at::4].count(0) for at in range(4)]
    some = len(sample) // 4
    if some and len(content) % 4 == 0:
        # The last plane but one ends at 0x10FFFF, so that one byte of four is always zero, and of nearly all signs two.
        if zeros[3] == zeros[2] == some and zeros[1] > 0.6 * some and not zeros[0]:
            return "utf-32-le"
        if zeros[0] == zeros[1] == some and zeros[2] > 0.6 * some and not zeros[3]:
            return "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    half = len(sample) // 2
    if len(content) % 2 == 0 and half:
        if odd > 0.6 * half and not even:
            return "utf-16-le"
        if even > 0.6 * half and not odd:
            return "utf-16-be"
    raise binary()


def known_encoding(declared: str) -> str | None:
    """The codec of a declared encoding, as browsers take it: Latin-1 is Windows-1252; null for a codec of anything but text."""
    try:
        name = codecs.lookup(declared.strip("\"' \t")).name
    except (LookupError, ValueError):
        return None
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    # Others, such as zlib, unpack or run; UTF-7 hides markup from whoever looks at the bytes.
    return (
        name
        if re.fullmatch(r"(utf-8|utf-16.*|cp\d+|iso8859-\d+|koi8-[ru]|mac-.*|big5.*|gb.*|euc_.*|shift_jis.*|iso2022_.*)", name)
        else None
    )


def detected(content: bytes) -> str:
    """The encoding that charset-normalizer finds; raises `RejectedError` where it finds none."""
    from charset_normalizer import from_bytes

    best = from_bytes(content[:SAMPLE], cp_exclusion=["utf_7"]).best()
    if best is None or best.encoding == "ascii":
        byte = next(place for place, value in enumerate(content) if value > 127)
        raise RejectedError("encoding", f"byte {byte} is of no encoding that could be told; save the file as UTF-8")
    return best.encoding
