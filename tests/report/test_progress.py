"""What a run says while it works, on a terminal and in a log."""

import io
import json
import os
import select

from corewatch.report.progress import Progress


def test_a_log_has_a_line_a_step() -> None:
    log = io.StringIO()
    with Progress(2, log) as said:
        said.step("three articles read")
        said.step("done")
    assert log.getvalue() == "[1/2] three articles read\n[2/2] done\n"


def test_a_log_for_programs_has_events_and_facts_and_no_words() -> None:
    log = io.StringIO()
    with Progress(1, log, as_json=True) as said:
        said.step("deal_sizes: cell 3: ValueError: words of an article", "notebook", report="deal_sizes", cell=3, error="ValueError")
    line = json.loads(log.getvalue())
    assert line.pop("time").endswith("+00:00")
    assert line == {"event": "notebook", "step": 1, "of": 1, "report": "deal_sizes", "cell": 3, "error": "ValueError"}


def test_a_terminal_has_a_bar_that_names_the_step_even_if_it_tells_no_size() -> None:
    reader, terminal = os.openpty()
    with os.fdopen(terminal, "w", encoding="utf-8") as stream, Progress(2, stream) as said:
        said.step("three articles read")
        stream.flush()
        shown = ""
        # A terminal hands over what was written piece by piece.
        while "three articles read" not in shown and select.select([reader], [], [], 10)[0]:
            shown += os.read(reader, 4096).decode("utf-8")
    os.close(reader)
    assert "1/2 three articles read" in shown
    assert "\r" in shown
