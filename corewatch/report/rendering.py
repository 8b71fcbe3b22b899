"""Values to HTML through the Jinja templates beside this module; text is escaped unless its type says that it is markup."""

from functools import cache

import jinja2
from markupsafe import Markup

# Opens every fragment that our own views show in a notebook: the exporter passes it on as it is, and sanitises other HTML.
OURS = Markup("<!--corewatch-->")


@cache
def environment() -> jinja2.Environment:
    """The one Jinja environment: everything escaped, an undefined name is an error."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("corewatch.report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, **values: object) -> Markup:
    """A template of `corewatch/report/templates`, filled: `render("answer.html.j2", claim="...")`."""
    return Markup(environment().get_template(template).render(**values))  # noqa: S704  # autoescaped just above
