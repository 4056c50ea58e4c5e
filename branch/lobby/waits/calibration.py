"""Keeps announced ranges true: the nightly stretch, learned from promises and what became of them.

Pure. ``r = (actual - p50) / s`` with ``s`` the half width of the projection, at least a minute;
announced are ``p50 + q(r) s`` (queue.md section 2). Minutes throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from branch.lobby.waits.projection import Spread

# Days whose promises a calibration is made of.
WINDOW_DAYS = 20
# "As projected" weighs as many promises as this against those kept and broken.
_AS_PROJECTED_WEIGHT = 100
_LEAST_HALF_WIDTH = 1.0
# The sentence "8 in 10" is no longer true below this share of a week with so many promises.
_LEAST_HELD = 0.7
_ENOUGH_IN_A_WEEK = 50
WEEK_DAYS = 7


@dataclass(frozen=True)
class Calibration:
    """Where the announced percentiles stand, in half widths from the projected median.

    ``version`` 0 announces what was projected; every night makes the next one.
    """

    version: int = 0
    low: float = -1.0
    middle: float = 0.0
    high: float = 1.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise and the wait that followed, in minutes.

    ``announced`` is the range that was promised, ``recent`` whether that was in the last week.
    """

    projected: Spread
    announced: Spread
    actual: float
    recent: bool = False

    @property
    def held(self) -> bool:
        """Whether the wait fell inside the range."""
        return self.announced.p10 <= self.actual <= self.announced.p90


def announce(projected: Spread, calibration: Calibration) -> Spread:
    """The percentiles as they are announced."""
    below, above = _half_widths(projected)
    middle = projected.p50 + calibration.middle * above
    p50 = max(0.0, middle)
    return Spread(
        p10=min(p50, max(0.0, projected.p50 + calibration.low * below)),
        p50=p50,
        p90=max(p50, projected.p50 + calibration.high * above),
    )


def calibrate(kept: Sequence[Kept], last: Calibration) -> Calibration:
    """The next version, from the promises of the last days and how their waits turned out.

    When the last week's ranges held less often than seven times in ten, that week alone may
    widen them further (look.md section 13).
    """
    low, middle, high = _stretch(kept, _AS_PROJECTED_WEIGHT)
    week = [promise for promise in kept if promise.recent]
    held = sum(promise.held for promise in week)
    if len(week) >= _ENOUGH_IN_A_WEEK and held < _LEAST_HELD * len(week):
        week_low, _middle, week_high = _stretch(week, 0)
        low, high = min(low, week_low), max(high, week_high)
    return Calibration(last.version + 1, low, middle, high)


def _stretch(kept: Sequence[Kept], doubt: int) -> tuple[float, float, float]:
    """Where the true 10th, 50th and 90th percentiles lay, in half widths from the median.

    "As projected" weighs as many promises as ``doubt``.
    """
    below: list[float] = []
    above: list[float] = []
    for promise in kept:
        low, high = _half_widths(promise.projected)
        missed = promise.actual - promise.projected.p50
        below.append(missed / low)
        above.append(missed / high)
    below.sort()
    above.sort()
    weight = len(kept) / (len(kept) + doubt) if kept else 0.0

    def drawn(ordered: Sequence[float], share: float, as_projected: float) -> float:
        if not ordered:
            return as_projected
        return as_projected + (quantile(ordered, share) - as_projected) * weight

    return drawn(below, 0.1, -1.0), drawn(above, 0.5, 0.0), drawn(above, 0.9, 1.0)


def quantile(ordered: Sequence[float], share: float) -> float:
    """The quantile of ordered values, linear between neighbours; raises IndexError for none."""
    at = share * (len(ordered) - 1)
    whole = int(at)
    if whole + 1 == len(ordered):
        return ordered[whole]
    return ordered[whole] + (ordered[whole + 1] - ordered[whole]) * (at - whole)


def _half_widths(projected: Spread) -> tuple[float, float]:
    """Median to 10th and 90th percentile, at least a minute each."""
    return (
        max(projected.p50 - projected.p10, _LEAST_HALF_WIDTH),
        max(projected.p90 - projected.p50, _LEAST_HALF_WIDTH),
    )
