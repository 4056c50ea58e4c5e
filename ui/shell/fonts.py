"""Owns the bundled fonts: loads them and gives sizes in pixels; knows no locale."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

FONT_FOLDER: Final = Path(__file__).parents[2] / "resources" / "fonts"
SANS: Final = ["Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei UI"]
# The rest of Noto Sans SC, then the characters of rare names (Extension B and later) it lacks.
RARE: Final = ["Noto Sans SC Rest", "Tingtang Rare Ming"]

REGULAR: Final = 400
MEDIUM: Final = 500
BOLD: Final = 700

# Share of the em: what Noto Sans SC draws of a capital or a digit, and of its line box.
CAP_HEIGHT: Final = 0.733
LINE_ASCENT: Final = 1.16
LINE_HEIGHT: Final = 1.448


def load_fonts(folder: Path = FONT_FOLDER) -> list[str]:
    """Register every font file of ``folder`` and return the families that Qt now knows from it.

    A file is registered once a process, however often this is called. Raises OSError when a file
    cannot be used as a font: without the Han fonts all is boxes, so a broken installation has to
    say so.
    """
    families: list[str] = []
    for path in sorted(folder.glob("*.ttf")):
        families += _register(path)
    return sorted(set(families))


@cache
def _register(path: Path) -> list[str]:
    number = QFontDatabase.addApplicationFont(str(path))
    if number < 0:
        raise OSError(f"not a usable font: {path.name}")
    return QFontDatabase.applicationFontFamilies(number)


def font(px: float, weight: int = REGULAR) -> QFont:
    """The product's font at ``px`` pixels (rounded, at least 1) and CSS weight 400, 500 or 700."""
    result = QFont()
    result.setFamilies([*SANS, *RARE])
    result.setPixelSize(max(1, round(px)))
    result.setWeight(QFont.Weight(weight))
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return result
