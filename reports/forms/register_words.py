"""Owns how codes of the register read on paper; knows no page and decides nothing."""

from __future__ import annotations

from branch.kernel.phrases import phrases


def say(key: str, language: str, **values: object) -> str:
    """A phrase of the register's papers."""
    return phrases("visitors").say(key, language, **values)


def coded(kind: str, code: str, language: str) -> str:
    """A code of a kind (area, purpose, document, help) in words; what is none stays as it is."""
    key = f"{kind}_{code}"
    return say(key, language) if key in phrases("visitors").entries else code


def place(code: str, language: str) -> str:
    """Where somebody is: a station (``counter-3``), an area, or words as they are."""
    kind, _, number = code.partition("-")
    if kind == "counter" and number:
        return say("place_counter", language, n=number)
    key = f"place_{kind}"
    return (
        say(key, language) if key in phrases("visitors").entries else coded("area", code, language)
    )
