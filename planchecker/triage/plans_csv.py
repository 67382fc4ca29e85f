"""`plans.csv`: what the people who sent the plans in know about them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from planchecker.errors import PlansFileError
from planchecker.triage.batch import Metadata
from planchecker.triage.metadata import dates_in

_FIELDS = ("organisation", "unit_of_planning", "draft_date")
_EXAMPLE = "file,organisation,unit_of_planning,draft_date"


@dataclass(frozen=True, slots=True)
class Given:
    """What was given about plans.

    Attributes:
        rows: what was given, by the plan's name.
        unmatched: files that a row names and that are not, or not surely, among the plans.
    """

    rows: Mapping[str, Metadata] = field(default_factory=dict)
    unmatched: tuple[str, ...] = ()

    def about(self, name: str, found: Metadata) -> Metadata:
        """What is known about a plan: what was given stands before what was found in the document."""
        given = self.rows.get(name)
        if given is None:
            return found
        return replace(found, given=given.given, **{name: getattr(given, name) for name in given.given})


def load_plans_csv(files: Iterable[Path], names: Sequence[str]) -> Given:
    """Read what is given about plans; later files stand before earlier ones.

    Args:
        files: CSV files with a column `file` and any of organisation, unit_of_planning and draft_date.
        names: the names of the plans in the batch; a row may give the last parts of one.

    Raises:
        PlansFileError: a file is not such a table, or gives a date that is none.
    """
    rows: dict[str, Metadata] = {}
    unmatched: list[str] = []
    for file in files:
        for wanted, metadata in _rows(file):
            matching = [name for name in names if _is_meant(wanted, name)]
            if len(matching) == 1:
                rows[matching[0]] = metadata
            else:
                unmatched.append(wanted)
    return Given(rows, tuple(unmatched))


def _is_meant(wanted: str, name: str) -> bool:
    wanted, name = wanted.replace("\\", "/").strip("/").casefold(), name.casefold()
    return name == wanted or name.endswith(f"/{wanted}")


def _rows(file: Path) -> Iterator[tuple[str, Metadata]]:
    try:
        text = file.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise PlansFileError(file, None, "", f"it cannot be opened ({error.strerror})", _EXAMPLE) from error
    first = text.partition("\n")[0]
    table = csv.DictReader(text.splitlines(), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        columns = {
            (column or "").strip().lower().replace(" ", "_"): column for column in table.fieldnames or ()
        }
        if "file" not in columns:
            raise PlansFileError(file, 1, "", "there is no column 'file' that names the plans", _EXAMPLE)
        for row in table:
            cells = {field: str(row[column] or "").strip() for field, column in columns.items()}
            if cells["file"]:
                yield cells["file"], _metadata(file, table.line_num, cells)
    except csv.Error as error:
        raise PlansFileError(file, table.line_num, "", f"this is no CSV ({error})", _EXAMPLE) from error


def _metadata(file: Path, line: int, cells: Mapping[str, str]) -> Metadata:
    told = {field: cells[field] for field in _FIELDS if cells.get(field)}
    if "draft_date" in told:
        dates = list(dates_in(told["draft_date"]))
        if not dates:
            problem = f"'{told['draft_date'][:40]}' is no date"
            raise PlansFileError(file, line, "draft_date", problem, "2014-04-04, 04/04/2014 or April 2014")
        told["draft_date"] = dates[0]
    return Metadata(**told, given=tuple(told))
