"""Word files under a password."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from planchecker.errors import EncryptedPlanError
from planchecker.reading import read


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    plain = tmp_path / "plain.docx"
    document = docx.Document()
    document.add_paragraph("Every practice will report incidents by March 2015.")
    document.save(str(plain))
    path = tmp_path / "locked.docx"
    with plain.open("rb") as source, path.open("wb") as target:
        OOXMLFile(source).encrypt("secret", target)
    return path


def test_the_password_opens_it(locked: Path) -> None:
    assert (
        read(locked, password="secret").blocks[0].text
        == "Every practice will report incidents by March 2015."
    )


@pytest.mark.parametrize(("password", "remedy"), [(None, "--password"), ("wrong", "check it and try again")])
def test_without_the_password_one_sentence_says_what_to_do(
    locked: Path, password: str | None, remedy: str
) -> None:
    with pytest.raises(EncryptedPlanError, match=remedy):
        read(locked, password=password)
