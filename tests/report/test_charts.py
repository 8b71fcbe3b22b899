"""Drawings: plain SVG with classes for colours, bounds as bounds, the same bytes for the same data."""

import re
from itertools import pairwise

from markupsafe import Markup

from corewatch.report.charts.canvas import Canvas, fitted, wide
from corewatch.report.charts.matrix import Matrix, MatrixCell, matrix_plot
from corewatch.report.charts.ranges import RangeGroup, RangeMark, RangeRow, range_plot
from corewatch.report.charts.strips import Scale, Zone, strip
from corewatch.report.charts.trends import PointKind, TrendLine, TrendPoint, trend_plot

LINK = Markup(' class="n" href="articles/one.html#c0" data-e="1"')


def plot(*marks: RangeMark, name: str = "Tarnfell → Quillon") -> Markup:
    """A plot of one row."""
    return range_plot([RangeGroup("Closed or signed", [RangeRow(name, "computing, signed", marks, "p")])], label="One deal.")


def test_the_same_data_give_the_same_bytes_without_colours_dates_or_ids() -> None:
    first, second = plot(RangeMark(3.0, 3.0, "3", link=LINK)), plot(RangeMark(3.0, 3.0, "3", link=LINK))
    assert first == second
    assert not re.search(r"#[0-9a-f]{6}\b|<metadata|dc:date|\bid=|matplotlib|<style", first)


def test_a_plot_is_drawn_wide_and_narrow_with_one_description() -> None:
    shown = plot(RangeMark(3.0, 3.0, "3"))
    assert shown.count('<svg class="wide"') == 1
    assert shown.count('<svg class="narrow"') == 1
    assert shown.count('aria-label="One deal."') == 2


def test_a_drawing_with_links_is_a_group_and_one_without_is_an_image() -> None:
    assert 'role="group"' in plot(RangeMark(3.0, 3.0, "3", link=LINK))
    assert 'role="img"' in plot(RangeMark(3.0, 3.0, "3"))


def test_an_exact_amount_is_a_disc_in_its_tone() -> None:
    assert 'class="fp"' in plot(RangeMark(3.0, 3.0, "3"))


def test_over_an_amount_is_a_bar_that_is_closed_at_the_left_only() -> None:
    shown = plot(RangeMark(3.0, None, "over 3"))
    assert 'class="fps"' in shown
    # Closed at one side: three strokes through four points, and not back to the first.
    bar = next(path for path in re.findall(r'<path d="([^"]+)" class="sp"/>', shown) if path.count("L") == 3)
    assert not bar.rstrip().upper().endswith("Z")


def test_up_to_an_amount_is_a_dashed_bar_that_is_open_at_the_left() -> None:
    assert 'class="sp dash"' in plot(RangeMark(None, 3.0, "up to 3"))


def test_what_was_withdrawn_is_two_strokes_and_no_disc() -> None:
    shown = plot(RangeMark(3.0, 3.0, "3", "cross"))
    assert shown.count('class="sk"') == 4  # two strokes, wide and narrow
    assert 'class="fp"' not in shown


def test_a_contradicting_amount_is_tied_to_its_rival() -> None:
    assert 'class="si dash"' in plot(RangeMark(3.0, 3.0, "3"), RangeMark(9.0, 9.0, "9", "diamond"))


def test_amounts_far_apart_are_drawn_by_powers_of_ten() -> None:
    rows = [RangeRow(str(v), "loan", [RangeMark(v, v, str(v))]) for v in (0.002, 1.0, 40.0)]
    shown = range_plot([RangeGroup("Closed or signed", rows)], label="Three.")
    ticks = re.findall(r'class="q m"[^>]*>([\d.,]+)</text>', shown)
    assert "0.01" in ticks
    assert "10" in ticks


def test_names_and_amounts_are_escaped_and_a_dollar_is_no_formula() -> None:
    shown = plot(RangeMark(3.0, 3.0, "$3 & $4"), name="<b>Loam</b> $x$")
    assert "&lt;b&gt;Loam&lt;/b&gt; $x$" in shown
    assert "$3 &amp; $4" in shown


def test_nothing_to_draw_gives_nothing() -> None:
    assert range_plot([RangeGroup("Closed or signed", [])], label="None.") == ""
    assert strip([], label="None.") == ""


def test_a_long_name_is_broken_into_lines_that_fit() -> None:
    lines = fitted("The Very Long Company of Northern Harbours and Lighthouses", 180, 13)
    assert len(lines) > 1
    assert all(wide(line, 13) <= 180 for line in lines)


def test_a_scale_draws_its_interval_between_two_discs() -> None:
    shown = strip([Scale("share", "20% to 40%", 0.2, 0.4, [Zone(0.5, 1, "supported from 50%")])], label="A share.")
    assert shown.count('class="fi"') == 6  # a stroke and two discs, in both widths
    assert "supported from 50%" in shown


def test_a_scale_without_a_measurement_draws_no_disc() -> None:
    assert 'class="fi"' not in strip([Scale("share", "nothing measured", None, None, [])], label="None.")


def matrix(number: int) -> Matrix:
    """A matrix of so many firms, each of which pays the next."""
    names = [f"Firm {n}" for n in range(number)]
    cells = [MatrixCell(a, b, "1", "buys", "buys", "filled", "p", LINK) for a, b in pairwise(names)]
    return Matrix([], names, [], names, cells)


def test_a_firm_that_pays_nobody_is_said_to() -> None:
    assert matrix_plot(matrix(4), label="Four.").count("pays no one by name") == 2  # wide and narrow


def test_a_matrix_that_fits_follows_the_page_and_a_larger_one_keeps_its_size() -> None:
    assert "min-width:" not in matrix_plot(matrix(4), label="Four.")
    large = matrix_plot(matrix(25), label="Many.")
    assert large.count("min-width:") == 2
    assert large.count(">buys</text>") == 48


def test_a_shape_inside_a_link_is_inside_its_element() -> None:
    canvas = Canvas(100, 40)
    canvas.rect(0, 0, 10, 10, "fw")
    with canvas.linked(LINK):
        canvas.circle(20, 20, 5, "fp")
        canvas.text(30, 20, "3", "b")
    shown = canvas.svg(label="A link.")
    assert re.search(r'class="fw"/>\s*<a class="n"[^>]*><path [^>]*class="fp"/>\s*<text [^>]*class="b">3</text>\s*</a>', shown)


def trend(*points: TrendPoint, name: str = "Tarnfell") -> Markup:
    """One line through points, its steps named by their numbers."""
    return trend_plot([TrendLine(name, points)], [str(n) for n in range(points[0].at, points[-1].at + 1)], label="One line.")


def point(at: int, value: float, kind: PointKind = "stated") -> TrendPoint:
    """An exact amount."""
    return TrendPoint(at, value, value, f"{value:g}", kind, LINK)


def test_a_trend_is_one_line_through_its_amounts_with_its_name_at_the_end() -> None:
    shown = trend(point(2029, 2.0), point(2030, 3.0), point(2031, 7.0))
    lines = re.findall(r'<path d="([^"]+)" class="sk"/>', shown)
    assert [line.count("L") for line in lines] == [2, 2]  # wide and narrow
    assert shown.count('class="fi"') == 6
    assert len(re.findall(r'class="b"[^>]*>Tarnfell</text>', shown)) == 2
    assert not re.search(r"#[0-9a-f]{6}\b|stroke=|style=\"fill|\bid=", shown)


def test_the_same_trend_gives_the_same_bytes() -> None:
    assert trend(point(2029, 2.0), point(2030, 3.0)) == trend(point(2029, 2.0), point(2030, 3.0))


def test_a_trend_is_dashed_towards_a_forecast_and_dotted_from_what_is_implied() -> None:
    shown = trend(point(2029, 2.0, "implied"), point(2030, 3.0), point(2031, 7.0), point(2032, 8.0, "forecast"))
    assert shown.count('class="si dot"') == 2
    assert shown.count('class="si dash"') == 2
    assert shown.count('class="fi"') == 4
    assert shown.count('class="fpaper"') == 4


def test_names_at_the_ends_of_lines_do_not_meet() -> None:
    lines = [TrendLine(name, [point(0, 1.0), point(1, 4.0 + n / 100)]) for n, name in enumerate(("Loam", "Brack", "Osier"))]
    shown = trend_plot(lines, ["2030", "2031"], label="Three.")
    wide_one = shown[: shown.index("</svg>")]
    tops = sorted(float(y) for y in re.findall(r'y="([\d.]+)" class="b"', wide_one))
    assert all(b - a >= 28 for a, b in pairwise(tops))


def test_the_first_amount_of_a_trend_is_written_beside_its_ring_where_the_line_leaves_no_room_above() -> None:
    first = TrendPoint(2030, 0.23, 0.23, "0.23 implied", "implied", LINK)
    assert trend(first, point(2031, 1.9)).count(">0.23 implied</text>") == 2


def test_no_trend_draws_nothing() -> None:
    assert trend_plot([], [], label="None.") == ""
