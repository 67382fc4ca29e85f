"""Short bold lines that state a fact about what follows and are no headings of it."""

from __future__ import annotations

import re

# "Lead: Director of Strategy", "SRO: Dr Hill. Programme manager: vacant": a label, then who or when.
_LABELS = (
    "sro|senior responsible (?:officer|owner)|(?:(?:executive|clinical|programme|project|joint) )?leads?(?: officer)?|"
    "(?:risk )?owner|sponsor|(?:programme|project) manager|author|contact|prepared by|approved by|version|date"
)
_FACT = re.compile(rf"(?:{_LABELS})(?:\s*\([^)]{{0,40}}\))?:\s*\S", re.IGNORECASE)


def states_a_fact(text: str) -> bool:
    """Whether a line is a label with its value, as under the title of a programme."""
    return _FACT.match(text) is not None
