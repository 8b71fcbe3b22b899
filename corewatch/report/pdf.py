"""Pages as PDF, printed by Chromium: each on paper as its style sheet has it, with page numbers.

In: a site's folder and the names of its reports. Out: `NAME.pdf` beside `NAME.html`.

Judgements made here: what is printed can be sent on alone, so that a number leads to its sentence in the list of evidence inside the
document, links to the web stay, and links to files beside the page lose their way there; Chromium would write where the site lies on this
machine into each of them. The times that Chromium writes are those of an edition, which knows none, so that the same page gives the same
bytes with the same Chromium.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from corewatch.errors import ReportError

# The variable that names the program, and what it is called on the systems that have it.
VARIABLE = "COREWATCH_CHROMIUM"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A page of 200 deals takes four seconds on a quiet machine.
SECONDS = 180
AT_A_TIME = 2
NO_TIME = b"D:20000101000000+00'00'"
LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)


def find_chromium() -> str:
    """The program that prints. Raises `ReportError` that names what to install where there is none."""
    named = os.environ.get(VARIABLE)
    if named:
        if shutil.which(named) is None:
            raise ReportError(f"{VARIABLE} is {named}, which is no program; let it name Chromium's, or leave it away")
        return named
    for name in PROGRAMS:
        if found := shutil.which(name):
            return found
    raise ReportError(
        f"no Chromium to print PDFs with: install it (on Debian: apt install chromium), name its program in {VARIABLE}, or leave --pdf away"
    )


def chromium_version() -> str:
    """The program's own name and version, `Chromium 150.0.7871.100`: what is printed depends on it. Raises `ReportError` without one."""
    program = find_chromium()
    try:
        ran = subprocess.run([program, "--version"], capture_output=True, timeout=SECONDS, check=True)  # noqa: S603  # the reader's own browser
    except (OSError, subprocess.SubprocessError) as error:
        raise ReportError(f"{program} does not run ({error}); set {VARIABLE} to another Chromium, or leave --pdf away") from error
    said = re.search(r"\S+(?: \S+)? [\d.]+", ran.stdout.decode("utf-8", "replace"))
    return said.group() if said else "unknown"


def print_reports(site: Path, names: Iterable[str]) -> list[Path]:
    """Print each report's page of a site; returns the files. Raises `ReportError` where that cannot be done, and leaves none behind."""
    program = find_chromium()

    def print_one(name: str) -> Path:
        path = site / f"{name}.pdf"
        path.write_bytes(printed((site / f"{name}.html").read_text(encoding="utf-8"), program))
        return path

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        return list(pool.map(print_one, names))


def printed(page: str, program: str) -> bytes:
    """A page as PDF. It is printed from a folder of its own, so that nothing of the site's place can get into it."""
    with tempfile.TemporaryDirectory(prefix="corewatch-") as folder:
        source, made = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(paper_copy(page), encoding="utf-8")
        # A browser without its sandbox for who is root, in a container; the page has no scripts and asks for nothing.
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command = [
            program, "--headless", *root, "--disable-gpu", "--disable-extensions", "--no-first-run", f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer", f"--print-to-pdf={made}", source.as_uri(),
        ]  # fmt: skip
        try:
            ran = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  # the reader's own browser
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ReportError(f"{program} could not print: {error}; set {VARIABLE} to another Chromium, or leave --pdf away") from error
        if ran.returncode or not made.is_file():
            said = ran.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it said nothing"]
            raise ReportError(f"{program} printed nothing ({said[0][:200]}); set {VARIABLE} to another Chromium, or leave --pdf away")
        return timeless(made.read_bytes())


def paper_copy(page: str) -> str:
    """A page for printing: without scripts, its links led to places inside it or to the web."""
    page = re.sub(r"<script>.*?</script>\n?", "", page, flags=re.DOTALL)
    return LINK.sub(paper_link, page)


def paper_link(found: re.Match[str]) -> str:
    """A link as paper has it: to the item of evidence of a number, else as it is if it leads there, else only its words."""
    attributes, words = found.groups()
    item = re.search(r'\bdata-e="(\w+)"', attributes)
    if item:
        inside = re.sub(r'href="[^"]*"', f'href="#e{item[1]}"', attributes)
        return f"<a{inside}>{words}</a>"
    href = re.search(r'\bhref="([^"]*)"', attributes)
    kept = href is None or href[1].startswith(("#", "https://", "http://"))
    return found.group() if kept else words


def timeless(pdf: bytes) -> bytes:
    """The file with its times, of the same length, those of no day."""
    return re.sub(rb"(/(?:CreationDate|ModDate) \()D:\d{14}[+-]\d\d'\d\d'", rb"\1" + NO_TIME, pdf)
