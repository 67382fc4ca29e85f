"""Plans side by side: shared text and echoes, drafts, order of need, what most miss, who stands alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.plan import Block, BlockKind
from planchecker.result import Verdict
from planchecker.triage.duplicates import clusters_of
from planchecker.triage.echo import ECHO
from planchecker.triage.overview import Overview, SharedWith
from planchecker.triage.sentences import LEAST_WORDS, Sentence, sentences_of, words_of
from planchecker.triage.survey import Guidance, survey
from tests.support import plan_of
from tests.triage.many import CHECKLIST, COPIED, M, N, P, batch, entry, own

NOTHING = Guidance(CHECKLIST)


def sentence(owner: str, text: str, position: int = 0) -> Sentence:
    return Sentence(owner, position, 0, None, (), text, words_of(text))


def weaknesses(overview: Overview, plan: str) -> list[str]:
    result = next(entry.result for entry in overview.batch.checked if entry.name == plan)
    assert result is not None
    return [weak for f in result.features for e in f.evidence for weak in e.weakened_by]


# ---- Sentences and duplicates -----------------------------------------------------------------------


def test_sentences_are_told_with_their_place_and_short_ones_are_not() -> None:
    plan = plan_of(
        Block(
            0, BlockKind.HEADING, "A heading of more than ten words that nobody would call a sentence at all"
        ),
        Block(1, BlockKind.PARAGRAPH, f"Too short. {COPIED} {own('x')}", page=3, heading=("2 Care",)),
    )
    found = sentences_of(plan, "x")
    assert [(s.position, s.block, s.page, s.heading) for s in found] == [
        (0, 1, 3, ("2 Care",)),
        (1, 1, 3, ("2 Care",)),
    ]
    assert found[0].text == COPIED


words = st.lists(
    st.sampled_from(["care", "plan", "board", "nurse", "valley", "money", "share", "team", "local"]),
    min_size=LEAST_WORDS,
    max_size=40,
)


@given(words, st.sampled_from(["", "!", " –", "…"]))
def test_the_same_words_of_two_owners_are_one_text_whatever_the_punctuation(
    text: list[str], sign: str
) -> None:
    said = " ".join(text)
    (cluster,) = clusters_of([sentence("a", said), sentence("b", said.upper() + sign)])
    assert cluster.owners == {"a", "b"}


@given(words)
def test_one_owner_alone_shares_nothing(text: list[str]) -> None:
    said = " ".join(text)
    assert clusters_of([sentence("a", said), sentence("a", said, 1)]) == ()


def test_a_word_changed_is_the_same_text_and_other_figures_throughout_are_not() -> None:
    changed = COPIED.replace("reviews", "looks at")
    other = "The two practices of Penn will share six nurses from May 2016, and NHS Penn reviews its work each year."
    assert len(clusters_of([sentence("a", COPIED), sentence("b", changed)])) == 1
    assert clusters_of([sentence("a", COPIED), sentence("b", other)]) == ()


# ---- Shared text and echoes -------------------------------------------------------------------------


def test_text_of_two_plans_is_quoted_from_both_and_marks_the_evidence() -> None:
    changed = COPIED.replace("every quarter", "each month")
    overview = survey(
        batch(
            entry("a.docx", texts=(COPIED, own("a")), organisation="NHS Penn CCG"),
            entry(
                "b.docx",
                texts=(own("b"), changed),
                organisation="NHS Tarn CCG",
            ),
            entry("c.docx"),
        ),
        NOTHING,
    )
    (text,) = overview.shared
    assert (text.kind, text.verbatim) == (SharedWith.PLANS, False)
    assert [(q.label, q.page) for q in text.quotes] == [("NHS Penn CCG", 1), ("NHS Tarn CCG", 2)]
    assert weaknesses(overview, "a.docx") == [f"{ECHO}NHS Tarn CCG"]
    assert weaknesses(overview, "b.docx") == [f"{ECHO}NHS Penn CCG"]
    assert weaknesses(overview, "c.docx") == []
    (pair,) = overview.sharing
    assert (pair.one, pair.other, pair.joint) == ("a.docx", "b.docx", False)
    assert pair.words == len(COPIED.split())


def test_plans_of_one_unit_of_planning_may_share_text() -> None:
    overview = survey(
        batch(
            entry("a.docx", texts=(COPIED, own("a")), unit="Valley"),
            entry("b.docx", texts=(COPIED, own("b")), unit="Valley"),
        ),
        NOTHING,
    )
    assert overview.sharing[0].joint
    assert weaknesses(overview, "a.docx") == []


def test_what_most_plans_share_is_known_as_such_and_is_no_sharing_of_two() -> None:
    overview = survey(batch(*(entry(f"{x}.docx", texts=(COPIED, own(x))) for x in "abcde")), NOTHING)
    assert [text.kind for text in overview.shared] == [SharedWith.MOST]
    assert overview.sharing == ()
    assert weaknesses(overview, "a.docx") == [f"{ECHO}most plans"]


def test_text_of_the_guidance_is_an_echo_of_it() -> None:
    document = plan_of(Block(0, BlockKind.PARAGRAPH, COPIED, page=9))
    overview = survey(
        batch(entry("a.docx", texts=(COPIED, own("a"))), entry("b.docx")), Guidance(CHECKLIST, document)
    )
    (text,) = overview.shared
    assert text.kind is SharedWith.GUIDANCE
    assert text.quotes[0].label == "the guidance (Draft)"
    assert weaknesses(overview, "a.docx") == [f"{ECHO}the guidance (Draft)"]


def test_a_longer_passage_with_words_of_its_own_is_no_echo() -> None:
    passage = f"{COPIED} {own('a', 5)} {own('a', 6)}"
    overview = survey(
        batch(entry("a.docx", texts=(passage, own("a"))), entry("b.docx", texts=(COPIED, own("b")))), NOTHING
    )
    assert weaknesses(overview, "a.docx") == []
    assert weaknesses(overview, "b.docx") == [f"{ECHO}Title of a.docx"]


# ---- Drafts -----------------------------------------------------------------------------------------


LONG = tuple(own("long", n) for n in range(6))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            entry("z.docx", (M, P, N), LONG, "NHS Penn CCG", date="2014-02"),
            entry("a.docx", (M, M, N), LONG[:5], "NHS Penn CCG", date="2014-04"),
            "The dates on them",
        ),
        (
            entry("plan v2.docx", (M, P, N), LONG),
            entry("plan v10.docx", (M, M, N), LONG[:4]),
            "The versions in their names",
        ),
    ],
)
def test_drafts_are_known_put_in_order_and_compared(old: object, new: object, told: str) -> None:
    overview = survey(batch(old, new), NOTHING)  # type: ignore[arg-type]
    (pair,) = overview.drafts
    assert (pair.old, pair.new) == (old.name, new.name)  # type: ignore[attr-defined]
    assert told in pair.why
    assert [c.id for c in pair.comparison.changes if c.direction == "better"] == ["F02"]
    assert overview.shared == ()
    assert [one.newer for one in overview.ranking] == ["", pair.new]
    assert all(len(m.missing) + len(m.partial) + len(m.met) == 1 for m in overview.missed)


def test_two_organisations_with_the_same_text_are_no_drafts() -> None:
    overview = survey(
        batch(
            entry("a.docx", texts=LONG, organisation="NHS Penn CCG"),
            entry("b.docx", texts=LONG, organisation="NHS Tarn CCG"),
        ),
        NOTHING,
    )
    assert overview.drafts == ()
    assert overview.sharing[0].share_of_one == 1.0


def test_the_same_file_twice_is_said_to_be_so() -> None:
    overview = survey(
        batch(entry("a.docx", texts=LONG, sha256="1"), entry("b.docx", texts=LONG, sha256="1")), NOTHING
    )
    assert "byte for byte" in overview.drafts[0].why


# ---- Order of need, what is missed, who stands alone -------------------------------------------------


def test_the_plan_with_most_missing_comes_first_and_says_so() -> None:
    overview = survey(
        batch(*(entry(f"{x}.docx", (M, M, P)) for x in "abc"), entry("d.docx", (N, N, P))), NOTHING
    )
    first = overview.ranking[0]
    assert first.plan == "d.docx"
    assert first.why[0] == (
        "No evidence was found for 2 of 3 features (no plan here has more; 0 in the middle plan here), "
        "and 1 falls short."
    )
    assert "Most other plans meet F01 Leads and F02 Money; here nothing was found." in first.why
    assert "Nothing was found for a whole element: E01 Leadership & care." in first.why
    assert first.first == ("F01", "F02", "F03")


def test_what_others_show_weighs_more_than_what_nobody_shows() -> None:
    overview = survey(
        batch(
            entry("a.docx", (N, M, M)),
            entry("b.docx", (M, M, N)),
            entry("c.docx", (M, M, N)),
            entry("d.docx", (M, M, N)),
        ),
        NOTHING,
    )
    assert overview.ranking[0].plan == "a.docx"


def test_a_plan_met_in_others_words_needs_more_attention() -> None:
    others = [entry(f"{x}.docx", (M, M, M), texts=(own(x, 1), own(x, 2), own(x, 3))) for x in "bcd"]
    echoing = entry("a.docx", (M, M, M), texts=(own("b", 1), own("a", 2), own("a", 3)))
    overview = survey(batch(echoing, *others), NOTHING)
    assert [one.plan for one in overview.ranking[:2]] == ["a.docx", "b.docx"]
    assert any("stands elsewhere too" in why for why in overview.ranking[0].why)


def test_missed_features_and_outliers() -> None:
    overview = survey(
        batch(
            entry("a.docx", (M, N, N)),
            entry("b.docx", (M, P, M)),
            entry("c.docx", (M, P, M)),
            entry("d.docx", (N, P, M)),
        ),
        NOTHING,
    )
    assert [(m.feature, len(m.missing)) for m in overview.missed] == [("F02", 1), ("F01", 1), ("F03", 1)]
    assert [(o.plan, o.feature, o.verdict) for o in overview.outliers] == [
        ("a.docx", "F02", Verdict.MISSING),
        ("a.docx", "F03", Verdict.MISSING),
        ("d.docx", "F01", Verdict.MISSING),
    ]


def _permuted() -> Iterator[Overview]:
    entries = [entry(f"{x}.docx", texts=(COPIED, own(x))) for x in "abcd"]
    for order in (entries, entries[::-1]):
        yield survey(batch(*order), NOTHING)


def test_the_order_in_which_plans_come_changes_nothing() -> None:
    one, other = _permuted()
    assert one == other


def test_no_plans_at_all_are_no_trouble() -> None:
    assert survey(batch(), NOTHING).ranking == ()
