"""Owns the frame of every page before a station opens: mark, language, foot; knows no content."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from branch.kernel.errors import TingtangError
from ui.models.dates import day_text
from ui.shell.language import language
from ui.shell.station import sentence
from ui.shell.worker import Worker
from ui.widgets.banner import Banner
from ui.widgets.card import SIGN_IN_CARD, Card, Separator
from ui.widgets.choice import SegmentedControl
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.icon import Logo
from ui.widgets.label import CAPTION, SECOND, ElidedLabel, Label, TextRole
from ui.widgets.stage import HBox, VBox

CARD_WIDTH: Final = 1000
CARD_HEIGHT: Final = 600
_LEFT_WIDTH: Final = 440


@cache
def program_version() -> str:
    """The version written in the project file."""
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


class EntryPage(QWidget):
    """A page with one card of two halves in its middle.

    ``left`` and ``right`` are the columns of the card. ``now`` brings date and time to the foot.
    """

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        super().__init__()
        self._now = now
        self.resize(1440, 900)
        self.setMinimumSize(1040, 720)
        self.branch = ElidedLabel("", SECOND)
        self._program = Label("", TextRole(18, 700))
        self.banner = Banner()
        self.languages = SegmentedControl(
            [("zh", "中文"), ("en", "English")], current=language().code
        )
        self.languages.chosen.connect(language().choose)
        self.card = Card(style=SIGN_IN_CARD)
        self.card.setFixedWidth(CARD_WIDTH)
        self.card.setMinimumHeight(CARD_HEIGHT)
        self.left, self.right = VBox(margins=(48, 48, 48, 28)), VBox(margins=(40, 48, 40, 28))
        self._version = Label("", CAPTION)
        self._time = Label("", CAPTION)
        self._lay_out()
        install_focus_ring(self)
        self._timer = QTimer(self)
        self._timer.setInterval(1_000)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def _lay_out(self) -> None:
        column = VBox(parent=self)
        head = HBox(margins=(40, 24, 40, 24))
        head.addWidget(Logo(40))
        head.add_gap(14)
        head.addWidget(self._program)
        head.add_gap(14)
        head.addWidget(self.branch, 1)
        head.add_gap(14)
        head.addWidget(self.languages)
        column.addLayout(head)
        column.addWidget(self.banner)
        halves = HBox(margins=(1, 1, 1, 1), parent=self.card)
        left, right = QWidget(), QWidget()
        left.setFixedWidth(_LEFT_WIDTH)
        left.setLayout(self.left)
        right.setLayout(self.right)
        halves.addWidget(left)
        halves.addWidget(Separator(vertical=True))
        halves.addWidget(right, 1)
        # A little above the middle, as drawn: 66 px over the card, 90 under it.
        column.addStretch(66)
        column.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(90)
        foot = HBox(margins=(40, 0, 40, 0))
        foot.addWidget(self._version)
        foot.addStretch(1)
        foot.addWidget(self._time)
        place = QWidget()
        place.setFixedHeight(56)
        place.setLayout(foot)
        column.addWidget(place)

    def watch_store(self, worker: Worker) -> None:
        """Say in the strip while the store is out of reach; what was typed stays."""
        worker.store_failed.connect(self.store_lost)
        worker.store_back.connect(self.store_back)
        self.banner.pressed.connect(worker.retry_now)

    def store_lost(self, error: TingtangError, _tries: int) -> None:
        """The store cannot be reached."""
        self.banner.show_text(sentence(error), button=self.tr("现在重试"))

    def store_back(self) -> None:
        """The store answers again."""
        self.banner.clear()

    def retranslate(self) -> None:
        """Take every word of the frame anew; pages add their own."""
        self._program.setText(self.tr("厅堂"))
        self.languages.setAccessibleName(self.tr("语言"))
        self.languages.set_current(language().code)
        self._version.setText(f"{self.tr('厅堂')} {program_version()}")
        self.tick()

    def tick(self) -> None:
        """Once a second: the time at the foot."""
        if self._now is not None:
            now = self._now()
            self._time.setText(f"{day_text(now)} {now:%H:%M}")

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A closed page ticks no more."""
        super().closeEvent(event)
        if event.isAccepted():
            self._timer.stop()
