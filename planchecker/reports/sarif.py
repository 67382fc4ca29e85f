"""The gaps as SARIF 2.1.0 (OASIS), for tools that gather findings; fingerprints stay the same between drafts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

from planchecker.reports.digest import clean, file_name
from planchecker.result import Evidence, FeatureResult, Result, Verdict
from planchecker.scrutiny import Quote, RuleOutcome, Ruling, Severity, Slip

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Verdict.MISSING: "warning", Verdict.PARTIAL: "note"}
_SLIP_LEVELS = {Severity.HIGH: "warning", Severity.MEDIUM: "warning", Severity.LOW: "note"}
_FINGERPRINT = "planchecker/v1"


def write_sarif(result: Result, path: Path) -> None:
    """Write the gaps as a SARIF file."""
    text = json.dumps(as_sarif(result), ensure_ascii=False, indent=1)
    path.write_text(clean(text) + "\n", encoding="utf-8", newline="\n")


def as_sarif(result: Result) -> dict[str, Any]:
    """The gaps, and what was found beyond the checklist, as a SARIF log."""
    found = [*_gaps(result), *_beyond(result)]
    rules = {rule["id"]: rule for rule, _ in found}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "planchecker",
                        "version": metadata.version("planchecker"),
                        "rules": list(rules.values()),
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [finding for _, finding in found],
                "invocations": [
                    {"executionSuccessful": True, "toolExecutionNotifications": list(_not_read(result))}
                ],
                "properties": {
                    "checklist": f"{result.checklist.id} {result.checklist.version}",
                    "summary": {verdict.value: count for verdict, count in result.summary.items()},
                },
            }
        ],
    }


def _gaps(result: Result) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for feature in result.features:
        if not feature.is_gap:
            continue
        rule = {
            "id": feature.id,
            "name": feature.name or feature.id,
            "shortDescription": {"text": feature.name or feature.id},
            "fullDescription": {"text": feature.requirement},
            "help": {"text": feature.provenance.meaning},
            "properties": {"provenance": feature.provenance.value},
        }
        message = f"{feature.verdict.words}: {' '.join(feature.gaps) or feature.requirement}"
        finding = _finding(
            result,
            feature.id,
            _LEVELS[feature.verdict],
            message,
            (result.checklist.id, feature.id),
            feature.evidence,
        )
        yield rule, finding | _of_feature(feature)


def _of_feature(feature: FeatureResult) -> dict[str, Any]:
    more: dict[str, Any] = {
        "properties": {
            "verdict": feature.verdict.value,
            "confidence": feature.confidence,
            "sure": feature.sure,
        }
    }
    if feature.accepted is not None:
        accepted = feature.accepted
        reason = f"{accepted.reason} ({accepted.by}, {accepted.on})"
        more["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    return more


def _beyond(result: Result) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    if result.scrutiny is None:
        return
    for outcome in result.scrutiny.rules:
        if outcome.ruling is Ruling.DIFFERS:
            yield _rule(f"rule/{outcome.id}", outcome.title, outcome.rule), _of_rule(result, outcome)
    for slip in result.scrutiny.loud:
        yield _rule(_slip_id(slip), slip.kind, slip.kind), _of_slip(result, slip)


def _rule(identifier: str, name: str, text: str) -> dict[str, Any]:
    return {"id": identifier, "name": name, "shortDescription": {"text": text}}


def _of_rule(result: Result, outcome: RuleOutcome) -> dict[str, Any]:
    level = "note" if outcome.is_advice else "warning"
    message = f"{outcome.rule} {outcome.why} (Source: {outcome.source})"
    return _finding(
        result, f"rule/{outcome.id}", level, message, ("rule", outcome.id, outcome.year), outcome.quotes
    )


def _of_slip(result: Result, slip: Slip) -> dict[str, Any]:
    words = tuple(quote.text for quote in slip.quotes)
    return _finding(
        result,
        _slip_id(slip),
        _SLIP_LEVELS[slip.severity],
        slip.message,
        ("slip", slip.kind, slip.message, *words),
        slip.quotes,
    )


def _slip_id(slip: Slip) -> str:
    return f"slip/{slip.kind.replace(' ', '-')}"


def _finding(
    result: Result,
    rule: str,
    level: str,
    message: str,
    names: tuple[str, ...],
    quoted: Sequence[Evidence | Quote],
) -> dict[str, Any]:
    """One SARIF result; `names` are what makes it the same finding in the next draft."""
    fingerprint = hashlib.sha256("\0".join(names).encode("utf-8", "replace")).hexdigest()
    return {
        "ruleId": rule,
        "level": level,
        "message": {"text": message},
        "locations": [_location(result, one) for one in quoted] or [_location(result, None)],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
    }


def _location(result: Result, quoted: Evidence | Quote | None) -> dict[str, Any]:
    """A document has pages and headings, no lines: the quotation says where to look."""
    artifact = {"uri": quote(clean(file_name(result)))}
    if quoted is None:
        return {"physicalLocation": {"artifactLocation": artifact}}
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": artifact},
        "message": {"text": quoted.text},
        "properties": {"block": quoted.block} | ({"page": quoted.page} if quoted.page else {}),
    }
    if quoted.heading:
        location["logicalLocations"] = [
            {"fullyQualifiedName": " > ".join(quoted.heading), "name": quoted.heading[-1], "kind": "section"}
        ]
    return location


def _not_read(result: Result) -> Iterator[dict[str, Any]]:
    for skipped in result.plan.unread:
        yield {"level": "warning", "message": {"text": f"Not read: {skipped.where}: {skipped.why}"}}
