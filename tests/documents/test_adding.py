"""One more article in a folder: copied or fetched, read first, with its line in sources.csv."""

import csv
import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from corewatch.cli import run
from corewatch.documents import fetching
from corewatch.documents.adding import add_article
from corewatch.documents.fetching import fetch, is_public, name_of
from corewatch.documents.reading import read_documents
from corewatch.documents.sources import read_sources
from corewatch.errors import InputError
from corewatch.tables import records

NEWS = "Quartzline signs with Orrin\n\nLONDON, March 28, 2025 (Wire) - Quartzline signed a five-year, $11.9 billion contract with Orrin.\n"
PAGE = f"""<html><head><title>Quartzline signs</title><meta property="og:site_name" content="The Ledger">
<meta property="article:published_time" content="2025-03-28"></head><body><article>
<h1>Quartzline signs</h1><p>{NEWS}</p></article></body></html>"""


class Site(BaseHTTPRequestHandler):
    """A web site with a few pages and every bad habit."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        path = self.path.split("?")[0]
        if path.startswith("/hop/"):
            count = int(path.removeprefix("/hop/"))
            self.answer(302, b"", {"Location": f"/hop/{count - 1}" if count else "/2025/quartzline-signs.html"})
        elif path == "/elsewhere":
            self.answer(302, b"", {"Location": f"http://{self.headers['Host'].replace('127.0.0.1', '127.0.0.2')}/note"})
        elif path == "/away":
            self.answer(301, b"", {"Location": "file:///etc/passwd"})
        elif path == "/2025/quartzline-signs.html":
            self.answer(200, PAGE.encode(), {"Content-Type": "text/html; charset=utf-8"})
        elif path == "/note":
            self.answer(200, NEWS.encode(), {"Content-Type": "text/plain"})
        elif path == "/vague.txt":
            self.answer(200, NEWS.encode(), {"Content-Type": "application/octet-stream"})
        elif path == "/packed":
            self.answer(200, gzip.compress(NEWS.encode()), {"Content-Type": "text/plain", "Content-Encoding": "gzip"})
        elif path == "/bomb":
            self.answer(200, gzip.compress(bytes(50_000_000)), {"Content-Type": "text/plain", "Content-Encoding": "gzip"})
        elif path == "/picture":
            self.answer(200, b"\x89PNG", {"Content-Type": "image/png"})
        elif path == "/large":
            self.answer(200, b"x" * 100_000, {"Content-Type": "text/plain"})
        elif path == "/drip":
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(200):
                    self.wfile.write(b"x")
                    time.sleep(0.05)
            except OSError:
                self.close_connection = True
        elif path == "/short":
            self.answer(200, b"cut", {"Content-Type": "text/plain", "Content-Length": "1000"})
            self.close_connection = True
        else:
            self.answer(404, b"no", {})

    def answer(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(content))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "sources.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_file_is_copied_with_what_it_says_of_itself(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(NEWS)
    added = add_article(tmp_path / "note.txt", tmp_path / "new" / "seeds", publisher="The Wire")
    assert added == tmp_path / "new" / "seeds" / "note.txt"
    assert added.read_text() == NEWS
    assert rows(added.parent) == [{"file": "note.txt", "url": "", "publisher": "The Wire", "published": "2025-03-28"}]


def test_the_other_lines_and_columns_of_the_sources_stay_as_they_are(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    before = 'note,file,publisher,published,url\r\n"mine, all",other.txt,,,'
    (seeds / "sources.csv").write_bytes(before.encode())
    (tmp_path / "a.txt").write_text(NEWS)
    add_article(tmp_path / "a.txt", seeds, url="https://w.example/a")
    assert (seeds / "sources.csv").read_bytes().decode() == f"{before}\n,a.txt,,2025-03-28,https://w.example/a\n"


def test_a_second_file_of_one_name_gets_a_number_and_the_same_bytes_are_refused(tmp_path: Path) -> None:
    for at in (1, 2):
        (tmp_path / str(at)).mkdir()
        (tmp_path / str(at) / "a.txt").write_text(NEWS + str(at))
    seeds = tmp_path / "seeds"
    assert [add_article(tmp_path / str(at) / "a.txt", seeds).name for at in (1, 2)] == ["a.txt", "a-2.txt"]
    with pytest.raises(InputError, match="has the same bytes; nothing was added"):
        add_article(tmp_path / "1" / "a.txt", seeds)
    assert sorted(path.name for path in seeds.iterdir()) == ["a-2.txt", "a.txt", "sources.csv"]


def test_a_name_that_a_spreadsheet_would_run_is_kept_from_it_and_still_read(tmp_path: Path) -> None:
    (tmp_path / "=a.txt").write_text(NEWS)
    add_article(tmp_path / "=a.txt", tmp_path / "seeds", publisher="@cmd|x")
    assert "\n'=a.txt,,'@cmd|x,2025-03-28\n" in (tmp_path / "seeds" / "sources.csv").read_text()
    assert read_sources(tmp_path / "seeds")["=a.txt"].publisher == "@cmd|x"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.exe", b"MZ", "gives no article (unsupported"),
        ("a.txt", b"", "gives no article (empty"),
        ("missing.txt", None, "no such file"),
        ("a.html", b"<html></html>", "gives no article (no_text"),
    ],
)
def test_what_gives_no_article_is_not_added(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        add_article(tmp_path / name, tmp_path / "seeds")
    assert said in str(caught.value)
    assert not (tmp_path / "seeds").exists()


def test_a_page_is_fetched_through_redirects_with_its_metadata(tmp_path: Path, site: str) -> None:
    added = add_article(f"{site}/hop/4", tmp_path, allow_private=True)
    assert added.name == "quartzline-signs.html"
    (row,) = rows(tmp_path)
    assert row == {
        "file": "quartzline-signs.html", "url": f"{site}/2025/quartzline-signs.html", "publisher": "The Ledger", "published": "2025-03-28",
    }  # fmt: skip
    (document,) = records(read_documents([tmp_path])[0])
    assert (document["publisher"], document["url"]) == ("The Ledger", row["url"])


@pytest.mark.parametrize("path", ["/note", "/vague.txt", "/packed"])
def test_a_text_is_fetched_however_it_is_sent(site: str, path: str) -> None:
    found = fetch(site + path, seconds=10, most=1000, allow_private=True)
    assert (found.content, found.ending) == (NEWS.encode(), ".txt")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/hop/9", "more than 5 redirects"),
        ("/away", "no address that is fetched"),
        ("/nowhere", "the server answers 404"),
        ("/picture", "is image/png and no article"),
        ("/large", "it has more than 1,000 bytes"),
        ("/bomb", "it has more than 1,000 bytes"),
        ("/drip", "no answer in 1 seconds"),
        ("/short", "the answer broke off"),
    ],
)
def test_what_cannot_be_fetched_is_said(site: str, path: str, said: str) -> None:
    started = time.monotonic()
    with pytest.raises(InputError) as caught:
        fetch(site + path, seconds=1 if path == "/drip" else 20, most=1000, allow_private=True)
    assert said in str(caught.value)
    assert time.monotonic() - started < 10


def test_this_machine_and_private_networks_are_refused_before_anything_is_asked(site: str) -> None:
    Site.asked.clear()
    for url in (site, site.replace("127.0.0.1", "localhost"), site.replace("127.0.0.1", "[::1]"), site.replace("127.0.0.1", "2130706433")):
        with pytest.raises(InputError, match=r"private network; allow it with --allow-private|check the address"):
            fetch(f"{url}/note", seconds=5, most=1000, allow_private=False)
    assert Site.asked == []


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1:248:1893:25c8:1946", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("172.16.0.1", False), ("192.168.0.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.1", False),
        ("224.0.0.1", False), ("::1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False), ("64:ff9b::a00:1", False),
    ],
)  # fmt: skip
def test_only_numbers_of_the_open_internet_are_public(number: str, public: bool) -> None:
    assert is_public(number) is public


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/x", "http://user:secret@a.example/", "http:///x", "gopher://a.example"]
)
def test_other_addresses_are_refused_and_no_secret_is_repeated(url: str) -> None:
    with pytest.raises(InputError) as caught:
        add_article(url, "seeds")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.example/2025/Chips-run short?x=1", "chips-run-short"),
        ("https://a.example/", "a-example"),
        ("https://a.example/news/12345/", "news"),
        ("https://a.example/..%2f..%2fetc%2fpasswd", "passwd"),
        ("https://a.example/" + "x" * 300, "x" * 80),
    ],
)
def test_a_fetched_article_has_a_plain_name(url: str, name: str) -> None:
    assert name_of(url) == name


def test_the_command_says_where_the_article_is_or_why_not(tmp_path: Path, site: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note.txt").write_text(NEWS)
    assert (
        run(["add", str(tmp_path / "note.txt"), f"{site}/2025/quartzline-signs.html", "--to", str(tmp_path / "to"), "--allow-private"]) == 0
    )
    assert capsys.readouterr().out.split() == [str(tmp_path / "to" / name) for name in ("note.txt", "quartzline-signs.html")]
    assert run(["add", f"{site}/note", "--to", str(tmp_path / "to")]) == 1
    assert "allow it with --allow-private" in capsys.readouterr().err


def test_an_article_that_has_most_of_its_words_from_another_is_added_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = "Quartzline leased hall {} of the old mill at Tarn from Orrin for {} years and paid for it in shares. "
    wire = "".join(told.format(at, at + 3) for at in range(9))
    for name, text in {"wire.txt": wire, "paper.txt": f"From the wire\n\n{wire}", "other.txt": NEWS}.items():
        (tmp_path / name).write_text(text)
    folder = tmp_path / "seeds"
    assert run(["add", str(tmp_path / "wire.txt"), "--to", str(folder), "--published", "2025-03-27"]) == 0
    assert capsys.readouterr().err == ""
    assert run(["add", str(tmp_path / "other.txt"), str(tmp_path / "paper.txt"), "--to", str(folder)]) == 0
    assert capsys.readouterr().err == "copy: paper.txt has most of its words from wire.txt; the two count as one source\n"


def test_an_article_that_cannot_be_added_keeps_none_of_the_others_out(
    tmp_path: Path, site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "note.txt").write_text(NEWS)
    given = [str(tmp_path / "missing.txt"), str(tmp_path / "note.txt"), f"{site}/nowhere", f"{site}/2025/quartzline-signs.html"]
    assert run(["add", *given, "--to", str(tmp_path / "to"), "--allow-private"]) == 3
    said = capsys.readouterr()
    assert said.out.split() == [str(tmp_path / "to" / name) for name in ("note.txt", "quartzline-signs.html")]
    assert [one.split(": ")[1] for one in said.err.splitlines()] == [str(tmp_path / "missing.txt"), f"{site}/nowhere"]
    assert [row["file"] for row in rows(tmp_path / "to")] == ["note.txt", "quartzline-signs.html"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--url", "notaurl"], "'notaurl' is no address on the web"),
        (["--url", "javascript:alert(1)"], "is no address on the web"),
        (["--url", "https://a.example/ x"], "is no address on the web"),
        (["--url", "https://["], "is no address on the web"),
        (["--published", "28.3.2025"], "'28.3.2025' is no date"),
        (["--published", "2025-02-30"], "'2025-02-30' is no date"),
        (["--timeout", "0"], "0.0 is not in the range"),
        (["other.txt", "--url", "https://a.example/x"], "--url is the address of one file"),
        (["--to", ""], "an empty path was given"),
    ],
)
def test_a_wrong_argument_is_said_before_anything_is_done(
    tmp_path: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "note.txt").write_text(NEWS)
    assert run(["add", str(tmp_path / "note.txt"), "--to", str(tmp_path / "to"), *options]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "to").exists()


def test_the_same_article_is_recognised_by_its_bytes_and_by_its_address(
    tmp_path: Path, site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = f"{site}/2025/quartzline-signs.html"
    (tmp_path / "note.txt").write_text(NEWS)
    (tmp_path / "later.txt").write_text(NEWS + "Corrected.")
    to = ["--to", str(tmp_path / "to"), "--allow-private"]
    assert run(["add", str(tmp_path / "note.txt"), "--url", "https://l.example/q", *to]) == 0
    assert run(["add", page, *to]) == 0
    assert run(["add", str(tmp_path / "note.txt"), *to]) == 1
    assert "has the same bytes; nothing was added" in capsys.readouterr().err
    assert run(["add", str(tmp_path / "later.txt"), "--url", "https://l.example/q", *to]) == 1
    assert f"{tmp_path / 'to' / 'note.txt'} is from there already" in capsys.readouterr().err
    Site.asked.clear()
    assert run(["add", page, *to]) == 1
    assert "is from there already" in capsys.readouterr().err
    assert Site.asked == []
    assert len(rows(tmp_path / "to")) == 2


def test_a_redirect_into_a_private_network_is_refused_before_anything_is_asked(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # One address of this machine stands for the open internet, so that another one can be the private network.
    monkeypatch.setattr(fetching, "is_public", lambda number: number == "127.0.0.1")
    Site.asked.clear()
    with pytest.raises(InputError, match=r"leads to 127\.0\.0\.2, which is this machine or a private network"):
        fetch(f"{site}/elsewhere", seconds=10, most=1000, allow_private=False)
    assert Site.asked == ["/elsewhere"]


def test_the_connection_goes_to_the_number_that_was_looked_at(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # A name server that answers with a public number first and with a private one when it is asked again.
    port = int(site.rsplit(":", 1)[1])
    answers = iter(["127.0.0.1", "127.0.0.2", "127.0.0.2"])
    monkeypatch.setattr(fetching, "is_public", lambda number: number == "127.0.0.1")
    looked_up = socket.getaddrinfo

    def changing(host: str, *rest: Any, **more: Any) -> Any:
        return looked_up(next(answers) if host == "rebinding.example" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    assert fetch(f"http://rebinding.example:{port}/note", seconds=10, most=1000, allow_private=False).content == NEWS.encode()
    assert next(answers) == "127.0.0.2"


def test_one_private_number_among_those_of_a_name_is_enough_to_refuse_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "is_public", lambda number: number == "127.0.0.1")
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in ("127.0.0.1", "127.0.0.3")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: both)
    with pytest.raises(InputError, match=r"leads to 127\.0\.0\.3"):
        fetch("http://both.example/", seconds=5, most=1000, allow_private=False)
