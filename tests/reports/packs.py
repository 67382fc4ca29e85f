"""A small pack with everything in it, and text that tries to break out of a page or a workbook."""

from __future__ import annotations

from dataclasses import replace

from planchecker.triage.batch import Entry, LeftOut
from planchecker.triage.judgement import Judgement, as_seen
from planchecker.triage.overview import Overview
from planchecker.triage.survey import Guidance, survey
from tests.triage.many import CHECKLIST, COPIED, M, N, P, batch, entry, own

HOSTILE = '</script><img src=x onerror=alert(1)> =HYPERLINK(1) & "q" \'\u2028\x00\u202e'
LONG = tuple(own("long", n) for n in range(4))


def overview() -> Overview:
    """Six plans: one hostile, two drafts of one, two that share text, one that could not be read."""
    plans = batch(
        entry("=cmd.docx", (N, N, P), (own("x"), own("y"), HOSTILE), organisation="=1+1 <b>Penn</b>"),
        entry("tarn.docx", (M, P, N), (COPIED, own("t")), organisation="NHS Tarn CCG"),
        entry("wold.docx", (M, M, M), (COPIED, own("w"), own("v")), organisation="NHS Wold CCG"),
        entry("vale v1.docx", (M, M, N), LONG, "NHS Vale CCG"),
        entry("vale v2.docx", (M, P, M), LONG[:3], "NHS Vale CCG"),
        Entry("<scan>.pdf", "", problem="no page holds readable text; add a text layer first."),
        left_out=(LeftOut("+figures.xlsx", "not a kind of file that a plan is written in"),),
    )
    judgements = (
        Judgement("tarn.docx", "F02", M, "AB", "page 3 <i>"),
        Judgement("tarn.docx", "F02", N, "CD", "=2+2"),
        Judgement("wold.docx", "F01", M, "AB", seen="what stood there before"),
        Judgement("gone.docx", "F01", M, "AB", where="mine.csv, row 9"),
    )
    return survey(plans, Guidance(CHECKLIST), as_seen(judgements, plans))


def region(plans: int) -> Overview:
    """A batch of many plans, each with every verdict."""
    names = [f"plan-{n:03}.docx" for n in range(plans)]
    one = survey(batch(entry("one.docx")), Guidance(CHECKLIST))
    entries = [entry(name) for name in names]
    ranking = tuple(replace(one.ranking[0], plan=name) for name in names)
    return replace(one, batch=batch(*entries), ranking=ranking)
