"""The lock over a station's window: the same person's PIN opens it, or somebody else takes over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from branch.kernel.errors import TingtangError
from branch.kernel.runner import Actor, Outcome
from branch.lobby.commands.counters import CloseCounter
from branch.people.commands import SignedIn, SignIn, SignInRefused
from ui.shell.station import Station, sentence
from ui.shell.worker import Worker
from ui.signin.places import kind_of
from ui.signin.try_line import TryLine
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label, TextRole
from ui.widgets.pin_field import PIN_DIGITS, PinField
from ui.widgets.stage import HBox


class LockScreen(PanelDialog):
    """Stands before the window until the person is back (``unlocked``) or changes.

    ``switch_wanted`` comes after the counter was closed in his name, so that a colleague can
    open it; a counter with a customer stays his, and the card says so.
    """

    unlocked = Signal()
    switch_wanted = Signal()

    def __init__(self, window: QWidget, station: Station, worker: Worker) -> None:
        super().__init__(window, "", width=440)
        self.setObjectName("lock")
        self._station, self._worker = station, worker
        self._open = self._busy = False
        self._title = Label("", TextRole(20, 700))
        self._who = Label("", TextRole(15, 400, "ink2"), wrap=True)
        self.pin = PinField()
        self.line = TryLine(station.clock, known=True)
        self.switch = PlainButton("", size=LARGE)
        self.button = PrimaryButton("", size=LARGE)
        head = HBox(spacing=12)
        head.addWidget(IconLabel("lock", 26, "accent", stroke=1.6))
        head.addWidget(self._title, 1)
        self.body.addLayout(head)
        self.body.add_gap(8)
        self.body.addWidget(self._who)
        self.body.add_gap(20)
        self.body.addWidget(self.pin)
        self.body.add_gap(14)
        self.body.addWidget(self.line)
        for control in (self.switch, self.button):
            control.setAutoDefault(False)
            self.buttons.addWidget(control)
        self.pin.changed.connect(self._pin_changed)
        self.line.waited.connect(self._refresh)
        self.button.clicked.connect(self.submit)
        self.switch.clicked.connect(self._on_switch)
        self._timer = QTimer(self)
        self._timer.setInterval(1_000)
        self._timer.timeout.connect(self.line.tick)
        self._timer.start()
        self.retranslate()

    def retranslate(self) -> None:
        """Take every word anew."""
        self._title.setText(self.tr("已锁定"))
        self.setWindowTitle(self.tr("已锁定"))
        self.setAccessibleName(self.tr("已锁定"))
        words = self.tr("{name}，请输入六位密码继续工作")
        self._who.setText(words.format(name=self._station.person.name))
        self.pin.set_label(self.tr("六位密码"))
        self.switch.setText(self.tr("换人"))
        self.button.setText(self.tr("解锁"))

    def submit(self) -> None:
        """Try the PIN that stands there."""
        if self._busy or self.line.waiting():
            return
        if len(self.pin.pin()) < PIN_DIGITS:
            self.pin.set_error(True)
            self.line.complain(self.tr("请输入六位数字密码"))
            self.pin.setFocus()
            return
        self._set_busy(True)
        command = SignIn(self._station.person.staff_no, self.pin.pin())
        actor = Actor(0, self._station.name)
        self._worker.run(self, command, actor, self._answered, self._failed)

    def _answered(self, outcome: Outcome[SignedIn | SignInRefused]) -> None:
        self._set_busy(False)
        if isinstance(outcome.value, SignInRefused):
            self.pin.clear()
            self.pin.set_error(True)
            self.line.refuse(outcome.value)
            self._refresh()
            self.pin.setFocus()
            return
        self._open = True
        self.accept()
        self.unlocked.emit()

    def _failed(self, error: TingtangError) -> None:
        self._set_busy(False)
        self.line.complain(sentence(error))

    def _on_switch(self) -> None:
        if self._busy:
            return
        if kind_of(self._station.name) != "counter":
            self.switch_wanted.emit()
            return
        self._set_busy(True)
        number = int(self._station.name.partition("-")[2])
        self._station.run(self, CloseCounter(number), self._closed, self._failed)

    def _closed(self, _value: object) -> None:
        self._set_busy(False)
        self.switch_wanted.emit()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._refresh()

    def _refresh(self) -> None:
        self.button.setEnabled(not self._busy and not self.line.waiting())
        self.switch.setEnabled(not self._busy)

    def _pin_changed(self) -> None:
        if self.pin.pin() and not self.line.waiting() and not self.line.locked():
            self.line.clear()

    # Qt -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes to the PIN."""
        super().showEvent(event)
        self.pin.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter tries the PIN; Esc does nothing here."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.switch.hasFocus():
                self.switch.click()
            else:
                self.submit()
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """A lock is not waved away."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nor closed from outside, before the PIN was right."""
        if self._open:
            super().closeEvent(event)
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
