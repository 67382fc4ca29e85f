"""A checklist file from listed requirements: valid as it is, with comments that say what would sharpen it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from planchecker.authoring.compound import halves
from planchecker.authoring.items import Listed, Requirement
from planchecker.errors import UsageError
from planchecker.files import whole

_MAX_PARTS = 26  # parts are lettered
_HEAD = """\
# Made from {source}: {count} requirements, from {found}. It works as it is:
#     planchecker check draft.docx --checklist {file}
# To make the verdicts better, in this order (the first requirement shows where each goes):
#   parts      one for each thing that a requirement asks; those below were split at a plain "and" or from
#              the points listed: look whether they are right
#   exemplars  a few sentences that would meet the part, only touch it, or mislead
#   cues       words that on their own show that the subject is raised; counter_cues strike false ones out
#   specifics  which details make it met: number, percent, money, date, owner, mechanism, programme
#   advice     one sentence that tells the writer of the plan what to add
# After a change: planchecker checklist validate {file}
"""
_TO_ADD = """\
# cues: ["a word or phrase", "another ... phrase"]
# counter_cues: ["a phrase that holds a cue but means something else"]
# specifics: [date, owner]
# advice: "Say what will be done, by whom, and from when."
# exemplars:
#   met: ["A sentence that would meet this."]
#   partial: ["A sentence that only touches it."]
#   misleading: ["A sentence with the same words about something else."]
"""


def slug(text: str) -> str:
    """A checklist id made of a title or a file name."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "my-list"


def write_checklist(listed: Listed, source: str, path: Path, title: str = "") -> None:
    """Write a checklist file.

    Args:
        listed: the requirements.
        source: name of the file they come from; it stands as each requirement's source.
        path: the file to write; its name becomes the checklist's id.
        title: the checklist's title, or "" for the title of the source.

    Raises:
        UsageError: the file is there already or cannot be written.
    """
    text = checklist_text(listed, source, path.name, title)
    try:
        if path.exists():
            raise UsageError(f"{path}: there is a file of this name already; name another with -o.")
        with whole(path) as fresh:
            fresh.write_text(text, encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            f"{path}: the checklist cannot be written here ({reason}); name another with -o."
        ) from error


def checklist_text(listed: Listed, source: str, file: str, title: str = "") -> str:
    """The text of a checklist file (see `write_checklist`)."""
    file_name = re.sub(r"\s", "-", file)
    count = len(listed.requirements)
    head = _HEAD.format(
        source=_on_one_line(source), count=count, found=_on_one_line(listed.found_in), file=file_name
    )
    lines = [
        f"id: {slug(Path(file).stem)}",
        'version: "1"',
        f"title: {_quoted(title or listed.title)}",
        f"about: {_quoted(f'Our own list, made from {source}.')}",
        *_groups(listed.requirements, source),
    ]
    return head + "\n".join(lines) + "\n"


def _groups(requirements: Sequence[Requirement], source: str) -> Iterator[str]:
    ids = _ids(requirements)
    numbered = list(zip(ids, requirements, strict=True))
    groups = [(name, list(members)) for name, members in groupby(numbered, key=lambda one: one[1].group)]
    if len(groups) < 2:
        yield "features:"
        for number, (identifier, requirement) in enumerate(numbered):
            yield from _feature(identifier, requirement, source, "  ", number == 0)
        return
    yield "elements:"
    taken = {identifier.upper() for identifier in ids}
    names = (name for name in (f"E{n:02}" for n in range(1, 10_000)) if name not in taken)
    first = True
    for (name, members), element in zip(groups, names, strict=False):
        yield f"  - id: {element}"
        yield f"    name: {_quoted(name or 'Other requirements')}"
        yield "    features:"
        for identifier, requirement in members:
            yield from _feature(identifier, requirement, source, "      ", first)
            first = False


def _ids(requirements: Sequence[Requirement]) -> list[str]:
    """The author's own numbers where every requirement has one and no two are equal, else R1, R2 and so on."""
    labels = [re.sub(r"[^A-Za-z0-9.-]", "-", one.label)[:20] for one in requirements]
    own = [label if label[:1].isalpha() else f"R{label}" for label in labels]
    if all(labels) and Counter(label.upper() for label in own).most_common(1)[0][1] == 1:
        return own
    return [f"R{n}" for n in range(1, len(requirements) + 1)]


def _feature(identifier: str, one: Requirement, source: str, indent: str, is_first: bool) -> Iterator[str]:
    yield f"{indent}- id: {_quoted(identifier)}"
    inner = indent + "  "
    if one.name:
        yield f"{inner}name: {_quoted(one.name)}"
    yield f"{inner}requirement: {_quoted(_whole(one))}"
    yield f"{inner}provenance: own"
    where = f"{source}, {one.label}" if one.label else source
    yield f"{inner}sources: [{_quoted(where)}]"
    parts = _parts(one) or ([_whole(one)] if is_first else [])
    if not parts:
        return
    yield f"{inner}parts:"
    for letter, text in zip("abcdefghijklmnopqrstuvwxyz", parts, strict=False):
        yield f"{inner}  - id: {letter}"
        yield f"{inner}    text: {_quoted(text)}"
        if is_first and letter == "a":
            yield from (f"{inner}    {line}" for line in _TO_ADD.splitlines())


def _whole(one: Requirement) -> str:
    return f"{one.text.rstrip(' :')}: {'; '.join(one.points)}" if one.points else one.text


def _parts(one: Requirement) -> Sequence[str]:
    """The points beneath a requirement, else its two halves, else nothing."""
    if 1 < len(one.points) <= _MAX_PARTS:
        return one.points
    return () if one.points else halves(one.text) or ()


def _quoted(text: str) -> str:
    """A YAML string on one line; JSON's escapes are YAML's."""
    return (
        json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\u2028", " ").replace("\u2029", " ")
    )


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
