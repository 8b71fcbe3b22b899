"""Who pays whom: what verbs and nouns around an amount say of its parties, and the choice between what they say.

In: the items and verbs of a sentence. Out: `Binding`s (a company in a role, with a weight), and from them a payer and a payee.
Judgements: grammar first (frames of verbs, prepositions of nouns), then the trades of the companies (a lab pays a cloud, a bank lends),
then, by the caller, the document's memory and its main company.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corewatch.language.article import Company
from corewatch.lexicon.deals import lexicon, words
from corewatch.mentions.clauses import EXAMPLES, VerbGroup, sold_company
from corewatch.mentions.phrases import Item

GOODS_KINDS = frozenset({"compute", "hardware", "colocation"})
MONEY_KINDS = frozenset({"debt", "equity", "ipo", "backstop"})
ISSUED = words("issued_parts")
BIDDING = words("bidding_parts")
ORDERED = words("ordered_parts")
WARES = words("wares")
NOUN_REACH = 14
LEAST = 0.15
GIVING = frozenset({"provide", "pay", "obtain", "contribute", "win"})
GRANTED = words("granted")


@dataclass(frozen=True, slots=True)
class Binding:
    """A group of companies in a role (`payer`, `payee` or `party`, either side), and how sure the grammar is."""

    role: str
    companies: tuple[Company, ...]
    weight: float
    at: int = -1

    @property
    def names(self) -> str:
        """The canonical names, joined as the contract joins parties."""
        return "; ".join(dict.fromkeys(company.name for company in self.companies))


def fit(companies: Iterable[Company], kind: str, side: str) -> float:
    """How well the trades of some companies fit a side of a kind of deal, from 0 (not at all, or not known) to 1."""
    table = lexicon().roles.get(kind, {}).get(side, {})
    return max((table.get(role, 0.0) for company in companies for role in company.roles), default=0.0)


def has_trade(companies: Iterable[Company], group: str) -> bool:
    """Whether one of some companies is in a group of trades ("lenders", "financiers")."""
    return any(company.roles & lexicon().trades[group] for company in companies)


def lean(companies: tuple[Company, ...], kind: str) -> float:
    """Above zero when the companies rather pay than are paid in a deal of this kind."""
    return fit(companies, kind, "payer") - fit(companies, kind, "payee")


def verb_bindings(items: Sequence[Item], verb: VerbGroup, kind: str, weight: float) -> list[Binding]:
    """What one verb says of the parties of a deal of `kind`."""
    sense = items[verb.at].verb
    if sense is None:
        return []
    frame = lexicon().frames[sense.frame]
    found: list[Binding] = []

    swapped = kind == "equity" and sense.frame in GIVING and any(items[at].lower in GRANTED for at in verb.slots.get("object", []))

    def bind(role: str, at: int | None, share: float) -> None:
        if role and at is not None and items[at].tag == "company":
            role = _settle(role, sense.frame, kind, items, verb, at)
            if swapped:  # who grants warrants is the issuer
                role = {"payer": "payee", "payee": "payer"}.get(role, role)
            if role == "party" and len(items[at].companies) == 2 and kind in GOODS_KINDS:
                found.extend(Binding(role, (company,), weight * share, at) for company in items[at].companies)  # "X and Y signed"
            elif role:
                found.append(Binding(role, items[at].companies, weight * share, at))

    if verb.passive:
        for at in (*verb.slots.get("by", []), *verb.slots.get("of by", [])):
            bind(frame.subject, at, 1.0)
        bind("payee" if sense.frame == "sell" else frame.object, verb.subject, 0.9)
        for at in verb.slots.get("object", []):
            if sense.frame in {"lend", "pay", "provide"}:
                bind(frame.object, at, 0.4)
    else:
        bind(frame.subject, verb.subject, 1.0)
        if frame.subject == "party" and kind in GOODS_KINDS:  # who signs with another rather buys: it tips the scale between equals
            bind("payer", verb.subject, 0.12)
        gone = sold_company(items, verb) if sense.frame == "sell" else None
        for nth, at in enumerate(at for at in verb.slots.get("object", []) if at != gone):
            bind(frame.object, at, 0.9 if nth == 0 else 0.5)
    for slot, role in frame.slots.items():
        for at in verb.slots.get(slot, []):
            if slot != "by":
                bind(role, at, 0.9)
        if slot == "of":
            for at in verb.slots.get("of object", []):
                bind(role, at, 0.6)
    if sense.frame in {"acquire", "buy", "offer"} and not any(items[at].tag == "company" for at in verb.slots.get("object", [])):
        for at in verb.slots.get("loose", [])[:1]:
            bind("payee", at, 0.7)
    if sense.frame == "rent" and not verb.passive:
        for at in verb.slots.get("object", [])[:1]:
            bind("payer", at, 0.9)
    if sense.frame == "pay" and kind == "acquisition":
        for at in verb.slots.get("for", [])[:1]:
            bind("payee", at, 1.0)
    if sense.frame in {"invest", "lead", "join"} and kind == "equity":
        for at in verb.slots.get("of in", []) + verb.slots.get("of into", []) + verb.slots.get("of object", []):
            bind("payee", at, 0.8)
    if sense.frame in {"order", "buy", "take", "contract", "spend", "commit"}:
        for slot in ("of object", "of of", "of to", "of from", "of on", "of for"):
            for at in verb.slots.get(slot, []):
                bind("payee", at, 0.55)
    return found


def _settle(role: str, frame: str, kind: str, items: Sequence[Item], verb: VerbGroup, at: int) -> str:
    """A frame's own role as `payer`, `payee` or `party`, by the kind of deal."""
    companies = items[at].companies
    money = kind in MONEY_KINDS
    if role in {"payer", "payee", "party"}:
        if (
            frame == "rent"
            and role == "payer"
            and at == verb.subject
            and _has_company(items, verb, "to")
            and not _has_company(items, verb, "from")
        ):
            return "payee"
        if (
            frame in {"sign", "announce", "complete", "cancel", "talk", "enlarge", "change"}
            and kind in {"ipo", "debt", "equity"}
            and at == verb.subject
        ):
            return "payee" if kind == "ipo" or lean(companies, kind) <= 0.2 else "payer"
        if frame in {"sign", "announce", "complete", "cancel", "talk", "reach"} and kind == "acquisition" and at == verb.subject:
            return "payer"
        if frame == "offer" and kind in {"debt", "equity", "ipo"} and at == verb.subject:
            return "payee"  # who offers notes or shares is paid
        if frame == "take" and kind in {"debt", "equity"} and _has_company(items, verb, "from"):
            return {"payer": "payee", "payee": "payer"}[role]  # "took a loan from X"
        if frame == "talk" and kind == "capex" and at == verb.subject:
            return "payer"
        if frame == "win" and money:
            return {"payee": "payee", "payer": "payer"}[role] if role != "party" else role
        if frame == "guarantee" and role == "payee" and kind == "backstop":
            return role
        if frame == "commit" and kind == "debt" and role == "payer" and lean(companies, kind) < 0:
            return "payer"
        return role
    if role == "lead":
        return "payer" if kind in {"equity", "debt"} else "party"
    if kind == "acquisition" and role in {"recipient", "giver"}:
        return "payee" if role == "recipient" else "payer"  # an offer is received by its target
    if kind == "debt" and role == "recipient" and has_trade(companies, "lenders") and at == verb.subject:
        return "payer"  # a bank that arranges a loan lends
    if role == "recipient":
        if money:
            return "payee"
        return "party" if frame == "obtain" else "payer"
    if role == "giver":
        if money:
            return "payer"
        return "party" if frame == "obtain" else "payee"
    if role == "placer":
        return "payee" if kind in {"debt", "equity", "ipo"} else "payer"
    if role == "counterparty":
        return "payer" if kind in {"debt", "equity", "ipo"} else "payee"
    if role == "booker":
        return "payee" if _has_company(items, verb, "from") else ("party" if fit(companies, kind, "payer") else "payer")
    if role == "seeker":
        return "payee" if kind in {"debt", "equity", "ipo"} else "payer"
    if role == "rejecter":
        return "payer" if kind == "debt" and lean(companies, "debt") > 0 else "payee"
    return "party"


def _has_company(items: Sequence[Item], verb: VerbGroup, slot: str) -> bool:
    return any(items[at].tag == "company" for at in verb.slots.get(slot, []))


def noun_bindings(items: Sequence[Item], noun: int, kind: str, weight: float) -> list[Binding]:
    """What the neighbours of a noun say of its parties: "Y's loan from X", "a contract with X", "bonds of Y", "talks between X and Y"."""
    found: list[Binding] = []
    owner = _owner(items, noun)
    if owner is not None:
        found.append(Binding(_owner_role(items, owner, noun, kind), items[owner].companies, weight * 0.7, owner))
    slot = ""
    for at in range(noun + 1, min(noun + NOUN_REACH, len(items))):
        item = items[at]
        if item.tag in {"prep", "to"}:
            slot = item.lower if item.lower not in EXAMPLES or not slot else slot
            if item.tag == "to" and at + 1 < len(items) and items[at + 1].tag == "x":
                slot = ""
        elif (
            item.lower in {"but", "while"}
            or item.tag in {"semicolon", "stop", "rel", "sub", "colon"}
            or (item.tag in {"verb", "aux", "modal"} and not (item.tag == "verb" and item.lower.split()[0].endswith("ed")))
        ):
            break
        elif item.tag == "company" and slot:
            role = _noun_slot(slot, kind, item) if not item.possessive or slot in {"of", "in", "by"} else ""
            if role == "party" and len(item.companies) == 2:
                found += [Binding(role, (company,), weight * 0.8, at) for company in item.companies]
            elif role:
                found.append(Binding(role, item.companies, weight * (0.8 if at - noun < 8 else 0.5), at))
            if slot != "between":
                slot = ""
        elif item.tag == "comma" or (item.figure is not None and item.figure.kind == "money"):
            if item.tag != "comma" and at > noun + 1:
                break
            slot = ""
    return found


def _owner(items: Sequence[Item], noun: int) -> int | None:
    """The company that owns a noun: "Microsoft's five-year contract", "the Meta contract", "its order"."""
    for at in range(noun - 1, max(-1, noun - 7), -1):
        item = items[at]
        if item.tag == "company":
            return at if item.possessive or at == noun - 1 else None
        if item.tag in {"prep", "to", "verb", "aux", "modal", "comma", "conj", "semicolon", "rel"}:
            return None
    return None


def _owner_role(items: Sequence[Item], owner: int, noun: int, kind: str) -> str:
    companies, word = items[owner].companies, items[noun].lower
    if kind == "debt":
        return "payer" if lean(companies, kind) > 0.3 else "payee"
    if kind == "ipo":
        return "payee"
    if kind == "equity":
        if any(part in word for part in ISSUED):
            return "payee"
        return "payer"
    if kind == "backstop":
        return "payer"
    if kind == "acquisition":
        return "payer" if any(part in word for part in BIDDING) else "party"
    if kind == "capex":
        return "payer"
    if word in WARES:
        return "payee"
    if any(part in word for part in ORDERED):
        return "payer" if lean(companies, kind) > -0.3 else "party"
    return "party"


def _noun_slot(slot: str, kind: str, item: Item) -> str:
    lender = lean(item.companies, kind) > 0.2
    table = {
        "debt": {
            "from": "payer",
            "by": "payer",
            "with": "payer",
            "to": "payee",
            "for": "payee",
            "of": "" if lender else "payee",
            "between": "party",
        },
        "equity": {
            "from": "payer",
            "by": "payer",
            "in": "payee",
            "into": "payee",
            "to": "payer" if lender else "",
            "with": "payer",
            "of": "payee",
            "for": "payee",
        },
        "ipo": {"of": "payee", "by": "payee", "for": "payee"},
        "acquisition": {"of": "payee", "for": "payee", "by": "payer", "from": "payee", "with": "party", "between": "party"},
        "backstop": {"from": "payer", "by": "payer", "to": "payee", "for": "payee"},
        "capex": {"by": "payer"},
    }.get(kind, {"with": "party", "between": "party", "from": "party", "to": "party", "by": "party", "for": "", "at": "party"})
    return table.get(slot, "")


@dataclass(frozen=True, slots=True)
class Parties:
    """The chosen payer and payee, with the weight behind each (0 where none was found)."""

    payer: tuple[Company, ...] = ()
    payee: tuple[Company, ...] = ()
    payer_weight: float = 0.0
    payee_weight: float = 0.0


def choose(bindings: Sequence[Binding], kind: str) -> Parties:
    """The payer and payee that the bindings support most; parties of either side are placed by their trades."""
    scores: dict[tuple[str, str], float] = {}
    groups: dict[str, tuple[Company, ...]] = {}
    order: list[str] = []
    for binding in bindings:
        key = binding.names
        groups.setdefault(key, binding.companies)
        if key not in order:
            order.append(key)
        if binding.role == "party":
            tilt = lean(binding.companies, kind)
            scores[key, "payer"] = scores.get((key, "payer"), 0.0) + binding.weight * (0.45 + 0.4 * tilt)
            scores[key, "payee"] = scores.get((key, "payee"), 0.0) + binding.weight * (0.45 - 0.4 * tilt)
        else:
            other = "payee" if binding.role == "payer" else "payer"
            tilt = lean(binding.companies, kind) * (1 if binding.role == "payer" else -1)
            scores[key, binding.role] = scores.get((key, binding.role), 0.0) + binding.weight * (1.0 + 0.15 * tilt)
            if tilt < -0.5 and kind not in {"equity", "acquisition"}:
                scores[key, other] = scores.get((key, other), 0.0) + binding.weight * 0.2
    best: tuple[float, str, str] = (0.0, "", "")
    options = ["", *order]
    for payer in options:
        for payee in options:
            if payer and payee and _share(groups[payer], groups[payee]):
                continue
            pays, paid = scores.get((payer, "payer"), 0.0), scores.get((payee, "payee"), 0.0)
            if (payer and pays < LEAST) or (payee and paid < LEAST):
                continue
            total = pays + paid
            if total > best[0] + 1e-9:
                best = (total, payer, payee)
    _, payer, payee = best
    return Parties(
        groups.get(payer, ()),
        groups.get(payee, ()),
        scores.get((payer, "payer"), 0.0),
        scores.get((payee, "payee"), 0.0),
    )


def _share(a: tuple[Company, ...], b: tuple[Company, ...]) -> bool:
    return bool({company.name for company in a} & {company.name for company in b})


def joined(companies: tuple[Company, ...]) -> str | None:
    """The names of a party cell, or null."""
    return "; ".join(dict.fromkeys(company.name for company in companies)) or None
