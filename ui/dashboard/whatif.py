"""Owns the page 假如: a past day asked again with something changed; must not answer it itself.

A past day of the journal is read on the store's thread, everything else is worked out in a child
process (why: ``branch/tools/whatif_child.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from branch.kernel.errors import TingtangError
from branch.kernel.store import Store
from branch.tools.past_day import WholeDay, day_of_journal
from branch.tools.whatif_answer import Answer, Question
from ui.dashboard.whatif_day import Day
from ui.dashboard.whatif_form import WhatIfForm
from ui.dashboard.whatif_lines import Line, Offer, line_of, offer_of, wanted_of
from ui.dashboard.whatif_result import Result, WhatIfResult
from ui.dashboard.whatif_run import WhatIfRun
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.stage import HBox

# What can be chosen comes from these.
_TOPICS = frozenset({"day", "catalogue", "staff"})


@dataclass(frozen=True, eq=False)
class _Asked:
    """One press: the day, its changes, and whether others are looked for."""

    day: Day
    lines: tuple[Line, ...]
    suggest: bool


class WhatIfPage(QWidget):
    """Left what is asked, right the answer."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("whatif")
        self._station = station
        self._offer: Offer | None = None
        self._asked: _Asked | None = None
        # A day once read or played, until the branch changes.
        self._known: tuple[Day, WholeDay] | None = None
        self.form = WhatIfForm(station.branch.opens, station.branch.closes)
        self.result = WhatIfResult(station.local)
        row = HBox(spacing=16, parent=self)
        row.addWidget(self.form)
        row.addWidget(self.result, 1)
        self.run = WhatIfRun(self)
        self.run.progressed.connect(self.form.set_share)
        self.run.answered.connect(self._on_answered)
        self.run.failed.connect(self._on_failed)
        self.run.stopped.connect(self._on_stopped)
        self.form.run_wanted.connect(lambda: self._ask(suggest=False))
        self.form.suggest_wanted.connect(lambda: self._ask(suggest=True))
        self.form.cancel_wanted.connect(self.cancel)
        self.asking = Asking(station, self, self._question, self._take_offer)
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.asking.ask()

    # -- what can be asked ----------------------------------------------------------------------

    def _question(self) -> Callable[[Store], Offer]:
        return offer_of

    def _take_offer(self, offer: Offer) -> None:
        self._offer = offer
        self.form.set_offer(offer)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self._known = None
            self.asking.ask()

    # -- asking ---------------------------------------------------------------------------------

    def _ask(self, *, suggest: bool) -> None:
        lines = self.form.lines()
        if self._offer is None or self._asked is not None or lines is None:
            return
        asked = self._asked = _Asked(self.form.day.day(), lines, suggest)
        self.form.set_running(True)
        if self._known is not None and self._known[0] == asked.day:
            self._start(asked, self._known[1])
        elif isinstance(asked.day, Path):
            self._start(asked, asked.day)
        else:
            read = partial(day_of_journal, day=asked.day)
            self._station.ask(self, read, partial(self._start, asked), self._on_failed)

    def _start(self, asked: _Asked, day: WholeDay | Path) -> None:
        if asked is not self._asked or self._offer is None:
            return  # cancelled while the day was being read
        ground, settings = self._offer.ground, self._station.settings
        wanted = wanted_of(asked.lines)
        self.run.start(Question(day, wanted, ground, settings, asked.suggest))

    def cancel(self) -> None:
        """Stop what is under way; what was shown before stays."""
        if self.run.running:
            self.form.set_stopping()
            self.run.cancel()
        else:
            self._on_stopped()

    # -- answers --------------------------------------------------------------------------------

    def _on_answered(self, answer: Answer) -> None:
        asked, offer, local = self._asked, self._offer, self._station.local
        if asked is None or offer is None:
            return
        self._known = (asked.day, answer.day)
        self._on_stopped()
        if asked.lines:
            self.result.show_result(Result(asked.day, asked.lines, offer, answer.comparison))
        if asked.suggest:
            found = [(line_of(tried.change, local), tried.saved) for tried in answer.helps]
            self.form.show_helps(found)

    def _on_failed(self, error: TingtangError) -> None:
        self._on_stopped()
        self.form.refuse(error)

    def _on_stopped(self) -> None:
        self._asked = None
        self.form.set_running(False)
