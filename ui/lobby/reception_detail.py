"""Owns how one reception record is shown whole, its telephone masked or for 15 seconds in full.

It tells what is wanted of the record and does none of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QWidget

from branch.catalogue.queries import Name
from branch.visitors.commands.reveal import SHOWN_S
from branch.visitors.queries.reception import Reception
from branch.visitors.reception import is_overdue
from ui.lobby.reception_rows import service_words
from ui.models.dates import day_text
from ui.models.reception_words import advice_words, person_words, reception_word
from ui.shell.station import Station
from ui.widgets.button import SMALL_TOUCH, Button, PlainButton, PrimaryButton
from ui.widgets.card import CANVAS_WELL, Well
from ui.widgets.label import BODY, CAPTION, CARD_TITLE, SECOND, STRONG, Label
from ui.widgets.stage import HBox, VBox


class ReceptionDetail(QWidget):
    """A record; ``wanted`` gives change, withdraw, reveal or finish."""

    wanted = Signal(str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._record: Reception | None = None
        self._services: Mapping[str, Name] = {}
        self._today = ""
        self._full, self._left = "", 0
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)
        self.title = Label("", CARD_TITLE, wrap=True)
        self.facts = Label("", CAPTION, wrap=True)
        self.advice = Label("", BODY, wrap=True)
        self.note = Label("", SECOND, wrap=True)
        self.feedback = Label("", BODY, wrap=True)
        self.due = Label("", STRONG, wrap=True)
        self.contact = Label("", BODY, wrap=True)
        self.told = Label("", CAPTION, wrap=True)
        self._buttons: dict[str, Button] = {
            "reveal": PlainButton("", size=SMALL_TOUCH, icon="eye"),
            "finish": PrimaryButton("", size=SMALL_TOUCH, icon="check"),
            "change": PlainButton("", size=SMALL_TOUCH),
            "withdraw": PlainButton("", size=SMALL_TOUCH),
        }
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        column = VBox(spacing=8, parent=self)
        for label in (self.title, self.facts, self.advice, self.note, self.feedback):
            column.addWidget(label)
        self._well = Well(CANVAS_WELL)
        inner = VBox(spacing=6, margins=(14, 12, 14, 12), parent=self._well)
        for label in (self.due, self.contact, self.told):
            inner.addWidget(label)
        column.addWidget(self._well)
        column.addStretch(1)
        for pair in (("reveal", "finish"), ("change", "withdraw")):
            row = HBox(spacing=10)
            for action in pair:
                button = self._buttons[action]
                button.setAutoDefault(False)
                button.clicked.connect(lambda _on=False, action=action: self.wanted.emit(action))
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)

    def button(self, action: str) -> Button:
        """The button of an action."""
        return self._buttons[action]

    def show_record(
        self, record: Reception | None, services: Mapping[str, Name], today: str
    ) -> None:
        """Show a record; another one than before masks the telephone again."""
        if record is None or self._record is None or record.id != self._record.id:
            self.hide_full()
        self._record, self._services, self._today = record, services, today
        self._show()

    def show_full(self, phone: str) -> None:
        """Show the whole number for 15 seconds (look.md section 10)."""
        self._full, self._left = phone, SHOWN_S
        self._second.start()
        self._show()

    def hide_full(self) -> None:
        """Show the number masked again, and know it no more."""
        self._second.stop()
        self._full, self._left = "", 0
        self._show()

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.hide_full()
        else:
            self._show()

    def _show(self) -> None:
        record = self._record
        self.setVisible(record is not None)
        if record is None:
            return
        self.title.setText(service_words(record, self._services))
        self.facts.setText(self._facts(record))
        said = record.feedback_text
        kind = reception_word("kind", record.feedback)
        texts = (
            (self.advice, advice_words(record.advice)),
            (self.note, record.note),
            (
                self.feedback,
                self.tr("{kind}：{text}").format(kind=kind, text=said) if said else kind,
            ),
        )
        for label, text in texts:
            label.setText(text)
            label.setVisible(bool(text))
        self._show_follow_up(record)
        own = record.staff == self._station.person.staff and record.day == self._today
        for action in ("change", "withdraw"):
            self._buttons[action].setVisible(own and record.done_at is None)

    def _show_follow_up(self, record: Reception) -> None:
        self._well.setVisible(bool(record.follow_up))
        open_still = bool(record.follow_up) and record.done_at is None
        self._buttons["finish"].setVisible(open_still)
        self._buttons["reveal"].setVisible(open_still and bool(record.phone) and not self._full)
        if not record.follow_up:
            return
        self.due.setText(self._due(record))
        over = open_still and is_overdue(record.follow_by, self._today)
        self.due.set_token("danger_text" if over else "")
        who = person_words(record.surname, record.title)
        number = self._full or record.phone
        self.contact.setText(" ".join(part for part in (who, number) if part))
        self.contact.setVisible(bool(who or number))
        self.told.setText(self._told(record))

    def _facts(self, record: Reception) -> str:
        local = self._station.local(record.at)
        when = f"{day_text(local)} {local:%H:%M}"
        number = self.tr("号票 {number}").format(number=record.number) if record.number else ""
        written = self.tr("{name} 记").format(name=record.staff_name)
        return self.tr("，").join(part for part in (when, number, written) if part)

    def _due(self, record: Reception) -> str:
        what = reception_word("follow_up", record.follow_up)
        if record.done_at is not None:
            outcome = reception_word("outcome", record.outcome)
            return self.tr("回访：{what}，{outcome}").format(what=what, outcome=outcome)
        day = day_text(datetime.fromisoformat(record.follow_by))
        text = self.tr("回访：{what}，{day}前").format(what=what, day=day)
        if is_overdue(record.follow_by, self._today):
            return self.tr("，").join((text, self.tr("已过日期")))
        return text

    def _told(self, record: Reception) -> str:
        if self._left:
            return self.tr("完整号码 {n} 秒后隐去，已记入流水").format(n=self._left)
        if record.told_at is None:
            return self.tr("客户没有留联系方式")
        local = self._station.local(record.told_at)
        when = f"{day_text(local)} {local:%H:%M}"
        text = self.tr("{time} 已告知，告知第 {n} 版")
        return text.format(time=when, n=record.notice)

    def retranslate(self) -> None:
        """Take all words anew."""
        self._buttons["reveal"].setText(self.tr("显示电话"))
        self._buttons["finish"].setText(self.tr("回访办完"))
        self._buttons["change"].setText(self.tr("修改"))
        self._buttons["withdraw"].setText(self.tr("撤回这条"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
