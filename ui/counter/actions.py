"""Owns the teller's keys as buttons: which there are, what each is called, which is on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.widgets.button import TELLER, TELLER_LOW, TELLER_PRIMARY, Button, PlainButton, PrimaryButton

KEYS = {
    "next": "F2",
    "finish": "F5",
    "recall": "F3",
    "transfer": "F6",
    "hold": "F7",
    "no_show": "F4",
}
_SIZES = {
    "next": TELLER_PRIMARY,
    "finish": TELLER,
    "recall": TELLER,
    "transfer": TELLER_LOW,
    "hold": TELLER_LOW,
    "no_show": TELLER_LOW,
}


class ActionKeys(QWidget):
    """Six buttons with their keys; ``pressed`` carries which."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.serving = False
        self._recall_in = 0
        self.next = PrimaryButton("", size=TELLER_PRIMARY, icon="speaker", key=KEYS["next"])
        self.finish = PlainButton("", size=TELLER, icon="check", key=KEYS["finish"])
        self.recall = PlainButton("", size=TELLER, icon="recall", key=KEYS["recall"])
        self.transfer = PlainButton("", size=TELLER_LOW, icon="transfer-to", key=KEYS["transfer"])
        self.hold = PlainButton("", size=TELLER_LOW, icon="hold", key=KEYS["hold"])
        self.no_show = PlainButton("", size=TELLER_LOW, icon="skip", key=KEYS["no_show"])
        first = QGridLayout()
        first.setHorizontalSpacing(12)
        first.addWidget(self.next, 0, 0, 1, 2)
        first.addWidget(self.finish, 0, 2)
        first.addWidget(self.recall, 0, 3)
        second = QGridLayout()
        second.setHorizontalSpacing(12)
        for at, low in enumerate((self.transfer, self.hold, self.no_show)):
            second.addWidget(low, 0, at)
            second.setColumnStretch(at, 1)
        for at in range(4):
            first.setColumnStretch(at, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(first)
        column.addLayout(second)
        for name, button in self.buttons().items():
            button.clicked.connect(lambda _checked=False, name=name: self.pressed.emit(name))
            button.setEnabled(False)

    def buttons(self) -> dict[str, Button]:
        """Every button by its action."""
        return {name: getattr(self, name) for name in KEYS}

    def make_room(self, wanted: bool) -> None:
        """Stand lower while a strip above takes room from the number; the keys are off then."""
        for name, button in self.buttons().items():
            usual = _SIZES[name]
            button.set_size(replace(usual, height=usual.height - 28) if wanted else usual)

    def show_state(self, allowed: set[str], serving: bool, recall_in: int) -> None:
        """Turn buttons on and off; ``recall_in`` is the seconds until a recall is due."""
        self.serving = serving
        for name, button in self.buttons().items():
            button.setEnabled(name in allowed)
        self._recall_in = recall_in
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.next.setText(self.tr("办结，叫下一位") if self.serving else self.tr("叫下一位"))
        self.finish.setText(self.tr("办结"))
        waiting = self.tr("重呼 {n} 秒").format(n=self._recall_in)
        self.recall.setText(waiting if self._recall_in else self.tr("重呼"))
        self.transfer.setText(self.tr("转办"))
        self.hold.setText(self.tr("挂起") if self.serving else self.tr("恢复"))
        self.no_show.setText(self.tr("过号"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
