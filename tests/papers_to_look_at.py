"""The sample maps as papers in every sort of document, and their pages as grey pictures.

    .venv/bin/python -m tests.papers_to_look_at FOLDER

For somebody to look at before a release: what a page looks like no test can say. Word and
PowerPoint files are opened in LibreOffice (Debian: libreoffice-writer-nogui,
libreoffice-impress-nogui), pages are drawn by pdftoppm (poppler-utils).
"""

import subprocess
import sys
import time
from pathlib import Path

from click.testing import CliRunner

from api.cli import main

FIXTURES = Path(__file__).parents[1] / "fixtures"
QUESTIONS = ("brokers", "central", "gaps", "joint-posts", "five-factors")
FIGURES = ("", "shows=matrix", "shows=before_after&before=2009-03-01")
FRONT = ("--meeting", "Partnership Board", "--item", "7.2", "--purpose", "discussion")
DOTS_PER_INCH = "70"


def papers(folder: Path) -> list[Path]:
    """Write each sample map as .docx, .pdf and .pptx, and say how long each took."""
    written = []
    for sample in sorted(FIXTURES.glob("*.json")):
        store = f"sqlite:///{folder}/{sample.stem}.db"
        _run(store, "import", str(sample))
        for ending in ("docx", "pdf", "pptx"):
            target = folder / f"{sample.stem}.{ending}"
            asked = [word for one in QUESTIONS for word in ("--question", one)]
            asked += [word for one in FIGURES for word in ("--figure", one)]
            begun = time.perf_counter()
            _run(store, "paper", "", "--to", str(target), "--pictures", *FRONT, *asked)
            print(f"{target}: {time.perf_counter() - begun:.1f} s", flush=True)
            written.append(target)
    return written


def pages(document: Path) -> None:
    """Draw every page of a document in grey, beside it."""
    pdf = document
    if document.suffix != ".pdf":
        pdf = document.with_name(f"{document.stem}-{document.suffix[1:]}") / f"{document.stem}.pdf"
        office = ("soffice", f"-env:UserInstallation=file://{document.parent}/office", "--headless")
        to_pdf = ("--convert-to", "pdf", "--outdir", str(pdf.parent), str(document))
        subprocess.run([*office, *to_pdf], check=True, capture_output=True)
    name = f"{document.stem}-{document.suffix[1:]}-page"
    drawn = ("pdftoppm", "-gray", "-png", "-r", DOTS_PER_INCH, str(pdf), str(pdf.parent / name))
    subprocess.run(drawn, check=True, capture_output=True)
    number = len(list(pdf.parent.glob(f"{name}-*.png")))
    print(f"{document}: {number} pages as {pdf.parent / name}-*.png", flush=True)


def _run(store: str, *words: str) -> None:
    found = CliRunner().invoke(main, ["--store", store, *words])
    if found.exit_code:
        sys.exit(found.output)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name a folder that is not there yet, for the papers and their pages.")
    where = Path(sys.argv[1]).resolve()
    where.mkdir(parents=True)
    for paper in papers(where):
        pages(paper)
