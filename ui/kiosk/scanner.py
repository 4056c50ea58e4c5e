"""Puts the keys of a scanner together to a booking code; knows no key of Qt."""

from __future__ import annotations

from typing import Final

# Digits that follow each other later than this (ms) were not typed by one scanner.
_GAP_MS: Final = 2_000


class Scanner:
    """A scanner types a code's digits in one go, and Enter."""

    def __init__(self) -> None:
        self._digits, self._at = "", 0

    def digit(self, digit: str, now: int) -> None:
        """Take a digit at an instant (ms)."""
        if now - self._at > _GAP_MS:
            self._digits = ""
        self._digits, self._at = self._digits + digit, now

    def forget(self) -> None:
        """Know nothing of what was typed: another page, perhaps another customer."""
        self._digits = ""

    def take(self, now: int) -> str:
        """The code, at its Enter; an empty text when no digits came just before."""
        code = self._digits if now - self._at <= _GAP_MS else ""
        self._digits = ""
        return code
