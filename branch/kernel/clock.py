"""The one clock of the program; nothing else reads the time of day.

Instants in the store are whole milliseconds since 1970-01-01T00:00Z (UTC).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MS_PER_SECOND = 1_000
MS_PER_MINUTE = 60_000


class Clock(Protocol):
    """Anything that tells the current instant."""

    def now_ms(self) -> int:
        """Milliseconds since the epoch, UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now_ms(self) -> int:
        """Milliseconds since the epoch, UTC."""
        return time.time_ns() // 1_000_000


class SetClock:
    """A clock that stands where it is put, for replays, simulations and tests."""

    def __init__(self, now_ms: int) -> None:
        self._now_ms = now_ms

    def now_ms(self) -> int:
        """Milliseconds since the epoch, UTC."""
        return self._now_ms

    def set(self, now_ms: int) -> None:
        """Put the clock to this instant (milliseconds since the epoch, UTC)."""
        self._now_ms = now_ms

    def advance(self, seconds: float) -> None:
        """Let this many seconds pass."""
        self._now_ms += round(seconds * MS_PER_SECOND)


class PlayClock:
    """A clock for days that are played: ``speed`` times as fast as the machine's, 0 stands still.

    ``hold`` pins it while a moment is carried out, so that what happens is dated by the play and
    not by how quick the machine is.
    """

    def __init__(self) -> None:
        self._held: int | None = None
        self.start(0, 0)

    def start(self, at_ms: int, speed: float) -> None:
        """Run from this instant (milliseconds since the epoch, UTC) at this speed."""
        self._start_ms = at_ms
        self._speed = speed
        self._origin = time.monotonic()

    def now_ms(self) -> int:
        """Milliseconds since the epoch, UTC."""
        held = self._held
        if held is not None:
            return held
        return self._start_ms + round((time.monotonic() - self._origin) * self._speed * 1_000)

    @property
    def runs(self) -> bool:
        """Whether time passes by itself."""
        return self._speed > 0

    @contextmanager
    def hold(self, now_ms: int) -> Iterator[None]:
        """Stand at this instant (milliseconds since the epoch, UTC) meanwhile."""
        self._held = now_ms
        try:
            yield
        finally:
            self._held = None


def from_ms(ms: int, zone: ZoneInfo) -> datetime:
    """The instant as an aware time in ``zone``."""
    return (_EPOCH + timedelta(milliseconds=ms)).astimezone(zone)


def to_ms(moment: datetime) -> int:
    """Milliseconds since the epoch of an aware time.

    Raises ValueError for a time without a zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a time without a zone has no instant")
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def local_date(ms: int, zone: ZoneInfo) -> date:
    """The calendar day of the instant in ``zone``."""
    return from_ms(ms, zone).date()


def steady_ms() -> int:
    """Milliseconds of a clock that no change of the system's time touches; asleep it runs on.

    Its beginning means nothing: only the difference of two readings on one machine does.
    """
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
    return time.monotonic_ns() // 1_000_000
