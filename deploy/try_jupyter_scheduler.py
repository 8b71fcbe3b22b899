"""Does the scheduler of JupyterLab run our notebooks, unchanged? Every notebook once, through its REST interface.

In: an environment that has JupyterLab and jupyter-scheduler, and beside it corewatch's own `.venv`, whose kernel it is given. Out: a line
for each job; an `AssertionError` where a job does not end well or its copy does not hold the report. Run by `make schedulers`.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv" / "bin" / "python"
TOKEN = "only-for-this-try"  # noqa: S105  # of a server that ends with this script
# A sentence of each report on tests/examples.
SAID = {
    "revenue_growth": "Quartzline",
    "deal_sizes": "$7.1 billion",
    "closed_loop": "Orrin Labs",
    "source_audit": "older/quartzline_results_again.md",
}
FORMATS = ["ipynb", "html"]
# In all for a job; a machine that is busy elsewhere may need ten times what an idle one does.
SECONDS = 3600


def main(environment: Path) -> None:
    """Try every notebook in the scheduler of `environment`."""
    give_kernel(environment)
    with tempfile.TemporaryDirectory(prefix="corewatch-scheduler-") as folder:
        notebooks = Path(folder, "notebooks")
        notebooks.mkdir()
        for name in SAID:
            (notebooks / f"{name}.ipynb").write_bytes((ROOT / "notebooks" / f"{name}.ipynb").read_bytes())
        with server(environment, Path(folder), notebooks) as ask:
            (there,) = ask("GET", "/scheduler/runtime_environments")
            for name in SAID:
                check(ask, name, create(ask, name, there["name"]), notebooks)


def give_kernel(environment: Path) -> None:
    """Let the kernel python3 of the server be the Python that has corewatch."""
    told = [PYTHON, "-m", "ipykernel", "install", "--prefix", environment, "--name", "python3", "--display-name", "Python 3 (corewatch)"]
    subprocess.run(told, check=True, capture_output=True)  # noqa: S603  # our own words


@contextmanager
def server(environment: Path, folder: Path, root: Path) -> Iterator[Any]:
    """JupyterLab at work in `root`, as a function that asks it something; it ends afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("DATA", "RUNTIME", "CONFIG")}
    told = [
        environment / "bin" / "jupyter-lab", "--no-browser", "--allow-root", f"--ServerApp.root_dir={root}", f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}",
    ]  # fmt: skip
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(told, stdout=log, stderr=log, cwd=root, env=os.environ | own, start_new_session=True)  # noqa: S603  # our own words

    def ask(method: str, path: str, body: object = None) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}",
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers={"Authorization": f"token {TOKEN}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310  # to the server that was just started
            return json.loads(answer.read() or b"null")

    try:
        wait(lambda: answers(ask), "the server does not answer")
        yield ask
    except BaseException:
        print((folder / "server.log").read_text()[-5000:])  # noqa: T201  # it says how it went
        raise
    finally:
        # With the processes of its jobs, which it would wait for.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def answers(ask: Any) -> bool:
    """Whether the server is there."""
    try:
        return bool(ask("GET", "/api"))
    except OSError:
        return False


def create(ask: Any, name: str, there: str) -> str:
    """A job for a notebook, by its id. The scheduler writes parameters into the notebook as they are, so that texts need their marks."""
    asked = {
        "name": name,
        "input_uri": f"{name}.ipynb",
        "runtime_environment_name": there,
        "output_formats": FORMATS,
        "parameters": {"seeds": json.dumps(str(ROOT / "tests" / "examples"))},
    }
    return str(ask("POST", "/scheduler/jobs", asked)["job_id"])


def check(ask: Any, name: str, job: str, root: Path) -> None:
    """Wait until a job is done, and look for the report in its files."""
    told: dict[str, Any] = {}

    def done() -> bool:
        told.update(ask("GET", f"/scheduler/jobs/{job}"))
        # Until its process has begun, the scheduler calls a job STOPPED.
        return told["status"] in ("COMPLETED", "FAILED")

    wait(done, f"{name} does not end")
    assert told["status"] == "COMPLETED", f"{name}: {told['status']}, {told.get('status_message')}"  # noqa: S101  # what is tried here
    ask("GET", f"/scheduler/jobs/{job}/download_files")
    # The files come one after the other, and each bit by bit.
    wait(lambda: len([*root.glob(f"jobs/*{job}/{name}*")]) == len(FORMATS) + 1, f"{name} has not all its files")
    wait(lambda: whole(root, job), f"the files of {name} are not whole")
    (page,), (copy,) = root.glob(f"jobs/*{job}/*.html"), root.glob(f"jobs/*{job}/{name}-2*.ipynb")
    cells = json.loads(copy.read_text())["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    outputs = json.dumps([cell["outputs"] for cell in code], ensure_ascii=False)
    assert SAID[name] in outputs, f"{name}: the copy does not say {SAID[name]}"  # noqa: S101  # what is tried here
    assert SAID[name] in page.read_text(), f"{name}: the page does not say {SAID[name]}"  # noqa: S101  # what is tried here
    assert all(cell["execution_count"] for cell in code), f"{name}: a cell did not run"  # noqa: S101  # what is tried here
    seconds = (told["end_time"] - told["start_time"]) / 1000
    print(f"{name}: {told['status']} in {seconds:.0f} s, {len(code)} cells, {page.stat().st_size:,} bytes of HTML")  # noqa: T201  # it says how it went


def whole(root: Path, job: str) -> bool:
    """Whether the files of a job were written to their ends."""
    texts = {path: path.read_text().rstrip() for path in root.glob(f"jobs/*{job}/*")}
    return all(text.endswith("</html>" if path.suffix == ".html" else "}") for path, text in texts.items())


def wait(done: Any, problem: str) -> None:
    """Wait until something is so; raises `AssertionError` where it does not come to be."""
    end = time.monotonic() + SECONDS
    while not done():
        if time.monotonic() > end:
            raise AssertionError(problem)
        time.sleep(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
