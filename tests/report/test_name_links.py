"""Names of companies in what a report says lead to the companies' pages; what a source says is left as it is."""

import re

from markupsafe import Markup
from view_tables import deal, tables_of

from corewatch.report.name_links import with_names
from corewatch.report.page import open_report
from corewatch.report.reading import Reading

QUILLON = '<a class="plain" href="companies/quillon.html">Quillon</a>'
PAID = ("Tarnfell will pay Quillon $3 billion.", deal("Tarnfell", "Quillon", 3e9, 3e9, figure="$3 billion"))


def reading(*names: str) -> Reading:
    """A reading of companies with these names."""
    return Reading(tables_of({"a": [(f"{name} paid.", deal(name, None, 1e9, 1e9)) for name in names]}))


def test_the_first_of_each_name_in_a_paragraph_is_a_link() -> None:
    shown = Markup("<p>Quillon pays Quillon Power; Quillon’s own.</p><p>Quillon again, Quillonia never, and Quillon-led.</p>")
    assert with_names(reading("Quillon", "Quillon Power"), shown) == (
        f'<p>{QUILLON} pays <a class="plain" href="companies/quillon-power.html">Quillon Power</a>; Quillon’s own.</p>'
        f"<p>{QUILLON} again, Quillonia never, and Quillon-led.</p>"
    )


def test_quotations_links_drawings_and_code_are_left_as_they_are() -> None:
    shown = Markup('<p><q>Quillon <b>lost</b></q> <a href="x">Quillon</a> <svg aria-label="Quillon"><text>Quillon</text></svg> Quillon</p>')
    found = with_names(reading("Quillon"), shown)
    assert str(found) == str(shown).removesuffix("Quillon</p>") + f"{QUILLON}</p>"


def test_a_name_with_signs_of_markup_is_found_as_it_is_written_and_stays_text() -> None:
    of = reading("Loam & Sons", "O'Quill <b>Labs</b>", "Big Σ")
    found = with_names(of, "Loam & Sons owes O'Quill <b>Labs</b> and Big Σ.")
    assert len(re.findall('<a class="plain"', found)) == 3
    assert found.striptags() == "Loam & Sons owes O'Quill <b>Labs</b> and Big Σ."
    assert "<b>" not in found


def test_the_company_whose_page_it_is_is_not_linked_there() -> None:
    of = reading("Quillon", "Tarnfell").below().at("Quillon")
    assert with_names(of, "Quillon and Tarnfell") == 'Quillon and <a class="plain" href="../companies/tarnfell.html">Tarnfell</a>'


def test_answers_name_companies_and_deals_as_links_and_figures_label_them_so() -> None:
    made = open_report("deal_sizes", tables=tables_of({"a": [PAID]}))
    answer, figure = made.answer().markup, made.sizes().markup
    assert f'from <a class="plain" href="companies/tarnfell.html">Tarnfell</a> to {QUILLON}.' in answer
    assert '<a class="plain" href="deals/tarnfell-quillon-compute-3bn.html">Tarnfell to Quillon</a>, computing, signed' in answer
    label = r'<a class="plain" href="deals/tarnfell-quillon-compute-3bn.html"><text [^>]*class="b"[^>]*>Tarnfell → Quillon</text>\n</a>'
    assert len(re.findall(label, figure)) == 2
    loop = open_report("closed_loop", tables=tables_of({"a": [PAID]}))
    assert "<dt>Why</dt><dd>" in (cards := loop.four_verdicts().markup)
    assert re.search(rf"No article names a payment by {QUILLON}", cards)
    assert re.search(r'<a class="plain" href="companies/tarnfell.html"><text', loop.matrix().markup)
    assert re.search(r'<a class="plain" href="companies/tarnfell.html"><path', loop.loop_map().markup)
