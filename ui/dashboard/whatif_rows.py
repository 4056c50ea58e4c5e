"""Owns the forms of the changes a what-if can make, one a line; must not ask anybody."""

from __future__ import annotations

import re
from unicodedata import normalize

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from branch.catalogue.rules import LARGEST_CREDIT_MIN, checked_minutes
from branch.kernel.errors import BadInput
from ui.dashboard.whatif_lines import AlsoLine, CreditLine, Line, MoreLine, Offer
from ui.dashboard.whatif_services import ServicePick
from ui.shell.language import language
from ui.shell.station import sentence
from ui.widgets.button import COMPACT, PlainButton
from ui.widgets.card import CANVAS_WELL, Well
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import BODY, STRONG, Label
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate

_MOST_DIGITS = 9
_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def hour_of(text: str) -> str:
    """A time of day as HH:MM; empty for what is none."""
    # Typed with a Chinese keyboard, digits and colon may be full-width.
    match = _HOUR.fullmatch(normalize("NFKC", text).strip())
    return f"{int(match[1]):02d}:{match[2]}" if match else ""


class ChangeRow(Well):
    """A change with its title and the button that takes it away.

    ``removed`` asks for that, ``edited`` tells that it is another change now.
    """

    removed = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(CANVAS_WELL, parent)
        self.title = Label("", STRONG, wrap=True)
        self.remove = PlainButton("", size=COMPACT, icon="close")
        self.remove.clicked.connect(self.removed)
        self.trouble = ErrorLine()
        self._column = VBox(spacing=8, margins=(14, 10, 10, 12), parent=self)
        head = HBox(spacing=8)
        head.addWidget(self.title, 1)
        head.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(head)

    def set_offer(self, offer: Offer) -> None:
        """Offer these in the language of the moment; what was chosen stays."""
        raise NotImplementedError

    def line(self) -> Line | None:
        """The change; None, with a sentence at the field, for what cannot be asked."""
        raise NotImplementedError

    def _say_title(self, text: str) -> None:
        self.title.setText(text)
        self.remove.setAccessibleName(translate("WhatIfRows", "去掉：{change}").format(change=text))
        self.remove.setToolTip(translate("WhatIfRows", "去掉"))

    def _changed(self) -> None:
        self.trouble.show_error("")
        self.edited.emit()

    def _no_services(self) -> None:
        self.trouble.show_error(translate("WhatIfRows", "请至少选一项业务"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the change away; in a field it is the field's own."""
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
            return
        super().keyPressEvent(event)


class MoreRow(ChangeRow):
    """One more counter from … until …, with these services."""

    def __init__(self, line: MoreLine, opens: str, closes: str) -> None:
        super().__init__()
        self._opens, self._closes = opens, closes
        self.since = FieldEdit("", self._check_hour)
        self.until = FieldEdit("", self._check_until)
        self.services = ServicePick()
        hours = HBox(spacing=10)
        for field, text in ((self.since, line.since), (self.until, line.until)):
            field.set_text(text)
            field.edit.textEdited.connect(self._changed)
            hours.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(hours)
        self._column.addWidget(self.services)
        self._column.addWidget(self.trouble)
        self.services.picked.connect(self._changed)
        self._first: frozenset[str] | None = line.services

    def set_offer(self, offer: Offer) -> None:
        """Offer these services; a line without any begins with all."""
        self._say_title(translate("WhatIfRows", "加开一个柜台"))
        self.since.set_label(translate("WhatIfRows", "从"))
        self.until.set_label(translate("WhatIfRows", "到"))
        self.services.setAccessibleName(translate("WhatIfRows", "办哪些业务"))
        self.services.set_offer(offer)
        if self._first is not None:
            self.services.put(self._first or offer.every())
            self._first = None
        for field in (self.since, self.until):
            if field.error_text():
                field.check()

    def line(self) -> MoreLine | None:
        """The hours as HH:MM."""
        fine = [field.check() for field in (self.since, self.until)]
        services = self.services.services()
        if not services:
            self._no_services()
        if not all(fine) or not services:
            return None
        return MoreLine(hour_of(self.since.text()), hour_of(self.until.text()), services)

    def _check_hour(self, text: str) -> str:
        if hour_of(text):
            return ""
        return translate("WhatIfRows", "请写成 10:00 这样的时间")

    def _check_until(self, text: str) -> str:
        wrong = self._check_hour(text)
        since, until = hour_of(self.since.text()), hour_of(text)
        if wrong or not since:
            return wrong
        if until <= since:
            return translate("WhatIfRows", "请填比开始晚的时间")
        if since >= self._closes or until <= self._opens:
            said = translate("WhatIfRows", "营业时间是 {opens} 到 {closes}")
            return said.format(opens=self._opens, closes=self._closes)
        return ""


class AlsoRow(ChangeRow):
    """A counter had done these services as well."""

    def __init__(self, line: AlsoLine) -> None:
        super().__init__()
        self.counter, self.services = QuietCombo(), ServicePick()
        row = HBox(spacing=10)
        row.addWidget(self.counter, 2)
        row.addWidget(self.services, 3)
        self._column.addLayout(row)
        self._column.addWidget(self.trouble)
        self.counter.activated.connect(self._changed)
        self.services.picked.connect(self._changed)
        self._first: AlsoLine | None = line

    def set_offer(self, offer: Offer) -> None:
        """Offer these counters and services."""
        self._say_title(translate("WhatIfRows", "一个柜台也办别的业务"))
        self.counter.setAccessibleName(translate("WhatIfRows", "哪个柜台"))
        self.services.setAccessibleName(translate("WhatIfRows", "也办哪些业务"))
        name = translate("WhatIfRows", "{n} 号柜台")
        self.counter.set_choices([(str(n), name.format(n=n)) for n in offer.counters])
        self.services.set_offer(offer)
        if self._first is not None:
            self.counter.choose(str(self._first.counter))
            self.services.put(self._first.services)
            self._first = None

    def line(self) -> AlsoLine | None:
        """The counter and what it does besides."""
        services = self.services.services()
        if not services:
            self._no_services()
            return None
        return AlsoLine(int(self.counter.code()), services)


class CreditRow(ChangeRow):
    """A class had had another head start."""

    def __init__(self, line: CreditLine) -> None:
        super().__init__()
        self.klass = QuietCombo()
        self.minutes = FieldEdit("", self._check_minutes)
        self.minutes.set_text(str(line.minutes))
        self.now = Label("", BODY, wrap=True)
        row = HBox(spacing=10)
        for control in (self.klass, self.minutes):
            row.addWidget(control, 1, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        self._column.addWidget(self.now)
        self.klass.activated.connect(self._on_class)
        self.minutes.edit.textEdited.connect(self._changed)
        self._offer: Offer | None = None
        self._first = line.klass

    def set_offer(self, offer: Offer) -> None:
        """Offer these classes."""
        self._offer = offer
        self._say_title(translate("WhatIfRows", "一类客户提前的分钟数"))
        self.klass.setAccessibleName(translate("WhatIfRows", "哪一类客户"))
        self.minutes.edit.setAccessibleName(translate("WhatIfRows", "提前多少分钟"))
        code = language().code
        self.klass.set_choices([(item.code, item.name.text(code)) for item in offer.classes])
        if self._first:
            self.klass.choose(self._first)
            self._first = ""
        self._say_now()
        if self.minutes.error_text():
            self.minutes.check()

    def line(self) -> CreditLine | None:
        """The class and its minutes."""
        if not self.minutes.check():
            return None
        return CreditLine(self.klass.code(), int(self.minutes.text().strip()))

    def _on_class(self) -> None:
        self._say_now()
        self._changed()

    def _say_now(self) -> None:
        if self._offer is not None:
            now = self._offer.credit(self.klass.code())
            text = translate("WhatIfRows", "提前的分钟数，现在是 {n}").format(n=now)
            self.now.setText(text)

    def _check_minutes(self, text: str) -> str:
        plain = text.strip()
        typed = int(plain) if plain.isdecimal() and len(plain) <= _MOST_DIGITS else -1
        try:
            checked_minutes(typed, "credit", LARGEST_CREDIT_MIN)
        except BadInput as error:
            return sentence(error)
        return ""


def row_for(line: Line, opens: str, closes: str) -> ChangeRow:
    """The form of a change, filled in."""
    match line:
        case MoreLine():
            return MoreRow(line, opens, closes)
        case AlsoLine():
            return AlsoRow(line)
        case CreditLine():
            return CreditRow(line)
