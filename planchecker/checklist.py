"""A checklist: elements, each with features, each with the parts that a plan has to show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Provenance(StrEnum):
    """How sure the wording of a requirement is; every report shows it."""

    QUOTED = "quoted"  # seen in a public source
    RECALLED = "recalled"  # detailed recollection; the subject is evidenced, the wording is not
    RECONSTRUCTED = "reconstructed"  # that it is a separate requirement is inferred
    OWN = "own"  # the user's own list
    UNSTATED = "unstated"

    @property
    def meaning(self) -> str:
        """The provenance as a sentence for readers of a report."""
        return _MEANINGS[self]


_MEANINGS = {
    Provenance.QUOTED: "Part of its wording was seen in a public source.",
    Provenance.RECALLED: "Subject evidenced; the wording is a recollection, not a quotation.",
    Provenance.RECONSTRUCTED: "Subject evidenced; that it is a separate feature is inferred.",
    Provenance.OWN: "Written by the owner of this checklist.",
    Provenance.UNSTATED: "The checklist does not say where this comes from.",
}


class Specific(StrEnum):
    """A kind of concrete detail that turns a subject raised into something shown."""

    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    OWNER = "owner"
    MECHANISM = "mechanism"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class Cue:
    """A term that on its own shows that a part's subject is raised.

    Attributes:
        term: the words; a capital letter asks for the same case, " ... " allows a gap of
            at most six words.
        near: if given, one of these must stand in the same passage.
    """

    term: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exemplars:
    """Sentences that would meet a part, meet it partly, or mislead a reader of words only."""

    met: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()
    misleading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One half of a compound requirement, or all of a simple one."""

    id: str
    text: str
    cues: tuple[Cue, ...] = ()
    hints: tuple[str, ...] = ()
    counter_cues: tuple[str, ...] = ()
    specifics: tuple[Specific, ...] = ()
    advice: str = ""
    exemplars: Exemplars = Exemplars()


@dataclass(frozen=True, slots=True)
class Feature:
    """One requirement.

    Attributes:
        id: stable name, such as "F06".
        name: short name for tables.
        requirement: what a plan is asked to show.
        gloss: how the requirement is to be read, or "".
        provenance: how sure the wording is.
        sources: where subject or wording was found.
        parts: at least one; all of them must be shown for the feature to be met.
        same_as: the feature of another list that it shares, as "list/F18", or ""; its parts are that feature's.
    """

    id: str
    name: str
    requirement: str
    parts: tuple[Part, ...]
    gloss: str = ""
    provenance: Provenance = Provenance.UNSTATED
    sources: tuple[str, ...] = ()
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """A group of features that are read together."""

    id: str
    name: str
    features: tuple[Feature, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """A versioned list of requirements.

    Attributes:
        id: stable name, used by `--checklist`.
        version: version of this list.
        title: the list's title.
        elements: its elements, in order.
        about: where the list comes from.
        national_phrases: wording of the ask itself; repeating it shows nothing local.
        exemplar_file: vectors of many more exemplars, or None.
    """

    id: str
    version: str
    title: str
    elements: tuple[Element, ...]
    about: str = ""
    national_phrases: tuple[str, ...] = ()
    exemplar_file: Path | None = None

    @property
    def features(self) -> Iterator[Feature]:
        """All features, in order."""
        return (feature for element in self.elements for feature in element.features)

    def feature(self, feature_id: str) -> Feature | None:
        """The feature with this id (any case), or None."""
        wanted = feature_id.upper()
        return next((f for f in self.features if f.id.upper() == wanted), None)
