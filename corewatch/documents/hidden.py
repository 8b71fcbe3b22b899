"""What a web page plainly does not show, by an element's own style or an attribute, as paths of XPath.

Words that a reader may well see are read: a style sheet, which is not looked at, may show again what lies in an element without a size.
"""

# The declarations of an element's own style, each between semicolons, without blanks.
STYLE = "concat(';', translate(@style, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ \t\n\r', 'abcdefghijklmnopqrstuvwxyz'), ';')"
# A whole page may be hidden until its scripts have run.
NOT_THE_WHOLE_PAGE = "not(self::html or self::body or self::main or self::article)"
# Marks within a line, to which hardly any style sheet gives a size; to other elements many do, and old rules give one to tables.
MARKS = ("a", "b", "br", "em", "i", "s", "span", "strong", "sub", "sup", "u", "wbr")
MARKED = " or ".join(f"self::{name}" for name in MARKS)
OWN_SIZE = f".//*[not({MARKED}) or @class or @id or contains({STYLE}, ';font:') or contains({STYLE}, ';font-size:')]"


def said_last(name: str, value: str) -> str:
    """The condition that the last declaration of a name begins with a value: of several the last one counts."""
    return f"contains({STYLE}, ';{name}:{value}') and not(contains(substring-after({STYLE}, ';{name}:{value}'), ';{name}:'))"


def without_size(name: str) -> str:
    """The condition that `font-size`, or the size in `font`, is zero in any unit (`0`, `0.0em`, `0/0 a`), and no size is said after it."""
    value = f"concat(substring-before(substring-after({STYLE}, ';{name}:'), ';'), '/')"
    size = f"substring-before({value}, '/')"
    zero = f"(starts-with({size}, '0') or starts-with({size}, '.0')) and {size} = translate({size}, '123456789', '')"
    after = f"substring-after({STYLE}, ';{name}:')"
    return f"{zero} and not(contains({after}, ';font:') or contains({after}, ';font-size:'))"


HIDDEN = (
    "//template",
    f"//*[@hidden and {NOT_THE_WHOLE_PAGE} and not(contains({STYLE}, ';display:'))]",
    f"//*[{said_last('display', 'none')} and {NOT_THE_WHOLE_PAGE}]",
    f"//*[{said_last('visibility', 'hidden')} and {NOT_THE_WHOLE_PAGE} and not(.//*[contains({STYLE}, ';visibility:visible')])]",
    *(f"//*[{without_size(name)} and {NOT_THE_WHOLE_PAGE} and not({OWN_SIZE})]" for name in ("font-size", "font")),
)
