"""Owns the words of complaints on paper and in tables; counts nothing and reads nothing."""

from __future__ import annotations

from collections.abc import Iterable

from branch.kernel.phrases import phrases


def say(key: str, language: str, **values: object) -> str:
    """A phrase of the papers about complaints."""
    return phrases("complaints").say(key, language, **values)


def code_word(dimension: str, code: str, language: str) -> str:
    """A code in words; what is not filled in yet says so, an unknown code stands as it is."""
    if not code:
        return say("not_given", language)
    key = f"{dimension}.{code}"
    if dimension == "hour":
        return say("hour", language, hour=f"{int(code):02d}")
    return say(key, language) if key in phrases("complaints").entries else code


def code_words(dimension: str, codes: Iterable[str], language: str) -> str:
    """Several codes in one cell."""
    return say("between", language).join(code_word(dimension, code, language) for code in codes)


def percent(part: int | None, whole: int | None, language: str) -> str:
    """A share in whole percent; a dash of nothing or of what is kept back."""
    if part is None or not whole:
        return say("dash", language)
    return say("share", language, n=round(part * 100 / whole))


def tenths(part: int | None, whole: int | None, language: str) -> str:
    """A share in percent with one decimal; a dash of nothing or of what is kept back."""
    if part is None or not whole:
        return say("dash", language)
    return say("share", language, n=f"{part * 100 / whole:.1f}")


def yuan(fen: int) -> str:
    """An amount of money in yuan: 2,000.00."""
    return f"{fen / 100:,.2f}"
