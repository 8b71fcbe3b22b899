"""Reckoning with the contract's periods."""


def year_before(period: str | None) -> str | None:
    """The same period a year earlier: `2024-Q4` to `2023-Q4`; null for a day, whose year-earlier value nobody means, and for no period."""
    if period is None or period.count("-") > 1:
        return None
    return f"{int(period[:4]) - 1:04d}{period[4:]}"
