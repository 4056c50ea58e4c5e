"""Owns the line under a PIN: a hint, or why it was refused and how long to wait; checks nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from branch.kernel.clock import MS_PER_SECOND, Clock
from branch.kernel.phrases import phrases
from branch.people.commands import SignInRefused
from ui.shell.language import language
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label, TextRole
from ui.widgets.number import clock_text
from ui.widgets.stage import HBox, VBox


class TryLine(QWidget):
    """``waited`` tells that the next try is open again. Its owner calls ``tick`` each second."""

    waited = Signal()

    def __init__(self, clock: Clock, *, known: bool = False, parent: QWidget | None = None) -> None:
        """``known`` says that only the PIN is typed, the number being that of the person here."""
        super().__init__(parent)
        self._known = known
        self._clock = clock
        self._refusal: SignInRefused | None = None
        self._complaint = ""
        self._until = 0
        self._icon = IconLabel("info", 17, "ink2")
        self._words = Label("", TextRole(14, 400, "ink2"), wrap=True)
        self.setMinimumHeight(24)
        row = HBox(spacing=8, margins=(0, 2, 0, 0), parent=self)
        icon = VBox(margins=(0, 2, 0, 0))
        icon.addWidget(self._icon)
        icon.addStretch(1)
        row.addLayout(icon)
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignTop)
        self._say()

    def text(self) -> str:
        """What the line says."""
        return self._words.text()

    def waiting(self) -> bool:
        """Whether the next try is not open yet."""
        return self._clock.now_ms() < self._until

    def locked(self) -> bool:
        """Whether no further try is open at all."""
        return self._refusal is not None and self._refusal.code in (
            "account_locked",
            "account_closed",
        )

    def clear(self) -> None:
        """Say the hint again."""
        self._refusal, self._complaint, self._until = None, "", 0
        self._say()

    def complain(self, text: str) -> None:
        """Say what is wrong in words of the caller."""
        self.clear()
        self._complaint = text
        self._say()
        self._speak()

    def refuse(self, refusal: SignInRefused) -> None:
        """Say why a sign-in was refused, and count its waiting time down."""
        self._complaint = ""
        self._refusal = refusal
        self._until = self._clock.now_ms() + refusal.wait_s * MS_PER_SECOND
        self._say()
        self._speak()

    def tick(self) -> None:
        """Count down."""
        if self._until and not self.waiting():
            self._until = 0
            self._say()
            self.waited.emit()
        elif self._until:
            self._say()

    def _say(self) -> None:
        wrong = bool(self._refusal or self._complaint)
        text = self._complaint or self._why()
        if text != self._words.text():
            self._words.setText(text)
        self._words.set_token("danger_text" if wrong else "")
        self._icon.set_icon("status-urgent" if wrong else "info", "danger" if wrong else "ink2")
        self.setAccessibleName(text)

    def _speak(self) -> None:
        """A screen reader says it at once; the counting down is not repeated to it."""
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _why(self) -> str:
        refusal = self._refusal
        if refusal is None:
            return self.tr("连续输错 10 次将锁定账户")
        if self.locked():
            return phrases("errors").say(refusal.code, language().code)
        left = max(0, -(-(self._until - self._clock.now_ms()) // MS_PER_SECOND))
        wait = clock_text(left) if left >= 60 else self.tr("{n} 秒").format(n=left)
        if refusal.code == "sign_in_wait":
            if not left:
                return self.tr("可以再试了")
            return self.tr("刚才输错了密码，请等 {wait} 再试").format(wait=wait)
        if not refusal.left:
            return phrases("errors").say(refusal.code, language().code)
        if self._known and left:
            words = self.tr("密码不对，还可以试 {n} 次，请等 {wait} 再试")
        elif self._known:
            words = self.tr("密码不对，还可以试 {n} 次")
        elif left:
            words = self.tr("员工号或密码不对，还可以试 {n} 次，请等 {wait} 再试")
        else:
            words = self.tr("员工号或密码不对，还可以试 {n} 次")
        return words.format(n=refusal.left, wait=wait)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language; words of the caller are said anew by the caller."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
