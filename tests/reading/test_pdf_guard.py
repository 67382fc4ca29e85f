"""A hostile PDF is refused before PDFium builds it, or given up in time; an honest one is not."""

from __future__ import annotations

import time
import zlib

import pytest

from planchecker.errors import DamagedPlanError
from planchecker.reading import pdf_guard
from planchecker.reading.pdf_guard import refuse_bombs, within_time


def stream(number: int, drawing: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(drawing)
    head = b"%d 0 obj\n<< %s /Filter /FlateDecode /Length %d >>\n" % (number, entries, len(packed))
    return head + b"stream\n" + packed + b"\nendstream\nendobj\n"


FORM = b"/Type /XObject /Subtype /Form"
TEXT = b"BT (the pooled budget) Tj ET\n" * 500


def test_one_form_drawn_many_thousand_times_is_refused() -> None:
    with pytest.raises(DamagedPlanError, match="many thousand times"):
        refuse_bombs(stream(4, b"/X Do\n" * 100_000) + stream(5, TEXT, FORM), "plan.pdf")


def test_so_are_forms_that_draw_each_other() -> None:
    data = stream(4, b"/X Do\n" * 200) + stream(5, b"/Y Do\n" * 200, FORM) + stream(6, TEXT, FORM)
    with pytest.raises(DamagedPlanError, match="many thousand times"):
        refuse_bombs(data, "plan.pdf")


def test_so_is_a_page_that_names_one_stream_again_and_again() -> None:
    data = b"3 0 obj << /Type /Page /Contents [" + b"4 0 R " * 5_000 + b"] >> endobj\n" + stream(4, TEXT)
    with pytest.raises(DamagedPlanError, match="many thousand times"):
        refuse_bombs(data, "plan.pdf")


def test_bullets_and_a_logo_on_every_page_are_not() -> None:
    bullets = stream(4, b"/Bullet Do\n" * 900 + b"/Logo Do\n") + stream(5, b"0 0 4 4 re f\n", FORM)
    refuse_bombs(bullets + stream(6, TEXT * 20, FORM) + b"/Contents [4 0 R 7 0 R]", "plan.pdf")


def test_a_reading_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_guard, "MAX_WAIT", 0.05)
    with pytest.raises(DamagedPlanError, match="given up"):
        within_time(lambda: time.sleep(1), "plan.pdf")


def test_what_the_work_gives_or_raises_comes_back() -> None:
    assert within_time(lambda: 47, "plan.pdf") == 47
    with pytest.raises(ZeroDivisionError):
        within_time(lambda: 1 // 0, "plan.pdf")
    with pytest.raises(TimeoutError, match="mine"):
        within_time(_times_out, "plan.pdf")


def _times_out() -> None:
    raise TimeoutError("mine")
