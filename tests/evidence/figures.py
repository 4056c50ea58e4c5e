"""A sheet of figures, each beside the bound it has to keep."""

from __future__ import annotations

import time


class Sheet:
    """Prints lines as they come and counts those that miss their bound."""

    def __init__(self) -> None:
        self._missed = self._shown = 0
        self._began = time.monotonic()

    def head(self, part: str) -> None:
        """Begin a part."""
        print(f"\n== {part}", flush=True)

    def between(self, name: str, value: float, least: float, most: float, digits: int = 3) -> None:
        """A figure that lies between two bounds."""
        bound = f"{least:g} to {most:g}"
        self._line(least <= value <= most, name, f"{value:.{digits}f}", bound)

    def at_most(
        self, name: str, value: float, most: float, unit: str = "", digits: int = 3
    ) -> None:
        """A figure that does not exceed its bound."""
        self._line(value <= most, name, f"{value:.{digits}f}{unit}", f"at most {most:g}{unit}")

    def true(self, name: str, holds: bool, figure: str) -> None:
        """A statement that holds, with the figure that shows it."""
        self._line(holds, name, figure, "")

    def note(self, text: str) -> None:
        """Something to know that has no bound."""
        print(f"      {text}", flush=True)

    def _line(self, holds: bool, name: str, figure: str, bound: str) -> None:
        self._shown += 1
        self._missed += not holds
        mark = "ok   " if holds else "MISS "
        print(f"{mark} {name:<58} {figure:>16}   {bound}", flush=True)

    def close(self) -> int:
        """The last line; returns the exit status."""
        minutes = (time.monotonic() - self._began) / 60
        print(f"\n{self._shown} figures, {self._missed} missed, {minutes:.1f} min")
        return 1 if self._missed else 0
