"""Owns the choice which people of a roll call are shown; must not show any."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from branch.visitors.queries.rollcall import RollCall
from ui.models.roll_words import kind_label, mark_label
from ui.visitors.roll_rows import RollFilter
from ui.widgets.choice import CheckRow, SegmentedControl
from ui.widgets.stage import HBox

_ALL = "all"
_KINDS = (_ALL, "assisted", "visitor", "staff", "customer")
_STATES = (_ALL, "unconfirmed", "missing", "safe", "not_here")


class RollFilterBar(QWidget):
    """Kind and state as segments, the state with how many there are; a tick to hide the done."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[str, int] = {}
        self.kind = SegmentedControl([(key, "") for key in _KINDS])
        self.state = SegmentedControl([(key, "") for key in _STATES])
        self.hide_done = CheckRow("")
        self.hide_done.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        row = HBox(spacing=16, parent=self)
        row.addWidget(self.kind)
        row.addWidget(self.state)
        row.addStretch(1)
        row.addWidget(self.hide_done)
        self.kind.chosen.connect(self._tell)
        self.state.chosen.connect(self._tell)
        self.hide_done.toggled.connect(self._tell)
        self.retranslate()

    def show_call(self, call: RollCall) -> None:
        """Count how many there are of each state."""
        states = [mark.state for mark in call.marks]
        self._counts = {state: states.count(state) for state in _STATES[1:]}
        self._counts[_ALL] = len(states)
        self._say_states()

    def _tell(self, _choice: object) -> None:
        kind, state = self.kind.current(), self.state.current()
        self.changed.emit(
            RollFilter(
                "" if kind == _ALL else kind,
                "" if state == _ALL else state,
                self.hide_done.isChecked(),
            )
        )

    def _say_states(self) -> None:
        texts = {}
        for state in _STATES:
            words = self.tr("全部") if state == _ALL else mark_label(state)
            texts[state] = f"{words} {self._counts.get(state, 0)}"
        self.state.set_texts(texts)

    def retranslate(self) -> None:
        """Take the words anew."""
        self.kind.setAccessibleName(self.tr("人员类别"))
        self.state.setAccessibleName(self.tr("点名状态"))
        self.kind.set_texts(
            {key: self.tr("全部") if key == _ALL else kind_label(key) for key in _KINDS}
        )
        self.hide_done.set_text(self.tr("隐藏已确认"))
        self._say_states()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
