"""Results and plans as small bytes and back, without the name of the file they came from.

A pack may have lain on a shared drive: what is unpacked is JSON, which can do nothing but be wrong.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict, replace
from pathlib import PurePosixPath
from typing import Any

from planchecker.plan import Block, BlockKind, Cell, Plan, ReadingConfidence, Unread
from planchecker.result import Result


def packed_result(result: Result) -> bytes:
    """The result as bytes, under no name; a title that is only the file's name is left out."""
    facts = replace(result.plan, path="", title=_own_title(result.plan.title, result.plan.path))
    return _packed(replace(result, plan=facts).to_dict())


def unpacked_result(data: bytes, name: str) -> Result:
    """The result again, under the name that its file has in this batch."""
    result = Result.from_dict(_unpacked(data))
    facts = replace(result.plan, path=name, title=result.plan.title or PurePosixPath(name).stem)
    return replace(result, plan=facts)


def packed_plan(plan: Plan) -> bytes:
    """The plan as bytes, under no name."""
    return _packed(asdict(replace(plan, path="", title=_own_title(plan.title, plan.path))))


def unpacked_plan(data: bytes, name: str) -> Plan:
    """The plan again, under the name that its file has in this batch."""
    fields = _unpacked(data)
    return Plan(
        **fields
        | {
            "path": name,
            "title": fields["title"] or PurePosixPath(name).stem,
            "blocks": tuple(_block(block) for block in fields["blocks"]),
            "unread": tuple(Unread(**one) for one in fields["unread"]),
            "notices": tuple(fields["notices"]),
            "furniture": tuple(fields["furniture"]),
            "comments": tuple(fields["comments"]),
            "confidence": ReadingConfidence(fields["confidence"]),
        }
    )


def _own_title(title: str, path: str) -> str:
    return "" if title == PurePosixPath(path).stem else title


def _block(fields: dict[str, Any]) -> Block:
    return Block(
        **fields
        | {
            "kind": BlockKind(fields["kind"]),
            "heading": tuple(fields["heading"]),
            "cells": tuple(Cell(**cell) for cell in fields["cells"]),
        }
    )


def _packed(data: Any) -> bytes:
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def _unpacked(data: bytes) -> Any:
    return json.loads(zlib.decompress(data))
