"""Reasons and gaps in plain words that a planner can act on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planchecker.checklist import Specific
from planchecker.judging.findings import Finding
from planchecker.judging.modifiers import Modifier
from planchecker.judging.sighting import Sighting
from planchecker.result import Evidence, Verdict

SHOWN = 0.5  # a part whose best passage is at least this surely evidence counts as shown
RAISED = 0.4  # a part whose best passage is at least this relevant counts as raised
_SECOND_LOOK = 0.15  # below this a passage is not worth a planner's second look
_QUOTE_WORDS = 14

_LACKING = {
    Specific.NUMBER: "gives no number",
    Specific.PERCENT: "gives no percentage",
    Specific.MONEY: "names no sum of money",
    Specific.DATE: "gives no date",
    Specific.OWNER: "names no owner",
    Specific.MECHANISM: "names no mechanism (contract, audit, pathway, board)",
    Specific.PROGRAMME: "names no programme or scheme",
}
_WEAKENED = {
    Modifier.NEGATED: "says that this is not done or not in place, without a plan to change that",
    Modifier.TO_BE_CONFIRMED: "leaves this to be confirmed",
    Modifier.PLACEHOLDER: "holds a placeholder where the answer should be",
    Modifier.HEDGED: "is hedged (may, could, should) instead of committing",
    Modifier.INTENTION: "states an intention without saying what will be done",
    Modifier.QUESTION: "asks a question instead of answering it",
    Modifier.NATIONAL: "repeats the national wording and says nothing local",
    Modifier.HEADING_ONLY: "is only a heading",
    Modifier.PAST_ONLY: "tells only what was, not what is being or will be done",
    Modifier.OTHERS_DUTY: "gives this to another organisation and does not say what the plan's own will do",
}


def reasons(verdict: Verdict, findings: Sequence[Finding]) -> tuple[str, ...]:
    """Why the verdict is what it is, a sentence or two a part."""
    return tuple(reason[:1].upper() + reason[1:] for reason in _reasons(verdict, findings))


def gaps(verdict: Verdict, findings: Sequence[Finding]) -> tuple[str, ...]:
    """What is lacking and what to write; empty for a feature that is met."""
    if verdict is Verdict.MET:
        return ()
    return tuple(dict.fromkeys(_gaps(verdict, findings)))


def _reasons(verdict: Verdict, findings: Sequence[Finding]) -> Iterator[str]:
    for finding in findings:
        label = f"On {_subject(finding)}: " if len(findings) > 1 else ""
        best = finding.sightings[0] if finding.sightings else None
        if best is None or (verdict is Verdict.MISSING and best.relevance < RAISED):
            yield f"{label}no passage addresses this{_nearest(best)}."
        elif verdict is Verdict.MISSING:
            yield f"{label}words of the subject occur{_place(best)}, but not to answer it."
        elif finding.strength >= SHOWN:
            yield f"{label}{_what(best)}{_place(best)}."
        elif verdict is Verdict.MET:
            yield f"{label}no passage shows it alone, but together they do; the best stands{_place(best)}."
        elif finding.relevance >= RAISED:
            yield f"{label}raised{_place(best)}, but the passage {_why_weak(best, finding)}."
        else:
            yield f"{label}nothing found that addresses this{_nearest(best)}."


def _gaps(verdict: Verdict, findings: Sequence[Finding]) -> Iterator[str]:
    for finding in findings:
        part, best = finding.part, finding.sightings[0] if finding.sightings else None
        if verdict is Verdict.PARTIAL and finding.strength >= SHOWN and len(findings) > 1:
            continue
        if verdict is Verdict.MISSING or best is None or finding.relevance < RAISED:
            yield _sentence(f"Not found: {_decapitalised(part.text)}")
        else:
            yield _sentence(f"The passage{_place(best)} {_why_weak(best, finding)}")
        if part.advice:
            yield part.advice
    if verdict is Verdict.PARTIAL and all(f.strength >= SHOWN for f in findings):
        yield "It is touched but not plainly shown; say more, with figures, dates and owners."


def _why_weak(best: Sighting, finding: Finding) -> str:
    weak = [_WEAKENED[w] for w in best.showing.weakeners if w in _WEAKENED]
    if weak:
        return " and ".join(weak[:2])
    lacking = [_LACKING[k] for k in finding.part.specifics if k not in best.showing.details]
    if not best.showing.committed:
        lacking.insert(0, "does not say what is being or will be done locally")
    return " and ".join(lacking[:3]) if lacking else "only touches the subject"


def _what(best: Sighting) -> str:
    shown = best.showing.words
    return f"shown, with {_listed(shown)}" if shown else "shown"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _place(sighting: Sighting) -> str:
    passage = sighting.candidate.passage
    page = f" on page {passage.page}" if passage.page else ""
    heading = f" under “{passage.heading[-1]}”" if passage.heading else ""
    return page + heading


def _nearest(best: Sighting | None) -> str:
    if best is None:
        return ""
    return f" (the nearest, “{_clipped(best.candidate.passage.text)}”{_place(best)}, does not)"


def _subject(finding: Finding) -> str:
    return f"part {finding.part.id} ({_decapitalised(_clipped(finding.part.text))})"


def _clipped(text: str) -> str:
    words = text.split()
    return " ".join(words[:_QUOTE_WORDS]) + (" …" if len(words) > _QUOTE_WORDS else "")


def _decapitalised(text: str) -> str:
    return text if text[:2].isupper() or text[:1] == "‘" else text[:1].lower() + text[1:]


def _sentence(text: str) -> str:
    return text.rstrip(".") + "."


def quotes(findings: Sequence[Finding], verdict: Verdict, limit: int = 4) -> tuple[Evidence, ...]:
    """The passages that a report quotes: what stands in the feature's own answer box, then the best.

    For a feature that is missing, only what may be worth a second look, and it says so.
    """
    pairs = [(sighting, finding) for finding in findings for sighting in finding.sightings]
    missing = verdict is Verdict.MISSING
    if missing:
        pairs = [pair for pair in pairs if pair[0].is_answer or pair[0].relevance >= _SECOND_LOOK]
    ranked = sorted(pairs, key=lambda pair: (not pair[0].is_answer, -pair[0].worth))
    chosen: list[Evidence] = []
    for sighting, finding in ranked:
        passage = sighting.candidate.passage
        if any(passage.text == earlier.text for earlier in chosen):
            continue
        if chosen and sighting.relevance < _SECOND_LOOK and not sighting.is_answer:
            break
        chosen.append(
            Evidence(
                text=passage.text,
                page=passage.page,
                heading=passage.heading,
                block=passage.block,
                score=round(min(1.0, sighting.worth), 3),
                part=finding.part.id,
                matched_by=(*(("answer",) if sighting.is_answer else ()), *sighting.candidate.matched_by),
                shows=tuple(str(word) for word in sighting.showing.words),
                weakened_by=(
                    *(str(word) for word in sighting.showing.weakeners),
                    *(("may not address it",) if missing else ()),
                ),
            )
        )
        if len(chosen) == limit:
            break
    return tuple(chosen)
