"""Companies that deny what is reported of them: a deal is told as dropped, and a party to it says in the same article that it goes on."""

import re
from collections.abc import Iterator, Mapping, Sequence

from corewatch.lexicon.phrase_lists import denials
from corewatch.reconcile.disagreements import Disagreement, Row

SENTENCE_END = re.compile(r"[.!?][”\"’']?\s|\n")


def denied_withdrawals(
    deals: Sequence[Row], mentions: Mapping[str, Sequence[Row]], statements: Sequence[Row], texts: Mapping[str, str]
) -> Iterator[tuple[str, Disagreement]]:
    """Each withdrawn deal that a party denies to have ended, with the id of the deal."""
    denying = [row for row in statements if row["affiliation"] and denials().search(sentence_of(texts[row["doc_id"]], row).lower())]
    for deal in deals:
        if deal["status"] != "withdrawn":
            continue
        off = [row for row in mentions[deal["deal_id"]] if row["status"] == "withdrawn"]
        parties = {name for party in (deal["payer"], deal["payee"]) if party for name in party.split("; ")}
        documents = {row["doc_id"] for row in off}
        against = [row for row in denying if row["doc_id"] in documents and row["affiliation"] in parties]
        if against:
            told = [{**row, "mention_id": row["statement_id"], "evidence": sentence_of(texts[row["doc_id"]], row)} for row in against]
            sides = (*((str(row["status"]), row) for row in off), *(("denied", row) for row in told))
            yield deal["deal_id"], Disagreement("status", "material", sides, "Read as withdrawn; a party to the deal denies it.")


def sentence_of(text: str, row: Row) -> str:
    """The sentence around a passage."""
    before = [end.end() for end in SENTENCE_END.finditer(text, 0, row["start"])]
    after = SENTENCE_END.search(text, row["end"])
    return text[before[-1] if before else 0 : after.end() if after else len(text)].strip()
