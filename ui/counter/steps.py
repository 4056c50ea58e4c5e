"""Owns the five service steps (handbook 003) and the sentence to say at each."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.button import COMPACT, LinkButton
from ui.widgets.card import Card
from ui.widgets.label import PROMPT, Label
from ui.widgets.step_strip import StepStrip

_LAST = 4


class StepCard(Card):
    """迎 问 办 核 送, and what to say now. ``next_wanted`` asks for the next step."""

    next_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.strip = StepStrip([("", "")] * 5)
        self.say = Label("", PROMPT, wrap=True)
        self.next_button = LinkButton("", size=COMPACT)
        self.next_button.clicked.connect(self.next_wanted)
        foot = QWidget()
        foot.setFixedHeight(77)
        row = QHBoxLayout(foot)
        row.setContentsMargins(28, 0, 20, 0)
        row.addWidget(self.say, 1)
        row.addWidget(self.next_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self.strip.setFixedHeight(76)
        column.addWidget(self.strip)
        column.addWidget(foot)
        self.setFixedHeight(156)
        self._minutes = 0
        self.rest()

    def begin(self, minutes: int) -> None:
        """Start at the greeting; ``minutes`` is how long the service usually takes."""
        self._minutes = minutes
        self.strip.set_current(0)
        self.retranslate()

    def rest(self) -> None:
        """Nobody is here, so there is nothing to say."""
        self.strip.set_current(-1)
        self.retranslate()

    def resting(self) -> bool:
        """Whether nobody is here."""
        return self.strip.current() < 0

    def advance(self) -> bool:
        """Go to the next step; False after the last one and while nobody is here."""
        if not 0 <= self.strip.current() < _LAST:
            return False
        self.strip.set_current(self.strip.current() + 1)
        self.retranslate()
        return True

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.strip.set_steps(
            [
                (self.tr("迎"), self.tr("起身问好")),
                (self.tr("问"), self.tr("问清需求")),
                (self.tr("办"), self.tr("双手接递")),
                (self.tr("核"), self.tr("请客户核对")),
                (self.tr("送"), self.tr("提醒道别")),
            ]
        )
        minutes = self.tr("“请您稍等，大约需要 {n} 分钟。”").format(n=self._minutes)
        sentences = (
            self.tr("“您好，请坐。”"),
            self.tr("“请问您今天办什么业务？”"),
            minutes,
            self.tr("“请您核对一下，没有问题请在这里签字。”"),
            self.tr("“请带好您的物品，谢谢，再见。”"),
        )
        current = self.strip.current()
        self.say.setText(sentences[current] if current >= 0 else "")
        self.next_button.setText(self.tr("下一步"))
        self.next_button.set_key(self.tr("空格"))
        self.next_button.setVisible(0 <= current < _LAST)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
