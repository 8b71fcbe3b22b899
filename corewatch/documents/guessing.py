"""Which encoding the bytes of an English text are in, from the few signs of it that are not ASCII.

In: bytes that are no UTF-8. Out: the name of an encoding, or none. In the right encoding quotation marks, dashes and accents stand where
English has them, and names in another script are of one script each; in a wrong one they are not (`It“s`, `canÕt`, `Роｳ`). Detectors
that count letters take such text for Polish or Baltic, because one byte in a thousand is all that they have: of 93 articles in
Windows-1252 charset-normalizer alone read 77 right, and of 93 in Mac Roman 3.
"""

import re
import unicodedata
from collections.abc import Callable

# Single-byte encodings in which English text is met, and those of its neighbours and their names. The first of equals is taken.
WESTERN = ("cp1252", "mac_roman", "cp850", "iso8859-15")
OLD = ("mac_roman", "cp850")
NEIGHBOURS = ("cp1250", "iso8859-2", "cp1254", "cp1257", "cp1251", "koi8_r", "iso8859-5", "cp1253", "iso8859-7")
# Double-byte encodings, and which first bytes their common signs have (with a second byte from 0xA1 where they say so); a Chinese text has
# first bytes that Korean has not, so that Korean is tried first.
EASTERN: dict[str, Callable[[bytes], bool]] = {
    "cp949": lambda pair: 0xB0 <= pair[0] <= 0xC8 and pair[1] >= 0xA1,
    "gb18030": lambda pair: 0xB0 <= pair[0] <= 0xD7 and pair[1] >= 0xA1,
    "euc_jp": lambda pair: pair[0] in (0xA4, 0xA5) or (0xB0 <= pair[0] <= 0xCF and pair[1] >= 0xA1),
    "cp932": lambda pair: pair[0] in (0x82, 0x83) or 0x88 <= pair[0] <= 0x97,
    "big5": lambda pair: 0xA4 <= pair[0] <= 0xC6,
}
# Signs that stand in English news beside its letters.
SIGNS = frozenset("“”‘’–—―…•·®™«»½¼¾×±\xa0\xad©‹›→")
CURRENCIES = frozenset("€£¥₹")
SMALL = frozenset("¹²³ªº")
# The share of signs and letters outside ASCII that have to be in place.
PLAUSIBLE = 0.9
# English with more of them than this is another language, or another script.
MOST_ACCENTS = 0.15
# What is looked at around a sign; a run of more accents than two is a word of another script, and Polish has one of three.
AROUND, LONGEST_RUN = 3, 3
# More than this says nothing new.
MOST_BYTES, MOST_PLACES = 1_000_000, 2000


def guessed(content: bytes) -> str | None:
    """The encoding in which the bytes read like English; null where they do in none."""
    places = [found.start() for found in re.finditer(rb"[\x80-\xff]", content[:MOST_BYTES])]
    if len(places) > MOST_ACCENTS * min(len(content), MOST_BYTES):
        return None
    west = of_one_byte(content, places, WESTERN)
    east = of_two_bytes(content)
    # Of two bytes each, so that it is hardly by chance; the encodings of old systems are met less often.
    best = east if east[0] > west[0] or (east[0] == west[0] and west[1] in OLD) else west
    return best[1] or of_one_byte(content, places, NEIGHBOURS)[1]


def of_one_byte(content: bytes, places: list[int], encodings: tuple[str, ...]) -> tuple[float, str | None]:
    """The share in place and the name of the best of single-byte encodings, if it is plausible."""
    places = places[:MOST_PLACES]
    best: float = PLAUSIBLE
    name = None
    for encoding in encodings:
        try:
            texts = [content[max(place - AROUND, 0) : place + AROUND + 1].decode(encoding) for place in places]
        except UnicodeDecodeError:
            continue
        share = sum(in_place(text, min(place, AROUND)) for text, place in zip(texts, places, strict=True)) / max(len(places), 1)
        if share > best:
            best, name = share, encoding
    return best, name


def of_two_bytes(content: bytes) -> tuple[float, str | None]:
    """The share in place and the name of the best of double-byte encodings, if it is plausible."""
    best: float = PLAUSIBLE
    name = None
    for encoding, common in EASTERN.items():
        try:
            text = content[:MOST_BYTES].decode(encoding, "strict" if len(content) <= MOST_BYTES else "ignore")
        except UnicodeDecodeError:
            continue
        signs = [found.start() for found in re.finditer(r"[^\x00-\x7f]", text)][:MOST_PLACES]
        fit = sum(in_place(text, at) or (apart(text, at) and common(text[at].encode(encoding).ljust(2, b"\0"))) for at in signs)
        share = fit / max(len(signs), 1)
        if encoding == "cp949" and not any("\uac00" <= text[at] <= "\ud7a3" for at in signs):
            # Its quotation marks are those of Chinese.
            continue
        if share > best:
            best, name = share, encoding
    return best, name


def apart(text: str, at: int) -> bool:
    """Whether a sign of another script does not touch a Latin letter, as the wrong reading of `It’s` does."""
    return not any(one.isascii() and one.isalpha() for one in (text[at - 1 : at] if at else "", text[at + 1 : at + 2]))


def in_place(text: str, at: int) -> bool:
    """Whether the sign at an offset is one that English has there: `in_place("can’t", 3)`."""
    sign, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if sign in "“‘":
        return not before.isalnum()
    if sign == "”":
        return not after.isalpha()
    if sign in SIGNS:
        return True
    if sign in CURRENCIES:
        return not after.isalpha()
    if sign == "°":
        return not before.isalpha() and after.isascii()
    if sign in SMALL:
        return not after.isalnum()
    if not sign.isalpha():
        return False
    script = script_of(sign)
    if script is None or any(one.isalpha() and script_of(one) != script for one in (before, after)):
        return False
    if script == "LATIN":
        # No further than says something: all of a long text, at each of its accents, would be the square of it.
        left, right = text[max(at - LONGEST_RUN, 0) : at], text[at + 1 : at + 1 + LONGEST_RUN]
        run = re.search(r"[^\x00-\x7f\W\d_]*$", left), re.match(r"[^\x00-\x7f\W\d_]*", right)
        if sum(len(part[0]) for part in run if part) >= LONGEST_RUN:
            return False
    # A capital inside a word is a wrong guess, and so is a word of accents alone.
    alone = script == "LATIN" and not before.isalpha() and not after.isalpha()
    return not alone and not (sign.isupper() and before.islower()) and not (sign.islower() and before.isupper() and after.isupper())


def script_of(sign: str) -> str | None:
    """The script of a letter that a European name may have; null for others, and for letters that only old spellings have."""
    script = unicodedata.name(sign, "").split(" ", 1)[0]
    if script == "LATIN":
        return script if unicodedata.normalize("NFD", sign)[0].isascii() or sign in "ßøæåØÆŁłıđĐœŒþðÞ" else None
    return script if script in ("CYRILLIC", "GREEK") else None
