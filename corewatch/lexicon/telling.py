"""What deals, measures and their parts are called, and how a deal is told in a sentence: `telling.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

# Parties that are not named and are one: their sentence is in the singular.
ONE = ("a ", "an ", "no ")


@cache
def telling() -> Mapping[str, Any]:
    """The words by their tables: `kinds`, `statuses`, `metrics`, `fields`, `acts`, `states`."""
    return tomllib.loads(files("corewatch.lexicon").joinpath("telling.toml").read_text(encoding="utf-8"))


def party_words(kind: str, side: str, names: str | None) -> str:
    """A party in words: `A and B` of `A; B`, of four or more the first three, and what it is where none is named."""
    parts = names.split("; ") if names else [str(telling()["kinds"][kind][side])]
    if len(parts) > 4:
        parts = [*parts[:3], f"{len(parts) - 3} others"]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def sentence(kind: str, status: str, payer: str | None, payee: str | None, *, amount: bool) -> str:
    """The sentence of a deal with `{payer}`, `{payee}` and `{amount}` to be filled: `{payer} is to pay {payee} {amount} for computing`."""
    act = telling()["acts"][kind]
    side = act.get("subject", "payer")
    subject = {"payer": payer, "payee": payee}[side]
    unnamed = str(telling()["kinds"][kind][side])
    many = "; " in subject if subject else not unnamed.startswith(ONE)
    verb = act["past"] if status == "closed" else f"{telling()['states'][status][many]} {act['verb']}"
    rest = act["act"] if amount else act["silent"]
    if kind == "capex" and many:
        rest = rest.replace("its own", "their own")
    if kind == "ipo" and payer:
        rest += " from {payer}"
    return f"{{{side}}} {verb} {rest}" + ("" if amount else "; no amount is stated")
