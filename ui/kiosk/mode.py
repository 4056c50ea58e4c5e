"""How the kiosk stands for the customer in front of it: big letters, contrast, height."""

from __future__ import annotations

from dataclasses import dataclass

# Seconds without a touch until the question, and from there until the first page again
# (look.md section 9).
_QUIET_S, _QUIET_ELDER_S = 40, 90
_ASKED_S, _ASKED_ELDER_S = 20, 30
# Everything but the header stands in the lower part for people in wheelchairs (look.md 6).
LOW_HEIGHT = 1150
HEIGHT = 1920
WIDTH = 1080
HEADER = 116


@dataclass(frozen=True)
class Mode:
    """Big letters for elder customers, high contrast, low position."""

    elder: bool = False
    contrast: bool = False
    low: bool = False

    @property
    def quiet_s(self) -> int:
        """Seconds without a touch before the kiosk asks whether anybody is there."""
        return _QUIET_ELDER_S if self.elder else _QUIET_S

    @property
    def home_s(self) -> int:
        """Seconds without a touch before it goes back to the first page."""
        return self.quiet_s + (_ASKED_ELDER_S if self.elder else _ASKED_S)

    @property
    def top_gap(self) -> int:
        """Empty design px under the header."""
        return HEIGHT - LOW_HEIGHT - HEADER if self.low else 0

    @property
    def rows(self) -> int:
        """How many services stand on one page; one of them may be open."""
        return 3 if self.elder or self.low else 6
