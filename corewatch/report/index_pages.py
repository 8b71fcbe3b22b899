"""The lists of all companies and of all deals, each with a link to its page.

In: a ledger. Out: two whole pages. Beyond many deals an amount leads straight to its passage, so that a page stays quick.
"""

from typing import Any

from markupsafe import Markup

from corewatch.report.deal_pages import deal_table
from corewatch.report.evidence import Evidence
from corewatch.report.fragments import Cell, Column, TableRow, fragment, number_cell, table
from corewatch.report.ledger import Ledger
from corewatch.report.naming import company_link
from corewatch.report.rendering import render
from corewatch.report.shell import Site, whole_page
from corewatch.report.views.deal_rows import by_size
from corewatch.report.wording import counted, start_upper

MOST_WITH_EVIDENCE = 400
COMPANIES, DEALS = "companies/index.html", "deals/index.html"


def companies_index(ledger: Ledger, site: Site, fold: Markup) -> tuple[str, str]:
    """The list of all companies with counts: those most written about first."""
    reading = ledger.reading
    articles = {name: len({row.doc_id for _, row in ledger.told[name]}) for name in reading.company_files}

    def row(name: str) -> TableRow:
        ties = len({(one.source, one.relation, one.target) for one in ledger.ties[name]})
        numbers = (len(ledger.paid[name]), len(ledger.pays[name]), len(ledger.metrics[name]), ties, articles[name])
        return TableRow([Cell(company_link(reading, name), name), *(number_cell(f"{number:,}", number) for number in numbers)])

    ordered = sorted(reading.company_files, key=lambda name: (-articles[name], name.casefold(), name))
    columns = [Column("Company"), *(Column(title, "num") for title in ("Is paid in", "Pays in", "Measures", "Ties", "Articles"))]
    count = start_upper(counted(len(ordered), "company", "companies"))
    caption = f"{count}, those in most articles first; in how many deals each is paid and pays"
    caption = caption if len(ordered) > 1 else f"{count}; in how many deals it is paid and pays"
    shown = table("Companies", columns, [row(name) for name in ordered], caption=caption).markup if ordered else none("company", reading)
    body = render("list.html.j2", question="Which companies do the articles name?", shown=shown, evidence="")
    return COMPANIES, whole_page("Companies", body, here="companies", site=site, root=reading.root, fold=fold)


def deals_index(ledger: Ledger, site: Site, fold: Markup) -> tuple[str, str]:
    """The list of all deals, the largest first."""
    reading = ledger.reading
    register = Evidence(reading)
    deals = by_size(reading.deals)
    with_evidence = len(deals) <= MOST_WITH_EVIDENCE
    caption = f"{start_upper(counted(len(deals), 'deal'))}, the largest first. Each leads to its page, its amount to its evidence."
    caption = caption if len(deals) > 1 else "One deal. It leads to its page, its amount to its evidence."
    shown = (
        none("deal", reading)
        if not deals
        else deal_table(reading, register if with_evidence else None, deals, "All deals", caption, ("deals", "deal_mentions")).markup
    )
    listed = fragment("evidence", items=register.listing()).markup if register else ""
    body = render("list.html.j2", question="Which deals do the articles tell of?", shown=shown, evidence=listed)
    html = whole_page("Deals", body, here="deals", site=site, root=reading.root, fold=fold)
    return DEALS, html


def none(what: str, reading: Any) -> Markup:
    """What is said where there is nothing to list."""
    number = counted(len(reading), "article")
    line = f"No {what} was read from {number}." if len(reading) else "No article was read."
    return Markup('<p class="note">{}</p>').format(line)
