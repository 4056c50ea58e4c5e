"""What a reader gets out of a finished PDF: its text by two readers, its dots, its fonts."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader


def poppler(tool: str) -> str:
    """The program's path; without it the test is skipped, saying which package is missing."""
    path = shutil.which(tool)
    if path is None:
        pytest.skip(f"{tool} is missing: apt-get install poppler-utils")
    return path


def text_by_pypdf(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def text_by_poppler(data: bytes) -> str:
    """In the order of the file, so that a line stays beside its continuation."""
    done = subprocess.run(
        [poppler("pdftotext"), "-raw", "-", "-"], input=data, capture_output=True, check=True
    )
    return done.stdout.decode("utf-8")


READERS = {"pypdf": text_by_pypdf, "pdftotext": text_by_poppler}


def packed(text: str) -> str:
    """`text` without spaces and line ends: readers guess them from gaps."""
    return re.sub(r"\s+", "", text)


def dots(data: bytes, folder: Path, dpi: int = 203) -> Image.Image:
    """The first page as the print head sees it."""
    (folder / "page.pdf").write_bytes(data)
    subprocess.run(
        [
            *(poppler("pdftoppm"), "-r", str(dpi), "-png", "-singlefile"),
            *(str(folder / "page.pdf"), str(folder / "page")),
        ],
        check=True,
        capture_output=True,
    )
    with Image.open(folder / "page.png") as image:
        return image.convert("RGB")


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is printed, in dots."""
    box = image.convert("L").point(lambda level: 255 if level < 200 else 0).getbbox()
    assert box is not None
    return box


def fonts(data: bytes) -> Iterator[dict[str, Any]]:
    """The font dictionaries of all pages."""
    for page in PdfReader(BytesIO(data)).pages:
        for font in page["/Resources"]["/Font"].values():
            yield font.get_object()
