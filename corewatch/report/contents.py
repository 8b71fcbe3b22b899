"""What is on a long page: a list of its sections, each a link, after the answer.

In: the body of a report's page. Out: the same with an id at each section's heading and the list before the first section; a short page as
it is.
"""

import re

from markupsafe import Markup

from corewatch.report.rendering import render

# A page with fewer sections is seen at a glance.
LEAST = 6
HEADING = re.compile(r'(<div class="prose">\s*)<h2>(.*?)</h2>', re.DOTALL)


def with_contents(body: str) -> str:
    """The body with a list of its sections, where it has many."""
    sections: list[tuple[str, Markup]] = []

    def marked(found: re.Match[str]) -> str:
        before, words = found.groups()
        plain = re.sub(r"<[^>]+>|&#?\w+;", "", words)
        slug = re.sub(r"\W+", "-", plain.casefold()).strip("-") or "section"
        if slug in {name for name, _ in sections}:
            slug += f"-{len(sections) + 1}"
        sections.append((slug, Markup(re.sub(r"<[^>]+>", "", words))))  # noqa: S704  # escaped text, its tags taken out
        return f'{before}<h2 id="{slug}">{words}</h2>'

    made = HEADING.sub(marked, body)
    if len(sections) < LEAST:
        return body
    listed = str(render("contents.html.j2", sections=sections))
    at = made.index('<div class="prose">')
    return made[:at] + listed + made[at:]
