"""What a station of a played day writes down: commits, pictures on its screen, entries followed.

Moments are seconds of the machine's monotonic clock, which all processes share.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from branch.bootstrap import Branch
from branch.kernel import journal
from branch.kernel.errors import TingtangError
from branch.kernel.following import Follower
from branch.kernel.store import Store
from ui.shell.station import Station


@dataclass
class Notebook:
    """All that one station has written down."""

    began_after: int = -1
    followed: list[int] = field(default_factory=list)
    commits: list[tuple[int, float, list[str]]] = field(default_factory=list)
    shown: list[tuple[int, float]] = field(default_factory=list)
    offline: list[tuple[float, str]] = field(default_factory=list)
    online: list[float] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)


class RecordingFollower(Follower):
    """The worker's follower, and every revision that it told."""

    notebook: Notebook

    def news(self) -> list[tuple[int, str]]:
        """The entries since the last look."""
        told = super().news()
        if self.notebook.began_after < 0:
            self.notebook.began_after = self._seen
        self.notebook.followed += [revision for revision, _ in told]
        return told


class MeasuredStation(Station):
    """A station that notes when it commits and when its window has taken an answer.

    Where the window is drawn, that is when it has been painted.

    ``pictured`` carries the window's newest picture, once the window has it.
    """

    pictured = Signal(object)
    picture: Any = None
    drawn: QWidget | None = None
    notebook: Notebook
    _asked_at = 0.0

    def keep_notes(self, notebook: Notebook) -> None:
        """Write everything down in there."""
        self.notebook = notebook
        self.offline.connect(lambda text, tries: notebook.offline.append((time.monotonic(), text)))
        self.online.connect(lambda: notebook.online.append(time.monotonic()))

    def watch_commits(self, branch: Branch) -> None:
        """On the worker's thread: from now on know when each commit was asked of the driver."""
        commit = branch.store.database.commit

        def timed() -> Any:
            self._asked_at = time.monotonic()
            return commit()

        vars(branch.store.database)["commit"] = timed

    def ask(
        self,
        owner: QObject,
        query: Callable[[Store], Any],
        then: Callable[[Any], None],
        failed: Callable[[TingtangError], None] | None = None,
    ) -> None:
        """Read; when it is the window's picture, note which revision it shows and since when."""
        if getattr(then, "__name__", "") != "_take":
            super().ask(owner, query, then, failed)
            return

        def with_revision(store: Store) -> tuple[int, Any]:
            # The revision first: the picture shows at least this one.
            return journal.head(store)[0], query(store)

        def taken(answer: tuple[int, Any]) -> None:
            then(answer[1])
            if self.drawn is not None:
                self.drawn.repaint()
            self.notebook.shown.append((answer[0], time.monotonic()))
            self.picture = answer[1]
            self.pictured.emit(answer[1])

        super().ask(owner, with_revision, taken, failed)

    def carry_out(
        self,
        owner: QObject,
        commands: tuple[Any, ...],
        then: Callable[[Any], None],
        failed: Callable[[TingtangError], None],
    ) -> None:
        """Carry commands out in one job; one that is a function gets the value before it."""

        def work(branch: Branch) -> Any:
            value: Any = None
            for step in commands:
                command = step(value) if callable(step) else step
                outcome = branch.run(command, self.actor)
                if outcome.changes:
                    self.notebook.commits.append(
                        (outcome.revision, self._asked_at, sorted(outcome.changes))
                    )
                value = outcome.value
            return value

        self.do(owner, work, then, failed)


def seconds_to_screen(
    commits: list[tuple[int, float, frozenset[str]]],
    shown: list[tuple[int, float]],
    topics: frozenset[str],
) -> list[tuple[float, float | None]]:
    """For each commit a station shows: its moment, and how long until its window had it.

    None for a commit that never came to the screen.
    """
    # A later answer never shows less, so the revisions stand in order.
    revisions = [revision for revision, _ in shown]
    found: list[tuple[float, float | None]] = []
    for revision, asked_at, changed in commits:
        if changed & topics:
            place = bisect_left(revisions, revision)
            found.append((asked_at, shown[place][1] - asked_at if place < len(shown) else None))
    return found
