"""A project in miniature: articles in a folder, and notebooks that do next to nothing."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from corewatch.report.parameters import REPORTS

ARTICLE = (
    "Tarnfell agreed to pay Quillon $3.4 billion over six years for computing power.\n\nRevenue of Quillon was $800 million in 2031.\n"
)
GOOD = "print(len(list(__import__('pathlib').Path(tables).iterdir())))"
TOLD = 'tables: str = ""  # folder\nseeds: str = "seeds"  # articles\ncorrections: bool = True  # apply\nmin_usd: float = 0.0  # least'


def notebook(folder: Path, name: str, *cells: str, question: str = "") -> Path:
    """A notebook with a title, a cell of parameters and these cells."""
    parameters = new_code_cell(TOLD, metadata={"tags": ["parameters"]})
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    made = new_notebook(cells=[new_markdown_cell(f"# {question or name}"), parameters, *map(new_code_cell, cells)], metadata=metadata)
    for number, cell in enumerate(made.cells):
        cell.id = f"{number:02d}"
    path = folder / "notebooks" / f"{name}.ipynb"
    path.parent.mkdir(exist_ok=True)
    nbformat.write(made, path)
    return path


def project(folder: Path) -> Path:
    """A folder with an article and four small notebooks."""
    (folder / "seeds").mkdir(parents=True)
    (folder / "seeds" / "tarnfell.txt").write_text(ARTICLE)
    for name in REPORTS:
        notebook(folder, name, GOOD)
    return folder


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a run but its manifest, which tells times."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
