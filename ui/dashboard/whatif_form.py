"""Owns what is asked of a past day: which one, which changes; must not answer it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from branch.kernel.errors import TingtangError
from ui.dashboard.whatif_day import DayPick
from ui.dashboard.whatif_helps import HelpList
from ui.dashboard.whatif_lines import AlsoLine, CreditLine, Line, MoreLine, Offer
from ui.dashboard.whatif_rows import ChangeRow, row_for
from ui.shell.station import sentence
from ui.widgets.button import COMPACT, LARGE, PlainButton, PrimaryButton
from ui.widgets.card import Card, Separator
from ui.widgets.field import ErrorLine
from ui.widgets.label import BODY, CARD_TITLE, SECOND, Label
from ui.widgets.number import ProgressBar
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import Grid, HBox, VBox

_WIDTH = 400
_SIDE = 20
# What most branches would try first.
_FIRST = MoreLine("10:00", "12:00", frozenset())


class WhatIfForm(Card):
    """The day, the changes one under another, what helps most, and the button that runs it.

    ``run_wanted`` and ``suggest_wanted`` come only when ``lines()`` has what can be asked.
    """

    run_wanted = Signal()
    suggest_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, opens: str, closes: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self._opens, self._closes = opens, closes
        self._offer: Offer | None = None
        self.rows: list[ChangeRow] = []
        self._build()
        self.add_more.clicked.connect(lambda: self._add(_FIRST))
        self.add_also.clicked.connect(self._add_also)
        self.add_credit.clicked.connect(self._add_credit)
        self.helps.wanted.connect(self._add)
        self.day.chosen.connect(self._on_edited)
        self.suggest_button.clicked.connect(self.suggest_wanted)
        self.run_button.clicked.connect(self._run)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (("Ctrl+Return", self._run), ("Ctrl+Enter", self._run)):
            QShortcut(QKeySequence(keys), self, act, context=here)
        self._stop = QShortcut(QKeySequence("Esc"), self, self.cancel_wanted.emit, context=here)
        self._running, self._done = False, 0.0
        self._error: TingtangError | None = None
        self.set_running(False)
        self.retranslate()
        self._add(_FIRST)

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.day = DayPick()
        self.title = Label("", CARD_TITLE)
        self.nothing = Label("", SECOND, wrap=True)
        self.add_more, self.add_also, self.add_credit = (
            PlainButton("", size=COMPACT, icon="plus") for _ in range(3)
        )
        self.suggest_button = PlainButton("", icon="search")
        self.helps = HelpList()
        self.trouble = ErrorLine()
        column = VBox(margins=(0, 18, 0, 18), parent=self)
        top = VBox(margins=(_SIDE, 0, _SIDE, 14))
        top.addWidget(self.day)
        column.addLayout(top)
        column.addWidget(Separator())
        column.addWidget(self._build_changes(), 1)
        column.addWidget(Separator())
        foot = VBox(spacing=8, margins=(_SIDE, 14, _SIDE, 0))
        foot.addWidget(self.trouble)
        foot.addWidget(self._build_foot())
        column.addLayout(foot)

    def _build_changes(self) -> QScrollArea:
        content = QWidget()
        column = VBox(spacing=12, margins=(_SIDE, 14, _SIDE, 14), parent=content)
        column.addWidget(self.title)
        column.addWidget(self.nothing)
        self._lines = VBox(spacing=10)
        column.addLayout(self._lines)
        adds = Grid(columns=2, spacing=8)
        for at, button in enumerate((self.add_more, self.add_also, self.add_credit)):
            adds.addWidget(button, at // 2, at % 2)
        column.addLayout(adds)
        column.add_gap(4)
        column.addWidget(self.suggest_button)
        column.addWidget(self.helps)
        column.addStretch(1)
        self.area = ScrollArea(content)
        return self.area

    def _build_foot(self) -> QStackedWidget:
        """The button, and in its place, while it runs, how far it is."""
        self.run_button = PrimaryButton("", size=LARGE)
        self.progress = ProgressBar(10)
        self.share = Label("", BODY)
        self.cancel_button = PlainButton("")
        under_way = QWidget()
        row = HBox(spacing=12, parent=under_way)
        beside = VBox(spacing=4)
        beside.addWidget(self.share)
        beside.addWidget(self.progress)
        row.addLayout(beside, 1)
        row.addWidget(self.cancel_button)
        self._foot = QStackedWidget()
        self._foot.addWidget(self.run_button)
        self._foot.addWidget(under_way)
        self._foot.setFixedHeight(LARGE.height + 4)
        return self._foot

    # -- changes --------------------------------------------------------------------------------

    def set_offer(self, offer: Offer) -> None:
        """Offer what the branch has now; what was typed stays."""
        self._offer = offer
        self.day.set_offer(offer)
        for row in self.rows:
            row.set_offer(offer)

    def lines(self) -> tuple[Line, ...] | None:
        """The changes; None, with a sentence at each field, when one cannot be asked."""
        lines = [row.line() for row in self.rows]
        fine = tuple(line for line in lines if line is not None)
        return fine if len(fine) == len(lines) else None

    def _add(self, line: Line) -> None:
        row = row_for(line, self._opens, self._closes)
        row.removed.connect(lambda: self._remove(row))
        row.edited.connect(self._on_edited)
        self.rows.append(row)
        self._lines.addWidget(row)
        if self._offer is not None:
            row.set_offer(self._offer)
            row.remove.setFocus()
        self._on_edited()

    def _add_also(self) -> None:
        if self._offer is not None and self._offer.counters:
            group = self._offer.groups[0].code if self._offer.groups else ""
            self._add(AlsoLine(self._offer.counters[0], self._offer.of_group(group)))

    def _add_credit(self) -> None:
        if self._offer is not None and self._offer.classes:
            klass = max(self._offer.classes, key=lambda item: (item.code == "elderly", item.credit))
            self._add(CreditLine(klass.code, klass.credit))

    def _remove(self, row: ChangeRow) -> None:
        at = self.rows.index(row)
        self.rows.remove(row)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()
        near = self.rows[min(at, len(self.rows) - 1)].remove if self.rows else self.add_more
        near.setFocus()
        self._on_edited()

    def _on_edited(self) -> None:
        """What was found or refused for other changes says nothing of these."""
        self.nothing.setVisible(not self.rows)
        self._forgive()
        self.helps.show_helps(None, None)
        self._follow()

    # -- running --------------------------------------------------------------------------------

    def set_running(self, running: bool) -> None:
        """Whether an answer is due: then the buttons that ask are off and 取消 is there."""
        self._running = running
        asked_here = self.isAncestorOf(self.focusWidget())
        self.cancel_button.setEnabled(running)
        self._stop.setEnabled(running)
        self._follow()
        if running:
            self._forgive()
            self.set_share(0.0)
        self._foot.setCurrentIndex(1 if running else 0)
        if asked_here:
            (self.cancel_button if running else self.run_button).setFocus()

    def _follow(self) -> None:
        self.run_button.setEnabled(bool(self.rows) and not self._running)
        self.suggest_button.setEnabled(not self._running)

    def set_share(self, share: float) -> None:
        """How far it is, from 0 to 1."""
        self._done = share
        self.progress.set_progress(share, 0, 1)
        text = self.tr("正在重排，{n}%").format(n=round(share * 100))
        self.share.setText(text)

    def set_stopping(self) -> None:
        """It was told to stop and is on its way."""
        self.cancel_button.setEnabled(False)
        self.share.setText(self.tr("正在停止"))

    def show_helps(self, found: Sequence[tuple[Line, int]]) -> None:
        """What would help most, each with the time it saves (ms)."""
        self.helps.show_helps(found, self._offer)
        # When the layout has made room for it.
        QTimer.singleShot(0, self.helps, lambda: self.area.ensureWidgetVisible(self.helps))

    def refuse(self, error: TingtangError) -> None:
        """Say why there is no answer; what was typed stays."""
        self._error = error
        self.trouble.show_error(sentence(error))

    def _forgive(self) -> None:
        self._error = None
        self.trouble.show_error("")

    def _run(self) -> None:
        if self.run_button.isEnabled():
            self.run_wanted.emit()

    # -- language -------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("如果这样"))
        self.nothing.setText(self.tr("还没有改动。可以先加一项，也可以让程序找最有用的"))
        self.add_more.setText(self.tr("加开柜台"))
        self.add_also.setText(self.tr("柜台多办业务"))
        self.add_credit.setText(self.tr("改提前分钟"))
        self.suggest_button.setText(self.tr("找最有用的一项"))
        self.run_button.setText(self.tr("重排这一天"))
        self.cancel_button.setText(self.tr("取消"))
        self.progress.setAccessibleName(self.tr("演示的进度"))
        if self.cancel_button.isEnabled():
            self.set_share(self._done)
        if self._error is not None:
            self.refuse(self._error)
        if self._offer is not None:
            self.set_offer(self._offer)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
