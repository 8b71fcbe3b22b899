"""What is known of companies before any text is read: the registry of names, and the words by which a text gives a company away.

From `companies.csv` (canonical name, aliases, segments, roles), `company_words.toml`, `places.txt`, `first_names.txt` and
`ordinary_words.txt`. A name that stands for two companies is a `LexiconError`, so that a new row cannot merge two firms unseen.
"""

import csv
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

from corewatch.errors import LexiconError

FOLDER = files("corewatch.lexicon")
# Brands whose names are written without a capital in loose texts; the lower-case form of others would be a common word too often.
LOWER_CASE_ROLES = frozenset({"lab", "hyperscaler", "neocloud", "chipmaker"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What one written form stands for.

    `plain` says that the form is also an ordinary word, a place or a given name; `as_written` that a document's own longest form is
    the name (column `form` is `text`), because nobody has settled on one.
    """

    name: str
    segment: str | None
    roles: frozenset[str]
    plain: bool
    as_written: bool


@dataclass(frozen=True, slots=True)
class Registry:
    """All written forms of the companies that are known, and the automaton that finds them in one pass."""

    forms: tuple[str, ...]
    entries: tuple[Entry, ...]
    automaton: AhoCorasick
    by_form: dict[str, Entry]
    roles: dict[str, frozenset[str]]
    homes: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class CompanyWords:
    """Sets of words, all in lower case but for `suffixes`, `tails` and `places`, which have the case of names."""

    suffixes: frozenset[str]
    kept_suffixes: frozenset[str]
    dropped_suffixes: frozenset[str]
    tails: dict[str, frozenset[str]]
    implied: dict[str, str]
    descriptions: dict[str, frozenset[str]]
    longest_description: int
    description_ends: frozenset[str]
    openers: frozenset[str]
    heads_of: frozenset[str]
    calendar: frozenset[str]
    nationalities: frozenset[str]
    things: frozenset[str]
    titles: frozenset[str]
    subject_verbs: frozenset[str]
    company_nouns: frozenset[str]
    object_verbs: frozenset[str]
    person_verbs: frozenset[str]
    person_descriptions: frozenset[str]
    surnames: frozenset[str]
    holding_nouns: frozenset[str]
    owned_nouns: frozenset[str]
    naming: frozenset[str]
    renaming: tuple[str, ...]
    dealing: frozenset[str]
    placed_links: tuple[str, ...]
    adverbs: frozenset[str]
    no_firms: frozenset[str]
    regions: frozenset[str]
    site_nouns: frozenset[str]
    agent_verbs: frozenset[str]
    posts: frozenset[str]
    place_preps: frozenset[str]
    strong_links: frozenset[str]
    no_stand_ins: frozenset[str]
    makers: frozenset[str]
    singling: frozenset[str]
    tie_nouns: frozenset[str]
    parts: dict[str, frozenset[str]]
    nicknames: dict[str, str]
    funding_verbs: frozenset[str]
    first_person_verbs: frozenset[str]
    prepositions: frozenset[str]
    clause_openers: frozenset[str]
    after_object: frozenset[str]
    auxiliaries: frozenset[str]
    role_groups: dict[str, frozenset[str]]
    places: frozenset[str]
    first_names: frozenset[str]
    ordinary: frozenset[str]
    currencies: frozenset[str]

    def widen(self, roles: Iterable[str]) -> frozenset[str]:
        """The roles and what they imply: a `hedge_fund` is a `fund`."""
        given = frozenset(roles)
        return given | {self.implied[role] for role in given if role in self.implied}


def read_list(name: str) -> list[str]:
    """The lines of a text file of the lexicon without comments and empty lines."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


@lru_cache(maxsize=1)
def registry() -> Registry:
    """The registry, read once. Raises `LexiconError` where one form is given to two companies."""
    words = company_words()
    by_form: dict[str, Entry] = {}
    roles_of: dict[str, frozenset[str]] = {}
    homes: dict[str, frozenset[str]] = {}
    lines = (FOLDER / "companies.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines):
        name, roles = row["name"], words.widen(_several(row["roles"]))
        if name in roles_of:
            raise LexiconError(f"companies.csv: {name} has two rows; join them")
        roles_of[name] = roles
        homes[name] = frozenset(_several(row["home"]))
        forms: list[tuple[str, str | None]] = [(form, None) for form in [name, *_several(row["aliases"])]]
        forms += [(form, form) for form in _several(row["segments"])]
        for form, segment in forms:
            plain = form.capitalize() == form and (form.lower() in words.ordinary or form in words.places or form in words.first_names)
            entry = Entry(name, segment, roles, plain, row["form"] == "text")
            _add(by_form, form, entry)
            if len(form) >= 3 and form.upper() != form and not plain:
                by_form.setdefault(form.upper(), entry)
            if roles & LOWER_CASE_ROLES and form.isalpha() and len(form) >= 5 and not plain:
                by_form.setdefault(form.lower(), entry)
    forms_in_order = tuple(sorted(by_form))
    automaton = AhoCorasick(list(forms_in_order), matchkind=MatchKind.LeftmostLongest)
    return Registry(forms_in_order, tuple(by_form[form] for form in forms_in_order), automaton, by_form, roles_of, homes)


def _add(by_form: dict[str, Entry], form: str, entry: Entry) -> None:
    held = by_form.get(form)
    if held is not None and held.name != entry.name:
        raise LexiconError(f"companies.csv: {form!r} is given to {held.name} and to {entry.name}; leave it to one of them")
    by_form.setdefault(form, entry)


def _currency_codes() -> frozenset[str]:
    """The codes and abbreviations of currencies ("CZK", "SFr"), which stand before sums and are nobody's names."""
    rows = csv.DictReader((FOLDER / "currencies.csv").read_text(encoding="utf-8").splitlines())
    return frozenset(form for row in rows for form in (row["form"], row["currency"]) if form.isalpha() and not form.islower())


@lru_cache(maxsize=1)
def company_words() -> CompanyWords:
    """The words of `company_words.toml` and the lists beside it, read once."""
    data = tomllib.loads((FOLDER / "company_words.toml").read_text(encoding="utf-8"))
    words = {key: frozenset(value) for key, value in data["words"].items()}
    tails: dict[str, set[str]] = {}
    for role, names in data["tails"].items():
        for name in names:
            tails.setdefault(name, set()).add(role)
    descriptions: dict[str, set[str]] = {}
    for role, nouns in data["descriptions"].items():
        for noun in nouns:
            descriptions.setdefault(noun, set()).add(role)
    return CompanyWords(
        suffixes=frozenset(data["suffixes"]),
        kept_suffixes=frozenset(data["kept_suffixes"]),
        dropped_suffixes=frozenset(data["suffixes"]) - frozenset(data["kept_suffixes"]),
        implied=data["implied"],
        tails={name: frozenset(roles) for name, roles in tails.items()},
        descriptions={noun: frozenset(roles) for noun, roles in descriptions.items()},
        longest_description=max(len(noun.split()) for noun in descriptions),
        description_ends=frozenset(noun.split(" ")[-1] for noun in descriptions),
        openers=words["openers"],
        heads_of=words["heads_of"],
        calendar=words["months"] | words["weekdays"],
        nationalities=words["nationalities"],
        things=words["things"],
        titles=words["titles"],
        subject_verbs=words["subject_verbs"],
        company_nouns=words["company_nouns"],
        object_verbs=words["object_verbs"],
        person_verbs=words["person_verbs"],
        person_descriptions=words["person_descriptions"],
        surnames=words["surnames"],
        holding_nouns=words["holding_nouns"],
        owned_nouns=words["owned_nouns"],
        naming=words["naming"],
        renaming=tuple(sorted(words["renaming"])),
        dealing=words["dealing"],
        placed_links=tuple(sorted(words["placed_links"])),
        adverbs=words["adverbs"],
        no_firms=words["no_firms"],
        regions=words["regions"],
        site_nouns=words["site_nouns"],
        agent_verbs=words["agent_verbs"],
        posts=words["posts"],
        place_preps=words["place_preps"],
        strong_links=words["strong_links"],
        no_stand_ins=words["no_stand_ins"],
        makers=words["makers"],
        singling=words["singling"],
        tie_nouns=words["tie_nouns"],
        nicknames=data["nicknames"],
        funding_verbs=words["funding_verbs"],
        first_person_verbs=words["first_person_verbs"],
        prepositions=words["prepositions"],
        clause_openers=words["clause_openers"],
        after_object=words["after_object"],
        auxiliaries=words["auxiliaries"],
        role_groups={group: frozenset(roles) for group, roles in data["role_groups"].items()},
        parts={part: frozenset(roles) for part, roles in data["parts"].items()},
        places=frozenset(read_list("places.txt")),
        first_names=frozenset(" ".join(read_list("first_names.txt")).split()),
        ordinary=frozenset(" ".join(read_list("ordinary_words.txt")).split()),
        currencies=_currency_codes(),
    )


def roles_of(name: str) -> frozenset[str]:
    """What a company of the registry does, by its canonical name; empty for one that the registry does not know."""
    return registry().roles.get(name, frozenset())
