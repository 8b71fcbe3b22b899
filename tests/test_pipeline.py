"""The whole way, from a folder of articles to tables that agree with each other."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

import corewatch
from corewatch.tables import Tables, check_all, records

ROOT = Path(__file__).parents[1]
EXAMPLES = Path(__file__).parent / "examples"


@pytest.fixture(scope="module")
def tables() -> Tables:
    return corewatch.parse(EXAMPLES)


def test_every_table_keeps_its_contract_and_every_passage_is_in_its_text(tables: Tables) -> None:
    assert check_all(tables) is tables
    assert len(tables.documents) == 7
    assert len(tables.rejected) == 3


def test_every_mention_and_its_deal_or_metric_know_each_other(tables: Tables) -> None:
    for rows, mentions, key in ((tables.deals, tables.deal_mentions, "deal_id"), (tables.metrics, tables.metric_mentions, "metric_id")):
        told = mentions[mentions[key].notna()]
        assert set(told[key]) == set(rows[key])
        counted = told.groupby(key)["mention_id"].agg(["size", "first"])
        assert counted["size"].to_dict() == dict(zip(rows[key], rows["n_mentions"], strict=True))
        assert set(rows["mention_id"]) <= set(told["mention_id"])


def test_every_figure_of_a_mention_is_a_figure_of_its_document(tables: Tables) -> None:
    figures = dict(zip(tables.figures["figure_id"], tables.figures["doc_id"], strict=True))
    for mentions in (tables.deal_mentions, tables.metric_mentions):
        for row in records(mentions):
            assert row["figure_id"] is None or figures[row["figure_id"]] == row["doc_id"]


def test_every_conflict_names_rows_that_exist(tables: Tables) -> None:
    keys = {"deals": set(tables.deals["deal_id"]), "metrics": set(tables.metrics["metric_id"])}
    mentions = {*tables.deal_mentions["mention_id"], *tables.metric_mentions["mention_id"], *tables.statements["statement_id"]}
    for row in records(tables.conflicts):
        assert row["key"] in keys[row["table"]]
        assert set(row["mention_ids"].split("; ")) <= mentions
        assert len(row["values"].split("; ")) == len(row["doc_ids"].split("; ")) == len(row["mention_ids"].split("; "))


def test_every_flow_is_a_deal_that_is_no_spending_plan(tables: Tables) -> None:
    kinds = dict(zip(tables.deals["deal_id"], tables.deals["kind"], strict=True))
    assert set(tables.flows["deal_id"]) == {deal for deal, kind in kinds.items() if kind != "capex"}


def test_the_deals_do_not_depend_on_where_the_folder_is_or_in_which_order_it_is_read(tables: Tables, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "elsewhere")
    files = sorted((tmp_path / "elsewhere").glob("*.txt"), reverse=True)
    again = corewatch.parse([*files, tmp_path / "elsewhere"])
    for name in ("deals", "metrics", "conflicts", "flows", "documents"):
        pd.testing.assert_frame_equal(again[name], tables[name])


def test_an_article_is_read_the_same_alone_and_among_others(tables: Tables) -> None:
    alone = corewatch.parse(EXAMPLES / "orrin_signs.txt")
    # What other documents say decides only what a mention was joined to.
    joined = {"deal_id", "metric_id", "joined_to", "joined_by", "join_confidence"}
    for name in ("deal_mentions", "metric_mentions", "figures", "statements"):
        among = tables[name][tables[name]["doc_id"] == "orrin_signs"].reset_index(drop=True)
        columns = [column for column in among.columns if column not in joined]
        pd.testing.assert_frame_equal(alone[name][columns], among[columns])


def test_corrections_are_applied_unless_they_are_left_out(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "orrin_signs.txt", tmp_path)
    raw = corewatch.parse(tmp_path)
    row = records(raw.figures)[0]
    line = f"orrin_signs,figures,{row['start']},{row['end']},drop,,,a test"
    (tmp_path / "corrections.csv").write_text(f"doc_id,table,start,end,action,field,value,reason\n{line}\n", encoding="utf-8")
    assert len(corewatch.parse(tmp_path).figures) == len(raw.figures) - 1
    without = corewatch.parse(tmp_path, corrections=False)
    pd.testing.assert_frame_equal(without.figures, raw.figures)
    assert without.corrections.empty


def test_no_articles_give_tables_without_rows(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    nothing = corewatch.parse(tmp_path)
    assert {name: len(table) for name, table in check_all(nothing).items() if len(table)} == {"rejected": 1}


def test_the_seeds_say_who_pays_whom() -> None:
    deals = {row["deal_id"]: row for row in records(corewatch.parse(ROOT / "seeds").deals)}
    contract = deals["openai-coreweave-compute-11.9bn"]
    assert (contract["kind"], contract["term_years"]) == ("compute", 5.0)
    assert deals["coreweave-ipo-1.5bn"]["status"] == "closed"
    assert deals["microsoft-coreweave-compute-12bn"]["status"] == "withdrawn"
