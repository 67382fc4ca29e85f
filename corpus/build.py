"""Builds the sample plans: Markdown and front matter in, the same Word and PDF bytes out every time.

python corpus/build.py            # all plans
python corpus/build.py NAME ...   # some
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from build_pdf import write_pdf
from build_word import write_word
from source import read_source

_CORPUS = Path(__file__).resolve().parent


def build(name: str, corpus: Path = _CORPUS, out: Path | None = None) -> None:
    """Write `plan.docx`, `plan.pdf` and `gold.json` of one plan into its folder."""
    source = read_source(corpus / "sources" / name / "plan.md")
    folder = (out or corpus / "plans") / name
    folder.mkdir(parents=True, exist_ok=True)
    write_word(source, folder / "plan.docx")
    write_pdf(source, folder / "plan.pdf")
    shutil.copyfile(corpus / "sources" / name / "gold.json", folder / "gold.json")


if __name__ == "__main__":
    names = sys.argv[1:] or sorted(p.parent.name for p in _CORPUS.glob("sources/*/plan.md"))
    for plan in names:
        build(plan)
        print(plan)
