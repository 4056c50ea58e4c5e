"""The clock of a run, over pauses and changes of the system's time; pure: reads no clock itself.

Run time is milliseconds since START. It is told by the station: a steady clock that no change of
the time of day touches says how long ago it last knew. The time of day is asked once, when a
station begins to look at a run that is on already (a program started again after a kill); a
station that sees its time of day jump reports by how much, so that it is counted right then too.

Pauses are intervals of run time: ``gross`` runs on through them, ``net`` is what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# A time of day that drifts by less between two looks was not changed (NTP slews slowly).
JUMP_MS = 2_000


@dataclass(frozen=True)
class Pause:
    """A pause from one moment of run time to another; ``to_ms`` is None while it lasts."""

    from_ms: int
    to_ms: int | None = None


@dataclass(frozen=True)
class Course:
    """How the time of a run went.

    ``started_at`` is an instant (milliseconds since the epoch), all else run time. ``newest_ms``
    is the latest moment anything was noted at: time never runs behind it. ``corrected`` says by
    how much each station's time of day was put forward since START.
    """

    started_at: int
    ended_ms: int | None = None
    pauses: tuple[Pause, ...] = ()
    newest_ms: int = 0
    corrected: Mapping[str, int] = field(default_factory=dict)

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return self.ended_ms is None and any(pause.to_ms is None for pause in self.pauses)

    def by_wall(self, now: int, station: str) -> int:
        """Run time at ``now`` (milliseconds since the epoch) by a station's time of day."""
        if self.ended_ms is not None:
            return self.ended_ms
        return max(self.newest_ms, now - self.started_at - self.corrected.get(station, 0))

    def net(self, gross: int) -> int:
        """Run time without its pauses."""
        if self.ended_ms is not None:
            gross = min(gross, self.ended_ms)
        return gross - sum(_overlap(pause, gross) for pause in self.pauses)

    def gross(self, net: int) -> int:
        """Run time with its pauses, of a moment that the big clock showed; the way back from
        ``net``. The moment a pause began stands for all of it."""
        found = net
        for pause in sorted(self.pauses, key=lambda one: one.from_ms):
            if found > pause.from_ms and pause.to_ms is not None:
                found += pause.to_ms - pause.from_ms
        return found


def _overlap(pause: Pause, gross: int) -> int:
    end = gross if pause.to_ms is None else min(pause.to_ms, gross)
    return max(0, end - pause.from_ms)


class StationClock:
    """A run's clock at one station, between two looks at the store.

    ``wall`` is the time of day, ``steady`` a clock that only ever runs on; both in milliseconds.
    """

    def __init__(self, course: Course, station: str, wall: int, steady: int) -> None:
        self._course = course
        self._gross = course.by_wall(wall, station)
        self._steady = steady
        self._look = (wall, steady)

    @property
    def course(self) -> Course:
        """The run's course as it was last read."""
        return self._course

    def follow(self, course: Course) -> None:
        """Take what the store says now; this station's own time goes on."""
        self._course = course

    def gross(self, steady: int) -> int:
        """Run time now, pauses included; what ``at_ms`` of the commands wants."""
        if self._course.ended_ms is not None:
            return self._course.ended_ms
        return max(self._course.newest_ms, self._gross + steady - self._steady)

    def net(self, steady: int) -> int:
        """Run time now as the big clock shows it."""
        return self._course.net(self.gross(steady))

    def jump(self, wall: int, steady: int) -> int:
        """By how much the time of day was put forward since the last look; 0 when it was not."""
        before_wall, before_steady = self._look
        self._look = (wall, steady)
        by = (wall - before_wall) - (steady - before_steady)
        return by if abs(by) > JUMP_MS else 0
