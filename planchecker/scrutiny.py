"""What was found beyond the checklist: how the plan's figures stand to dated rules, and to one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Ruling(StrEnum):
    """How a plan stands to a rule."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_FOUND = "not_found"
    CANNOT_TELL = "cannot_tell"

    @property
    def words(self) -> str:
        """The ruling as reports print it."""
        return {"agrees": "Agrees", "differs": "Differs", "not_found": "Not found"}.get(
            self.value, "Cannot tell"
        )


class Certainty(StrEnum):
    """How sure a rule itself is; reports show it, and only sourced rules are called rules."""

    SOURCED = "sourced"  # seen in a public source
    RECALLED = "recalled"  # recollection that no source confirmed: shown as advice
    INFERRED = "inferred"  # follows from the purpose of the plan, not from a text: shown as advice


class Severity(StrEnum):
    """How much a slip matters to a reader of the plan."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Quote:
    """The plan's own words, with where they stand.

    Attributes:
        text: the passage.
        page: page it begins on, counted from 1, or None.
        heading: the headings it stands under, outermost first.
        block: number of the block it stands in.
    """

    text: str
    page: int | None
    heading: tuple[str, ...]
    block: int


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What a plan says about one dated rule.

    Attributes:
        id: the rule's id, such as "surplus-2014-15".
        title: the rule in a few words.
        rule: the rule in a sentence, with its figure and unit.
        year: financial year it holds for, such as "2014/15", or "" where it holds throughout.
        source: where the rule comes from.
        certainty: how sure the rule is.
        ruling: how the plan stands to it.
        why: the reason, in a sentence.
        quotes: what the plan says.
    """

    id: str
    title: str
    rule: str
    year: str
    source: str
    certainty: Certainty
    ruling: Ruling
    why: str
    quotes: tuple[Quote, ...] = ()

    @property
    def is_advice(self) -> bool:
        """True for a rule that no source confirms."""
        return self.certainty is not Certainty.SOURCED


@dataclass(frozen=True, slots=True)
class Slip:
    """A place where the plan does not agree with itself, or leaves something loose.

    Attributes:
        kind: what kind of slip, such as "figures differ" or "acronym not expanded".
        severity: how much it matters.
        message: what is wrong and what to do, in a sentence.
        quotes: where.
        quiet: True where slips of this kind are often false: listed apart, never counted.
    """

    kind: str
    severity: Severity
    message: str
    quotes: tuple[Quote, ...] = ()
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Scrutiny:
    """Everything that was checked beyond the checklist; empty tuples where nothing was found."""

    rules: tuple[RuleOutcome, ...] = ()
    slips: tuple[Slip, ...] = ()

    @property
    def loud(self) -> tuple[Slip, ...]:
        """The slips that reports show first."""
        return tuple(slip for slip in self.slips if not slip.quiet)

    def to_dict(self) -> dict[str, Any]:
        """The scrutiny as plain data, in the published form (result.schema.json)."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Scrutiny:
        """The scrutiny that `to_dict` gave as plain data, which must follow result.schema.json."""
        return cls(
            rules=tuple(_outcome(one) for one in data.get("rules", ())),
            slips=tuple(_slip(one) for one in data.get("slips", ())),
        )


def _outcome(data: Mapping[str, Any]) -> RuleOutcome:
    return RuleOutcome(
        id=data["id"],
        title=data["title"],
        rule=data["rule"],
        year=data["year"],
        source=data["source"],
        certainty=Certainty(data["certainty"]),
        ruling=Ruling(data["ruling"]),
        why=data["why"],
        quotes=tuple(_quote(one) for one in data["quotes"]),
    )


def _slip(data: Mapping[str, Any]) -> Slip:
    return Slip(
        kind=data["kind"],
        severity=Severity(data["severity"]),
        message=data["message"],
        quotes=tuple(_quote(one) for one in data["quotes"]),
        quiet=data["quiet"],
    )


def _quote(data: Mapping[str, Any]) -> Quote:
    return Quote(data["text"], data["page"], tuple(data["heading"]), data["block"])
