"""Folders and archives to hand in, made in a line or two."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

TEXT = "Dr Patel leads the work from May 2014.\n"


def folder_of(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files, by their places below the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def zip_of(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """Write an archive."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path
