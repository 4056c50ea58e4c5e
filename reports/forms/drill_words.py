"""Owns how a drill's codes and times read on paper; lays nothing out and decides nothing."""

from __future__ import annotations

from branch.kernel.clock import MS_PER_SECOND
from branch.kernel.phrases import phrases

_MINUTE, _HOUR = 60, 3_600


def say(key: str, language: str, **values: object) -> str:
    """A phrase of the drills' papers."""
    return phrases("drill_paper").say(key, language, **values)


def coded(kind: str, code: str, language: str) -> str:
    """A code of a kind (form, role, cause, state, grade) in words, a dash for none; one that is
    not known stands as it is."""
    if not code:
        return say("dash", language)
    key = f"{kind}.{code}"
    return say(key, language) if key in phrases("drill_paper").entries else code


def whole_seconds(ms: int) -> int:
    """Seconds, a begun one counted: a step that is late by a moment is late by one second."""
    return -(-ms // MS_PER_SECOND)


def seconds(ms: int | None, language: str) -> str:
    """So many seconds, a dash where nothing was measured."""
    return say("dash", language) if ms is None else say("seconds", language, n=whole_seconds(ms))


def run_time(ms: int | None, language: str) -> str:
    """Run time as the big clock shows it: 03:42, from an hour on 1:03:42."""
    if ms is None:
        return say("dash", language)
    seconds = max(0, ms) // MS_PER_SECOND
    hours, rest = divmod(seconds, _HOUR)
    shown = f"{rest // _MINUTE:02d}:{rest % _MINUTE:02d}"
    return f"{hours}:{shown}" if hours else shown
