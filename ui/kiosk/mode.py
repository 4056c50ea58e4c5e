"""How the kiosk stands for the customer in front of it: big letters, contrast, height."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from ui.shell.theme import ELDER, KIOSK, KioskType
from ui.widgets.status import CHIP_KIOSK

WIDTH: Final = 1080
HEIGHT: Final = 1920
HEADER: Final = 124
# Everything but the header stands in the lower part for people in wheelchairs (look.md 6).
LOW_HEIGHT: Final = 1150
ELDER_CHIP: Final = replace(CHIP_KIOSK, height=60, font_px=ELDER.smallest, glyph=38, icon=38)


@dataclass(frozen=True)
class Mode:
    """Big letters for elder customers, high contrast, low position."""

    elder: bool = False
    contrast: bool = False
    low: bool = False

    @property
    def type(self) -> KioskType:
        """The type sizes of this mode."""
        return ELDER if self.elder else KIOSK

    @property
    def edge(self) -> str:
        """The colour token of edges: elder mode draws every edge stronger (look.md 2)."""
        return "control" if self.elder else "line2"

    @property
    def ask_s(self) -> int:
        """Seconds without a touch before the kiosk asks whether anybody is there (look.md 9)."""
        return 90 if self.elder else 40

    @property
    def leave_s(self) -> int:
        """Seconds from that question to the first page."""
        return 30 if self.elder else 20

    @property
    def end_s(self) -> int:
        """Seconds that a last page stays."""
        return 40 if self.elder else 20
