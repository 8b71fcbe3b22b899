import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from corewatch.report.exporter import CorewatchExporter
from corewatch.report.rendering import OURS
from corewatch.report.shell import Site

NUMBER = '<p><a class="n" href="articles/harbour.html#c48" data-e="1" data-q="$3.4 billion">$3.4 billion</a></p>'
EVIDENCE = '<ol class="evidence"><li id="e1"><q>A sentence.</q> <a href="articles/harbour.html#c48">in place</a></li></ol>'


def shown(data: dict[str, Any] | None = None, **output: Any) -> nbformat.NotebookNode:
    """A code cell with one output."""
    made = new_output("display_data", data, **output) if data is not None else new_output(**output)
    cell: nbformat.NotebookNode = new_code_cell("report.answer()", execution_count=1, outputs=[made])
    return cell


def page_of(*cells: nbformat.NotebookNode, site: Site | None = None, first: str = "# How much?\n\nIntro.") -> str:
    resources = {"metadata": {"name": "deal_sizes"}} | ({"corewatch_site": site} if site else {})
    page, _ = CorewatchExporter().from_notebook_node(  # type: ignore[no-untyped-call]  # nbconvert has no types here
        new_notebook(cells=[new_markdown_cell(first), *cells]), resources
    )
    return page


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_a_page_has_its_language_title_heading_and_landmarks() -> None:
    page = page_of(first="# How *large* are the deals?")
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert "<title>How large are the deals? · corewatch</title>" in page
    assert page.count("<h1>") == 1
    assert all(page.count(mark) == 1 for mark in ('<main id="main">', "<header", "<footer>"))


def test_code_is_not_shown() -> None:
    page = page_of(shown({"text/html": f"{OURS}<p>answer</p>"}))
    assert "report.answer()" not in page
    assert "<p>answer</p>" in page


def test_nothing_on_a_page_is_fetched() -> None:
    page = page_of(shown({"image/svg+xml": "<svg><script>alert(1)</script></svg>"}), shown({"text/html": f"{OURS}{NUMBER}{EVIDENCE}"}))
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#|data:|articles/|[\w./]*\.html)""", page)
    assert not re.search(r"@import|url\(", page)
    assert "http://" not in page
    assert "https://" not in page


def test_only_the_scripts_of_the_page_itself_may_run() -> None:
    page = page_of(shown({"text/html": f"{OURS}{NUMBER}{EVIDENCE}"}))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src &#39;none&#39;; style-src &#39;sha256-")
    assert "script-src &#39;sha256-" in policy[1]
    assert "script-src &#39;none&#39;" in page_of()


def test_markup_in_prose_is_text_and_its_links_lead_nowhere_harmful() -> None:
    prose = "# Q\n\n<script>alert(1)</script>\n\n[a](javascript:alert(2)) ![a plan](http://x.invalid/p.png)\n\n<b onclick=x>b</b>"
    page = main_of(page_of(first=prose))
    assert "<script" not in page
    assert "javascript:" not in page
    assert "<img" not in page
    assert "a plan" in page
    assert "&lt;b onclick=x&gt;" in page


def test_a_data_frame_becomes_a_clean_table_that_scrolls() -> None:
    frame = (
        '<div><style scoped>.x{}</style><table border="1" class="dataframe"><thead><tr><th></th><th>payer</th></tr></thead>'
        '<tbody><tr><th>0</th><td onclick="x()">A &amp; <script>alert(1)</script>B</td></tr></tbody></table></div>'
    )
    page = main_of(page_of(shown({"text/html": frame, "text/plain": "x"})))
    assert '<div class="scroll foreign" tabindex="0"><table><thead><tr><td></td><th scope="col">payer</th></tr></thead>' in page
    assert '<tr><th scope="row">0</th><td>A &amp; B</td></tr>' in page
    assert "style" not in page
    assert "onclick" not in page


@pytest.mark.parametrize(
    "html",
    [
        "<p><b>open",
        "<table><tr><td>1",
        "</div></p><p>x",
        '<a href="javascript:x">x</a>',
        "<svg/onload=alert(1)>",
        "<scr<script>ipt>alert(1)</script>",
        "<style><p>",
    ],
)
def test_broken_and_hostile_output_cannot_leave_its_place(html: str) -> None:
    main = main_of(page_of(shown({"text/html": html}), new_markdown_cell("After.")))
    assert not re.search(r"<(?:script|svg|a|style)\b", main)
    assert main.rstrip().endswith("<p>After.</p>\n\n</div>")
    for tag in ("p", "b", "table", "td", "div"):
        assert main.count(f"<{tag}>") + main.count(f"<{tag} ") == main.count(f"</{tag}>"), tag


def test_a_picture_of_another_maker_is_inside_the_page_with_its_description() -> None:
    main = main_of(page_of(shown({"image/png": "iVBORw0KGgo=\n"}, metadata={"image/png": {"alt": 'Debt "by year"'}})))
    assert '<img class="picture" alt="Debt &#34;by year&#34;" src="data:image/png;base64,iVBORw0KGgo=">' in main


def test_printed_text_is_shown_without_the_colours_of_a_terminal() -> None:
    main = main_of(page_of(shown(output_type="stream", name="stdout", text="\x1b[31m<5 deals>\x1b[0m")))
    assert '<pre class="printed">&lt;5 deals&gt;</pre>' in main


def test_a_failed_notebook_says_first_what_went_wrong_and_shows_the_cell() -> None:
    error: dict[str, Any] = {
        "output_type": "error",
        "ename": "ValueError",
        "evalue": "no <deals>",
        "traceback": ["\x1b[0;31mTrace", "back"],
    }
    main = main_of(page_of(shown(**error)))
    assert main.index("This report is not whole.") < main.index("<h1>")
    assert "<b>ValueError</b>: no &lt;deals&gt;" in main
    assert '<pre class="printed">report.answer()</pre>' in main
    assert "Trace\nback" in main


def test_a_notebook_that_was_never_run_says_so() -> None:
    assert "This notebook has not been run." in page_of(new_code_cell("report.answer()"))


def test_alone_a_number_leads_to_its_evidence_on_the_page() -> None:
    page = page_of(shown({"text/html": f"{OURS}{NUMBER}{EVIDENCE}"}))
    assert '<a class="n" href="#e1" data-e="1"' in page
    assert "articles/" not in page
    assert "in place" in page
    assert "<nav" not in page


def test_in_a_site_a_number_leads_to_its_article_and_pages_to_each_other() -> None:
    page = page_of(shown({"text/html": f"{OURS}{NUMBER}{EVIDENCE}"}), site=Site(("deal_sizes", "source_audit"), "Edition of 2031."))
    assert 'href="articles/harbour.html#c48" data-e="1"' in page
    assert '<a href="deal_sizes.html" aria-current="page">Deal sizes</a>' in page
    assert '<a href="source_audit.html">Source audit</a>' in page
    assert "closed_loop.html" not in page
    assert "<p>Edition of 2031.</p>" in page


def test_nbconvert_makes_the_page_by_the_name_of_the_exporter(tmp_path: Path) -> None:
    notebook = new_notebook(cells=[new_markdown_cell("# How much?"), shown({"text/html": f"{OURS}<p>Much.</p>"})])
    nbformat.write(notebook, tmp_path / "out.ipynb")
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "corewatch", "out.ipynb"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert "<p>Much.</p>" in (tmp_path / "out.html").read_text(encoding="utf-8")
