"""The notebooks as analysts and schedulers run them: cell by cell in JupyterLab's server, and through papermill alone."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
import pytest
import websocket

from corewatch.report.parameters import REPORTS

# One server for all of them.
pytestmark = pytest.mark.xdist_group("jupyter")

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
PATIENCE = 120


@dataclass
class Server:
    """JupyterLab's own server on this machine alone."""

    port: int
    token: str

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """The answer of its REST interface."""
        request = urllib.request.Request(  # http on the loopback
            f"http://127.0.0.1:{self.port}/api/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310  # a server on the loopback that the test started
            return json.loads(answer.read() or "null")


@dataclass
class Ran:
    """What a cell gave."""

    status: str
    shown: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("jupyter")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Server(port, secrets.token_hex(16))
    names = {f"JUPYTER_{kind}_DIR": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "RUNTIME")}
    options = ["--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    command = [sys.executable, "-m", "jupyterlab", *options, f"--IdentityProvider.token={made.token}", f"--ServerApp.root_dir={NOTEBOOKS}"]
    with (home / "log").open("w") as log, subprocess.Popen(command, env=os.environ | names, stdout=log, stderr=log) as process:
        try:
            wait_for(made, process, home / "log")
            yield made
        finally:
            process.terminate()


def wait_for(server: Server, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the server answers."""
    for _ in range(PATIENCE * 5):
        assert process.poll() is None, log.read_text()
        try:
            server.ask("status")
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"the server did not answer: {log.read_text()}")


def run_cell(channel: websocket.WebSocket, source: str) -> Ran:
    """Run a cell over the kernel's channels, as a notebook in the browser does."""
    message = uuid.uuid4().hex
    header = {"msg_id": message, "msg_type": "execute_request", "username": "", "session": message, "version": "5.4"}
    content = {"code": source, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    channel.send(json.dumps({"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}))
    ran, idle = Ran(""), False
    while not (idle and ran.status):
        reply = json.loads(channel.recv())
        if reply["parent_header"].get("msg_id") != message:
            continue
        kind = reply["header"]["msg_type"]
        idle = idle or (kind == "status" and reply["content"]["execution_state"] == "idle")
        if kind == "execute_reply":
            ran.status = reply["content"]["status"]
        elif kind in ("execute_result", "display_data"):
            ran.shown.append(reply["content"]["data"])
        elif kind == "error":
            pytest.fail("\n".join(reply["content"]["traceback"]))
    return ran


@pytest.mark.parametrize("name", REPORTS)
def test_a_notebook_runs_cell_by_cell_in_jupyterlab(server: Server, name: str) -> None:
    cells = server.ask(f"contents/{name}.ipynb")["content"]["cells"]
    path = {"path": f"{name}.ipynb", "name": name, "type": "notebook", "kernel": {"name": "python3"}}
    kernel = server.ask("sessions", path)["kernel"]["id"]
    channel = websocket.create_connection(
        f"ws://127.0.0.1:{server.port}/api/kernels/{kernel}/channels?token={server.token}", timeout=PATIENCE
    )
    try:
        ran = [run_cell(channel, "".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]
    finally:
        channel.close()
    assert [cell.status for cell in ran] == ["ok"] * len(ran)
    assert all(cell.shown and "text/html" in cell.shown[0] for cell in ran[2:])


def test_papermill_alone_runs_a_notebook_from_another_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "papermill", str(NOTEBOOKS / "deal_sizes.ipynb"), "out.ipynb", "-p", "min_usd", "1e9"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    executed = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    code = [cell for cell in executed.cells if cell.cell_type == "code"]
    assert any("min_usd = 1000000000.0" in cell.source for cell in code)
    assert all(cell.execution_count for cell in code)
    # The last cell says how the page was made.
    assert "min_usd = 1000000000.0" in code[-1].outputs[0].data["text/html"]


def test_jupyterlab_offers_the_page_in_its_export_menu_and_makes_it(server: Server) -> None:
    assert server.ask("nbconvert")["corewatch"]["output_mimetype"] == "text/html"
    request = urllib.request.Request(  # http on the loopback
        f"http://127.0.0.1:{server.port}/nbconvert/corewatch/deal_sizes.ipynb?download=true",
        headers={"Authorization": f"token {server.token}"},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310  # a server on the loopback that the test started
        name, page = answer.headers["Content-Disposition"], answer.read().decode()
    assert "deal_sizes.html" in name
    assert "default-src 'none'" in unescape(page)
    assert "· corewatch</title>" in page
    assert "has not been run" in page
