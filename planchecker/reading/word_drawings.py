"""Words kept in drawings: SmartArt is read; pictures of text, charts and objects are put on record."""

from __future__ import annotations

from planchecker.reading.word_package import Package, Relationship
from planchecker.reading.word_xml import DGM, OBJECT, WP, A, Element, R, whole

_EXTENT, _PICTURE_LINK = f"{{{WP}}}extent", f"{{{A}}}blip"
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"  # WordArt as Word wrote it before 2010
_GRAPHIC = f"{{{A}}}graphicData"
# Pictures from a quarter of an A4 page up may hold a "plan on a page"; smaller ones are logos,
# icons and photographs. In English Metric Units (360,000 a centimetre).
_LARGE_PICTURE = 360_000**2 * 21.0 * 29.7 / 4


class Drawings:
    """Reads drawings of one part.

    Args:
        package: the file.
        relations: what the part points to.
    """

    def __init__(self, package: Package, relations: dict[str, Relationship]) -> None:
        self._package, self._relations = package, relations
        self._read: set[str] = set()  # diagrams, so that one that is shown twice counts once

    def read(self, drawing: Element) -> tuple[list[str], str]:
        """The texts in a drawing, and what about it could not be read ("" if nothing)."""
        if drawing.tag == OBJECT:
            return [], _object(drawing)
        if shaped := [text for path in drawing.iter(_TEXT_PATH) if (text := path.get("string", "").strip())]:
            return shaped, ""
        for graphic in drawing.iter(_GRAPHIC):
            kind = graphic.get("uri", "").rpartition("/")[2]
            if kind == "diagram":
                return self._diagram(graphic), ""
            if kind.startswith("chart"):
                return [], "a chart; its labels and figures are not read"
        return [], _picture(drawing)

    def _diagram(self, graphic: Element) -> list[str]:
        """The texts of a SmartArt diagram, one for each of its shapes, in the author's order."""
        link = next(graphic.iter(f"{{{DGM}}}relIds"), None)
        relation = None if link is None else self._relations.get(link.get(f"{{{R}}}dm", ""))
        if relation is None or relation.external or relation.target in self._read:
            return []
        self._read.add(relation.target)
        root = self._package.xml(relation.target)
        texts = []
        for point in () if root is None else root.iter(f"{{{DGM}}}pt"):
            lines = (
                "".join(t.text or "" for t in paragraph.iter(f"{{{A}}}t")).strip()
                for paragraph in point.iter(f"{{{A}}}p")
            )
            texts.append(" ".join(line for line in lines if line))
        return [text for text in texts if text]


def _object(drawing: Element) -> str:
    """What an embedded object is; formulas of the old equation editor are not worth a word."""
    programs = (e.get("ProgID") for e in drawing.iter("{urn:schemas-microsoft-com:office:office}OLEObject"))
    program = next((p for p in programs if p), "")
    if not program or program.startswith("Equation"):
        return ""
    return f"an embedded object ({program.split('.')[0]}); its words are not read"


def _picture(drawing: Element) -> str:
    """A remark where a picture is large enough to hold text that matters."""
    extent = next(drawing.iter(_EXTENT), None)
    if extent is None or next(drawing.iter(_PICTURE_LINK), None) is None:
        return ""
    wide, high = whole(extent.get("cx")) or 0, whole(extent.get("cy")) or 0
    return "a large picture; words inside it are not read" if wide * high >= _LARGE_PICTURE else ""
