"""Owns the bar over a session: the way back, room, case, the recording, how long it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, Signal

from branch.rooms.queries.sessions import SessionView
from ui.widgets.button import DESK_BUTTON, LinkButton
from ui.widgets.card import Separator
from ui.widgets.frame import TopBar
from ui.widgets.label import CAPTION, Label
from ui.widgets.number import BigNumber, clock_text
from ui.widgets.state import State
from ui.widgets.status import CHIP_TALL, StatusChip

_MS = 1000
_BACK: Final = replace(DESK_BUTTON, padding=10, icon_px=20)


class SessionBar(TopBar):
    """``back`` tells that the arrow was pressed."""

    back = Signal()

    def __init__(self, now_ms: Callable[[], int]) -> None:
        super().__init__("")
        self._now = now_ms
        self._view: SessionView | None = None
        self.back_button = LinkButton("", size=_BACK, icon="arrow-left")
        self._left.insertWidget(0, self.back_button)
        # The arrow itself stands at the edge, with room to press around it.
        self._left.setContentsMargins(-10, 0, 0, 0)
        self.recording = StatusChip(State.RUNNING, "", icon="camera", size=CHIP_TALL)
        self.since = Label("", CAPTION)
        self.clock = None
        self.elapsed = BigNumber(px=20, weight=500)
        self.chips.addWidget(self.recording)
        self._rule = Separator(vertical=True, length=24, token="line2")
        self.chips.addWidget(self._rule)
        self.chips.addWidget(self.since)
        self.chips.addWidget(self.elapsed)
        self.back_button.clicked.connect(self.back)
        self.retranslate()

    def show_view(self, view: SessionView | None) -> None:
        """The session as it stands; without one only the way back."""
        self._view = view
        for part in (self.recording, self._rule, self.since, self.elapsed):
            part.setVisible(view is not None)
        self._say()
        self.tick()

    def tick(self) -> None:
        """A second has gone by."""
        if self._view is not None:
            gone = (self._now() - self._view.line.started_at) // _MS
            text = clock_text(gone)
            self.elapsed.set_text(text)
            self.elapsed.setAccessibleName(self.tr("已接待 {time}").format(time=text))

    def _say(self) -> None:
        view = self._view
        if view is None:
            self.set_title(self.tr("接待室"))
            self.set_subtitle("")
            return
        self.set_title(view.line.room_name)
        self.set_subtitle(
            " ".join(part for part in (view.line.case_number, view.line.case_title) if part)
        )
        if not view.line.recorder_ok:
            self.recording.set_chip(State.ATTENTION, self.tr("未录音录像，已经负责人同意"))
        elif view.agreed:
            self.recording.set_chip(State.RUNNING, self.tr("录音录像中，客户已同意"), "camera")
        else:
            self.recording.set_chip(State.RUNNING, self.tr("录音录像中，已告知客户"), "camera")

    def retranslate(self) -> None:
        """Take all words anew."""
        self.back_button.setAccessibleName(self.tr("返回"))
        self.back_button.setToolTip(self.tr("返回，接待继续"))
        self.since.setText(self.tr("已接待"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
