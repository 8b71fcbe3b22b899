"""Whether two cells name the same parties, though one document writes a company's name shorter or leaves out a joint party."""

from functools import cache

from corewatch.lexicon.companies import company_words, registry


def nested(one: str | None, other: str | None) -> bool:
    """Whether all companies of one cell are among those of the other: `Blackstone` and `Blackstone; Magnetar`."""
    if one is None or other is None:
        return one is other
    a, b = one.split("; "), other.split("; ")
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    return all(any(same_company(name, whole) for whole in many) for name in few)


@cache
def same_company(one: str, other: str) -> bool:
    """Whether one name is the other or its short form: `Tamsel` and `Tamsel Computing`, not `Core` and `Core Scientific`."""
    if one == other:
        return True
    short, long = sorted((one.split(), other.split()), key=len)
    if short != long[: len(short)]:
        return False
    known = registry().roles
    if " ".join(long) in known:
        return False
    rest_is_generic = all(word in company_words().tails or word in company_words().suffixes for word in long[len(short) :])
    return rest_is_generic or " ".join(short) not in known


@cache
def first_word(name: str | None) -> str | None:
    """What the short and the long form of a name have in common."""
    return None if name is None else name.split()[0]
