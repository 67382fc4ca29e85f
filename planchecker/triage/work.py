"""The work on one plan: what a worker is sent, does and sends back; here or on another machine.

The models and spaCy are imported by those who do the work, not by those who hand it out.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from planchecker import environment
from planchecker.checklist import Checklist
from planchecker.reading import read_bytes
from planchecker.triage.batch import Metadata
from planchecker.triage.metadata import metadata_of
from planchecker.triage.packing import packed_plan, packed_result
from planchecker.workers import giving_up_memory


@dataclass(frozen=True, slots=True)
class Task:
    """A plan to check.

    Attributes:
        name: its name in the batch.
        data: the bytes of its file.
        password: opens it where it is protected, or None.
    """

    name: str
    data: bytes
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Done:
    """A plan that was checked.

    Attributes:
        result: the result, packed.
        text: the plan as it was read, packed.
        metadata: what the document says of itself.
    """

    result: bytes
    text: bytes
    metadata: Metadata


def do(task: Task, checklist: Checklist) -> Done:
    """Check one plan.

    Args:
        task: the plan.
        checklist: what to check it against.

    Raises:
        UnreadablePlanError: the plan cannot be read.
    """
    from planchecker.pipeline import examine

    with giving_up_memory():
        plan = read_bytes(task.data, task.name, task.password)
        (result,) = examine(plan, (checklist,))
        return Done(packed_result(result), packed_plan(plan), metadata_of(plan))


def warm_up(checklist: Checklist) -> None:
    """Load what every check needs, before the first one's time starts to run.

    What the models said of other plans is not remembered: they are quantised, so that what they say of a
    passage depends a little on the passages in one batch with it, and so would depend on the plans that
    happened to come before (docs/scale.md).
    """
    os.environ[environment.CACHE] = "off"
    from planchecker.pipeline import examine

    examine(read_bytes(b"We will look at this line in May 2014.", "warm-up.txt"), (checklist,))
