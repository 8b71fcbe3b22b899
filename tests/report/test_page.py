"""A report as an object: opening it, what its cells show, its evidence, and how it says that it was made."""

from pathlib import Path

import pytest
from view_tables import deal, tables_of

from corewatch.errors import InputError, ParameterError
from corewatch.report.fragments import plain_text
from corewatch.report.page import open_report
from corewatch.report.rendering import OURS
from corewatch.tables import Tables, write_tables

HARBOUR = ("Tarnfell will pay Quillon $3.4 billion.", deal("Tarnfell", "Quillon", 3.4e9, 3.4e9, figure="$3.4 billion"))


def harbour() -> Tables:
    """One article with one deal."""
    return tables_of({"one": [HARBOUR]})


def test_an_unknown_report_or_parameter_is_refused_before_anything_is_read() -> None:
    with pytest.raises(ParameterError, match="no report is called 'deals'"):
        open_report("deals", seeds="nowhere")
    with pytest.raises(ParameterError, match="min_usd"):
        open_report("deal_sizes", seeds="nowhere", minusd=3.0)


def test_a_folder_that_does_not_exist_is_named() -> None:
    with pytest.raises(InputError, match="nowhere_at_all"):
        open_report("deal_sizes", tables="nowhere_at_all")


def test_a_report_opens_on_a_folder_of_tables(tmp_path: Path) -> None:
    write_tables(harbour(), tmp_path)
    made = open_report("deal_sizes", tables=str(tmp_path))
    assert "$3.4 billion" in repr(made.answer())


def test_a_fragment_is_markup_in_a_browser_and_text_in_a_terminal() -> None:
    answer = open_report("deal_sizes", tables=harbour()).answer()
    assert answer._repr_html_().startswith(f'{OURS}<div class="corewatch">')
    assert "<" not in repr(answer)


def test_the_style_of_a_notebook_stays_inside_what_corewatch_shows() -> None:
    style = open_report("deal_sizes", tables=harbour())._repr_html_()
    assert style.startswith("<style>.corewatch.corewatch {")
    assert "body {" not in style
    assert ":root" not in style
    assert "@page" not in style


def test_cells_work_in_any_order() -> None:
    made = open_report("deal_sizes", tables=harbour())
    before = repr(made.evidence())
    made.table()
    made.answer()
    made.table()
    assert "No number on this page" in before
    assert repr(made.evidence()).count("Tarnfell will pay Quillon") == 1


def test_every_link_to_an_item_has_its_item() -> None:
    import re

    for name, calls in (
        ("deal_sizes", ("answer", "sizes", "table")),
        ("closed_loop", ("answer", "four_verdicts", "matrix", "table", "rests")),
    ):
        made = open_report(name, tables=harbour())
        html = "".join(str(getattr(made, call)().markup) for call in calls)
        listed = set(re.findall(r'<li id="(e\d+)">', str(made.evidence().markup)))
        assert set(re.findall(r'aria-describedby="(e\d+)"', html)) == listed


def test_a_page_says_how_it_was_made_without_a_clock_or_a_place(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    write_tables(harbour(), folder)
    text = repr(open_report("deal_sizes", tables=str(folder), min_usd=2e9).made())
    assert "corewatch report deal_sizes -p min_usd 2000000000.0 -p tables tables" in text
    assert "min_usd = 2000000000.0 leave out deals below this many US dollars" in text
    assert str(tmp_path) not in text
    assert harbour().documents["sha256"][0] in text
    assert "No correction was given; every row is as it was read." in text


def test_text_of_markup_has_a_line_a_block_and_bars_between_cells() -> None:
    assert plain_text("<tr><th>A &amp; B</th><td>3</td></tr><p>x</p>") == "A & B | 3\nx"  # type: ignore[arg-type]  # a text stands for markup
