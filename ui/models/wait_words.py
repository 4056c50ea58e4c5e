"""Owns how an expected wait is rounded and said; must not estimate one.

Whole minutes up to 20, fives up to 60, then 1 小时以上; rounded outward, so that the range that is
shown holds whatever the range that was announced holds (look.md section 13). Minutes throughout.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from branch.lobby.waits.projection import Spread

translate = QCoreApplication.translate

_WHOLE_UP_TO = 20
_STEP = 5
HOUR = 60


@dataclass(frozen=True)
class WaitRange:
    """A wait as it is shown: from ``low`` to ``high`` minutes, or with ``more`` beyond an hour.

    ``low`` 0 stands for "at once at the earliest"; equal ends are one number.
    """

    low: int
    high: int
    more: bool = False


@dataclass(frozen=True)
class WaitWords:
    """A wait in the parts it is painted in: 约, 12–20, 分钟; ``text`` has them in one.

    ``before`` is never more than 约, which may be left out under 预计等候.
    """

    text: str
    before: str = ""
    figure: str = ""
    after: str = ""


def rounded(spread: Spread) -> WaitRange:
    """The range as it is shown, on screens and paper alike."""
    low, high = _down(spread.p10), _up(spread.p90)
    if high > HOUR:
        return WaitRange(low, HOUR, more=True)
    if high <= 1:
        # Nobody is served in no time while somebody is ahead or every counter is taken.
        return WaitRange(1, 1)
    return WaitRange(low, high)


def _down(minutes: float) -> int:
    """The next shown number below; beyond an hour there is none but the hour."""
    if minutes < _WHOLE_UP_TO:
        return math.floor(minutes)
    return min(math.floor(minutes / _STEP) * _STEP, HOUR)


def _up(minutes: float) -> int:
    """The next shown number above."""
    if minutes <= _WHOLE_UP_TO:
        return math.ceil(minutes)
    return math.ceil(minutes / _STEP) * _STEP


def wait_words(spread: Spread | None, *, at_once: bool = False) -> WaitWords:
    """The wait of a ticket: 约 12–20 分钟, or why there is no range.

    ``at_once`` tells that nobody is ahead and a counter is free; None that nothing is known.
    """
    if at_once:
        return WaitWords(translate("Waits", "现在可办"))
    if spread is None:
        return WaitWords(translate("Waits", "暂时无法估计"))
    shown = rounded(spread)
    figure = f"{shown.low}–{shown.high}"
    if shown.more and shown.low == HOUR:
        figure, pattern = "1", translate("Waits", "{n} 小时以上")
    elif shown.more:
        # The upper end is beyond an hour; what is known of the lower end is still said.
        pattern = translate("Waits", "{range} 分钟以上")
    elif not shown.low:
        figure, pattern = str(shown.high), translate("Waits", "{n} 分钟以内")
    elif shown.low == shown.high:
        figure, pattern = str(shown.high), translate("Waits", "约 {n} 分钟")
    else:
        pattern = translate("Waits", "约 {range} 分钟")
    before, _, rest = pattern.replace("{range}", "{n}").partition("{n}")
    # What stands right at the number, as the + of 50–60+, belongs to it.
    sign, _, after = rest.partition(" ")
    return WaitWords(before + figure + rest, before.strip(), figure + sign, after)


def wait_text(spread: Spread | None, *, at_once: bool = False) -> str:
    """The wait in one line."""
    return wait_words(spread, at_once=at_once).text
