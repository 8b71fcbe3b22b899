"""What holds for any text at all: it gives tables that keep to their contract, each passage the exact words of its text."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corewatch.contract import EVIDENCE
from corewatch.language.reading import read_article
from corewatch.mentions.rows import read_mentions
from corewatch.pipeline import join_documents
from corewatch.tables import Tables, check_all, empty, frame, records

ARTICLE = {"path": "doc.txt", "sha256": "0" * 64}
NAMES = [
    *("Nvidia", "Oracle", "CoreWeave", "OpenAI", "Meta Platforms", "Google Cloud", "Hut 8", "SoftBank", "Quartzmere", "Quartzmere Inc."),
    *("Lode & Sons plc", "Blackstone", "JPMorgan", "Bloomberg", "Orla Brandt", "Mr. Brandt", "the company", "the chipmaker", "it", "They"),
    *("its", "she", "the Texas-based lender", "xAI", "Société Générale", "МТС", "東芝", "İş Bank", "investors", "the UK government"),
]
ACTS = [
    *("agreed to pay", "paid", "was paid by", "leases", "sold", "will buy", "in talks to raise", "raised", "lent", "borrowed", "led"),
    *("denied that", "owns", "supplies", "said", "said that", "told", "which", "who", "has walked away from", "to acquire", "guaranteed"),
    *("invested", "signed", "a contract with", "a loan from", "a stake in", "a round", "its IPO", "the deal", "revenue", "net loss of"),
    *("shares fell", "rose", "valued at", "worth", "backlog", "founded in", "capital spending of", "customers include", "rival"),
]
AMOUNTS = [
    *("$5 billion", "€2.4bn", "US$ 350m", "up to $40", "between $38 and $40", "12 percent", "5%", "-3", "737%", "250,000 GPUs", "1.3 GW"),
    *(
        "a five-year",
        "eightfold",
        "half a billion dollars",
        "a dozen",
        "1,2,3",
        "1e999",
        "$",
        "%",
        "9" * 40,
        "½",
        "²",
        "٣",
        "0",
        "$0",
        "10x",
    ),
    *(
        "in 2024",
        "March 28",
        "the third quarter",
        "on Monday",
        "by 2031",
        "FY26",
        "2024-13-45",
        "0000",
        "through 9999",
        "per year",
        "a month",
    ),
]
SIGNS = [
    *(
        "“",
        "”",
        '"',
        "‘",
        "’",
        "'",
        "'s",
        "(",
        ")",
        "[",
        "]",
        ",",
        ", ",
        ". ",
        ".",
        ";",
        ":",
        "—",
        "-",
        "\n",
        "\n\n",
        "\r\n",
        "\n- ",
        "\n1. ",
    ),
    *(
        "\t",
        "\u00a0",
        "\u2028",
        "\x00",
        "\x85",
        "\x1c",
        "\u200b",
        "\ufeff",
        "\u202e",
        "e\u0301",
        "ﬁ",
        "ß",
        "İ",
        "ǅ",
        "𝟓",
        "🙂",
        "# ",
        "* ",
        "|",
        "@",
    ),
    *(
        "and",
        "of",
        "the",
        "for",
        "with",
        "from",
        "to",
        "by",
        "A.",
        "U.S.",
        "Q: ",
        "Dear Sir, ",
        "www.x.com/",
        "...",
        "?",
        "!",
        "&amp;",
        "+",
    ),
]
FRAGMENTS = st.one_of(st.sampled_from(NAMES), st.sampled_from(ACTS), st.sampled_from(AMOUNTS), st.sampled_from(SIGNS), st.text(max_size=6))
NEWS = st.tuples(st.sampled_from([" ", " ", ""]), st.lists(FRAGMENTS, max_size=45)).map(lambda parts: parts[0].join(parts[1]))
CLAUSES = st.tuples(st.sampled_from(NAMES), st.sampled_from(ACTS), st.sampled_from(NAMES), st.sampled_from(AMOUNTS), st.sampled_from(SIGNS))
SENTENCES = st.lists(CLAUSES.map(" ".join), max_size=8).map(" ".join)
CONTROLS = st.text(
    st.characters(categories=["Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Nd", "No", "Sc", "Ps", "Pe", "Pi", "Pf", "Lu", "Lt"]), max_size=80
)
TEXTS = st.one_of(st.text(max_size=150), CONTROLS, NEWS, SENTENCES)


def tables_of(texts: list[str], published: str | None = "2025-03-28") -> Tables:
    """All tables of some texts, a document each, as `parse` makes them of files."""
    said = [
        {"doc_id": f"doc{nth}", "text": text, "n_chars": len(text), "n_words": len(text.split())} for nth, text in enumerate(texts) if text
    ]
    rows: list[dict[str, Any]] = [{**ARTICLE, **row, "published": published} for row in said]
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in EVIDENCE}
    for row in rows:
        for name, mentions in read_mentions(read_article(row["doc_id"], row["text"], None, published)).items():
            found[name] += mentions
    frames = {name: frame(name, mentions) for name, mentions in found.items()}
    return join_documents(frame("documents", rows), frames, empty("rejected"), empty("corrections"))


# Many texts an example, since what checks the tables takes longer than what makes them.
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(TEXTS, min_size=8, max_size=16), st.sampled_from([None, "2025", "2025-03-28"]))
def test_any_text_at_all_gives_tables_that_keep_to_their_contract(texts: list[str], published: str | None) -> None:
    tables = check_all(tables_of(texts, published))
    figures = set(tables.figures["figure_id"])
    for name in ("deal_mentions", "metric_mentions", "relations", "statements"):
        for row in records(tables[name]):
            assert row["start"] < row["end"]
            assert row.get("figure_id") is None or row["figure_id"] in figures
    for name in ("figures", "deal_mentions", "metric_mentions"):
        bounded = tables[name].dropna(subset=["low", "high"])
        assert (bounded["low"] <= bounded["high"]).all()


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_a_text_is_read_the_same_each_time(text: str) -> None:
    first, again = (read_mentions(read_article("doc", text)) for _ in range(2))
    assert first == again
