from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from planchecker.reports.junit import as_junit, write_junit
from planchecker.result import Result
from tests.reports.everything import everything
from tests.reports.sample import FLAWLESS, RESULT

_XSD = Path(__file__).with_name("junit.xsd")


def _tree(result: Result) -> etree._Element:
    return etree.fromstring(as_junit(result))


@pytest.mark.parametrize("result", [RESULT, FLAWLESS, everything()])
def test_follows_the_schema(result: Result) -> None:
    schema = etree.XMLSchema(etree.parse(_XSD))
    schema.assertValid(_tree(result))


def test_the_schema_refuses_what_is_wrong() -> None:
    schema = etree.XMLSchema(etree.parse(_XSD))
    tree = _tree(RESULT)
    case = next(tree.iter("testcase"))
    del case.attrib["name"]
    assert not schema.validate(tree)


def test_gaps_fail_and_what_is_met_passes() -> None:
    outcomes = {
        case.get("name", "").split()[0]: [child.tag for child in case]
        for case in _tree(RESULT).iter("testcase")
    }
    assert outcomes["F14"] == []
    assert outcomes["F40"] == ["failure"]
    assert outcomes["F99"] == ["failure"]


def test_accepted_gaps_and_what_was_not_assessed_are_skipped() -> None:
    tree = _tree(everything())
    skipped = [case.get("name", "") for case in tree.iter("testcase") if case.find("skipped") is not None]
    assert len(skipped) == 2
    assert skipped[0].startswith("F40")


def test_a_half_read_plan_is_an_error() -> None:
    errors = _tree(RESULT).findall(".//error")
    assert len(errors) == 1
    assert "page" in (errors[0].text or "").lower()
    assert not _tree(FLAWLESS).findall(".//error")


def test_counts_add_up(tmp_path: Path) -> None:
    write_junit(everything(), tmp_path / "r.xml")
    root = etree.parse(tmp_path / "r.xml").getroot()
    assert int(root.get("tests", "0")) == len(list(root.iter("testcase")))
    assert int(root.get("failures", "0")) == len(list(root.iter("failure")))
