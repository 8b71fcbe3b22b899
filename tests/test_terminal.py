"""Nothing that an article, a name or a message holds is obeyed by a terminal, whichever command shows it."""

import io
import json
import os
import pty
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from corewatch.cli import run
from corewatch.terminal import OBEYED, UNSHOWABLE, Guarded, json_line, line

COMMAND = [sys.executable, "-m", "corewatch"]
# Clears the screen, sets the window's title, turns a line around, goes to the line's beginning, eight-bit control.
NASTY = "\x1b[2J\x1b]0;owned\x07\u202egnp\u202c\r\x9b31m"
NEWS = (
    f"Quartz{NASTY}line signs\n\nQuartz{NASTY}line Inc. said on March 28, 2025 that it will pay Or{NASTY}rin Corp. $11.9 billion "
    f"over five years for data centers.\n\nNvidia will invest $2 billion in Or{NASTY}rin, “a landmark{NASTY} deal,” said Orla Brandt.\n\n"
    "Microsoft pays CoreWeave $10 billion for compute capacity. Nvidia buys $100 million of CoreWeave shares.\n"
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("up 5%", "up 5%"),
        ("a\x1b[2Jb", "a\\x1b[2Jb"),
        ("one\r\ntwo\tthree", "one two three"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\x9b31m", "\\x9b31m"),
        ("half \ud83d", "half \\ud83d"),
        ("“Société Générale” – 半導体 🙂", "“Société Générale” – 半導体 🙂"),
    ],
)
def test_a_line_shows_what_a_terminal_would_obey(text: str, shown: str) -> None:
    assert line(text) == shown


def test_a_guarded_stream_keeps_lines_and_writes_out_the_rest() -> None:
    stream = io.StringIO()
    guarded = Guarded(stream)
    guarded.write(f"one\n\ttwo {NASTY}\n")
    guarded.writelines(["\x1b[0m"])
    assert stream.getvalue() == "one\n\ttwo \\x1b[2J\\x1b]0;owned\\x07\\u202egnp\\u202c\\x0d\\x9b31m\n\\x1b[0m"
    assert not hasattr(guarded, "buffer")


def test_json_says_the_same_and_can_be_shown() -> None:
    told = json_line(json.dumps({"a": NASTY}, ensure_ascii=False))
    assert not UNSHOWABLE.search(told)
    assert json.loads(told) == {"a": NASTY}


def shown(patch: pytest.MonkeyPatch, *arguments: str) -> str:
    """What a command writes to a terminal, with the line ends as it wrote them."""
    mine, its = pty.openpty()
    parts: list[bytes] = []

    def read() -> None:
        try:
            while part := os.read(mine, 1 << 16):
                parts.append(part)
        except OSError:
            # The other end is closed.
            return

    reader = threading.Thread(target=read)
    reader.start()
    with os.fdopen(its, "w", encoding="utf-8") as terminal, patch.context() as here:
        here.setattr(sys, "stdout", terminal)
        here.setattr(sys, "stderr", terminal)
        run(arguments)
    reader.join()
    os.close(mine)
    # A terminal ends a line with both.
    return b"".join(parts).decode().replace("\r\n", "\n")


def write_articles(seeds: Path) -> None:
    """Articles whose words, titles and names are hostile, and a correction that is too."""
    seeds.mkdir()
    (seeds / "note.txt").write_text(NEWS)
    (seeds / f"bad{NASTY}.txt").write_text(NEWS)
    (seeds / "broken.jsonl").write_text(json.dumps({"id": f"x{NASTY}", "text": NEWS, "title": NASTY}) + f'\n{{"{NASTY}\n')
    (seeds / "corrections.csv").write_text(f'doc_id,table,start,end,action,field,value,reason\n"no{NASTY}",figures,0,5,drop,,,gone\n')


def test_no_command_lets_an_article_speak_to_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_articles(Path("seeds"))
    Path("empty").mkdir()
    Path("empty/a.txt").write_text("Nothing is said here of anything.")
    commands = {
        "parse": ("parse", "seeds", "--out", "tables"),
        "parse nothing": ("parse", f"nothing{NASTY}", "--out", "x"),
        "explain": ("explain", "seeds/note.txt"),
        "explain deal": ("explain", "deal", f"no{NASTY}", "--in", "tables"),
        "changes": ("changes", "empty", "tables"),
        "changes json": ("changes", "empty", "tables", "--json"),
        "add": ("add", f"seeds/missing{NASTY}.txt", "--to", "new"),
        "loop": ("loop", "tables", "--draws", "10", "--core", f"Or{NASTY}rin"),
        "runs": ("runs", f"out{NASTY}"),
        "report": ("report", f"deal_sizes{NASTY}"),
        "usage": ("parse", f"--{NASTY}"),
    }
    said = {name: shown(monkeypatch, *arguments) for name, arguments in commands.items()}
    assert {name: sorted(set(OBEYED.findall(text))) for name, text in said.items()} == {name: [] for name in said}
    # Each of them had something of the kind to say, and said it so that it can be seen.
    written = {name for name, text in said.items() if "x1b[2J" in text or "u001b[2J" in text}
    assert written >= {"parse", "parse nothing", "explain", "explain deal", "add", "loop", "report", "usage"}
    assert "not read: bad\\x1b[2J" in said["parse"]
    assert "correction stale: figures of no\\x1b[2J" in said["parse"]


def test_a_process_of_its_own_is_guarded_too() -> None:
    given = json.dumps(f"$5{NASTY} billion").encode() + b"\n" + NASTY.encode()
    done = subprocess.run([*COMMAND, "figures", "--jsonl"], input=given, capture_output=True, check=False)
    assert done.stdout
    assert not OBEYED.search((done.stdout + done.stderr).decode())
