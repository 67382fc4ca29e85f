"""The verdicts as JUnit XML, for build servers: a test case a feature, a suite an element."""

from __future__ import annotations

from pathlib import Path

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from planchecker.reports.digest import clean, file_name, not_read
from planchecker.result import ElementResult, FeatureResult, Result, Verdict


def write_junit(result: Result, path: Path) -> None:
    """Write the verdicts as a JUnit file."""
    path.write_bytes(as_junit(result))


def as_junit(result: Result) -> bytes:
    """The verdicts as JUnit XML: gaps fail, accepted gaps and what was not assessed are skipped.

    What could not be read is an error of its own.
    """
    document = JUnitXml(clean(f"planchecker: {file_name(result)}"))
    for element in result.elements:
        document.add_testsuite(_suite(element, result))
    if result.plan.unread:
        document.add_testsuite(_unread(result))
    document.update_statistics()  # type: ignore[no-untyped-call]
    text: bytes = document.tostring()  # type: ignore[no-untyped-call]
    return text


def _suite(element: ElementResult, result: Result) -> TestSuite:
    suite = TestSuite(clean(f"{element.id} {element.name}"))
    for feature in element.features:
        case = TestCase(clean(f"{feature.id} {feature.name}"), clean(f"{result.checklist.id}.{element.id}"))
        outcome = _outcome(feature)
        if outcome is not None:
            case.result = [outcome]
        suite.add_testcase(case)
    return suite


def _outcome(feature: FeatureResult) -> Failure | Skipped | None:
    """Why the case does not pass, or None where it does."""
    if feature.verdict is Verdict.NOT_ASSESSED:
        return Skipped(clean(f"Not assessed: {' '.join(feature.reasons)}"))
    if feature.accepted is not None:
        accepted = feature.accepted
        return Skipped(clean(f"Accepted: {accepted.reason} ({accepted.by}, {accepted.on})"))
    if not feature.is_gap:
        return None
    failure = Failure(feature.verdict.words, feature.verdict.value)
    quotes = [f"“{evidence.text}” ({evidence.place})" for evidence in feature.evidence]
    failure.text = clean("\n".join([feature.requirement, *feature.gaps, *quotes]))
    return failure


def _unread(result: Result) -> TestSuite:
    suite = TestSuite("Reading")
    case = TestCase(clean(f"{file_name(result)} is read whole"), "reading")
    error = Error("Some of the plan could not be read", "unread")
    error.text = clean("\n".join(not_read(result.plan)))
    case.result = [error]
    suite.add_testcase(case)
    return suite
