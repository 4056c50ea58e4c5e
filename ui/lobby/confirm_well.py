"""Owns the sunken place that says what will be issued; must not issue it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from ui.lobby.drop_button import DropButton
from ui.widgets.card import CANVAS_WELL, Well
from ui.widgets.label import SECOND, ElidedLabel, Label, TextRole
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph

_TITLE = TextRole(15, 700)
_STRONG = TextRole(14, 700)
_FACTS_HEIGHT = 46


class ConfirmWell(Well):
    """Class and area, people ahead and the wait; below, the service and the slot to choose from.

    Its height never changes, so that nothing moves under a finger.
    """

    service_wanted = Signal()
    slot_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(CANVAS_WELL, parent)
        self.title = ElidedLabel("", _TITLE)
        self.place = Label("", SECOND, align=Qt.AlignmentFlag.AlignRight)
        self.ahead = Label("", SECOND)
        self.wait = Label("", _STRONG, align=Qt.AlignmentFlag.AlignRight)
        self.error = Label("", TextRole(14, 400, "danger_text"), wrap=True)
        self.hint = Label("", SECOND, wrap=True)
        self.service = DropButton()
        self.slot = DropButton()
        self.slot.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._service_text = self._slot_text = ""
        self._places = QStackedLayout()
        holder = QWidget()
        holder.setLayout(self._places)
        for page in (self._facts(), self._error_row(), self.hint):
            self._places.addWidget(page)
        holder.setFixedHeight(_FACTS_HEIGHT)
        self._column = VBox(margins=(14, 10, 14, 10), parent=self)
        self._column.addWidget(holder)
        self._column.add_gap(6)
        row = HBox(spacing=6)
        row.addWidget(self.service, 1)
        row.addWidget(self.slot)
        self._column.addLayout(row)
        self.service.clicked.connect(self.service_wanted)
        self.slot.clicked.connect(self.slot_wanted)
        self.show_service("")
        self.show_slot("")
        self.show_hint("")

    def _facts(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        first, second = HBox(spacing=8), HBox(spacing=8)
        first.addWidget(self.title, 1)
        first.addWidget(self.place)
        second.addWidget(self.ahead, 1)
        second.addWidget(self.wait)
        column.addLayout(first)
        column.addLayout(second)
        return page

    def _error_row(self) -> QWidget:
        page = QWidget()
        row = HBox(spacing=8, parent=page)
        row.addWidget(StatusGlyph(State.URGENT, 20), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.error, 1)
        return page

    def set_padding(self, padding: int) -> None:
        """The room above and below, px: less of it in a low window."""
        self._column.set_margins(14, padding, 14, padding)

    def show_facts(self, title: str, place: str, ahead: str, wait: str) -> None:
        """Say what the next press will do."""
        self.title.set_text(title)
        self.place.setText(place)
        self.ahead.setText(ahead)
        self.wait.setText(wait)
        self._places.setCurrentIndex(0)
        self.setAccessibleName("，".join(part for part in (title, place, ahead, wait) if part))

    def show_error(self, text: str) -> None:
        """Say why it was refused; what was chosen stays."""
        self.error.setText(text)
        self._places.setCurrentIndex(1)
        self.setAccessibleName(text)

    def show_hint(self, text: str) -> None:
        """Say what to choose first."""
        self.hint.setText(text)
        self._places.setCurrentIndex(2)
        self.setAccessibleName(text)

    def shown_error(self) -> str:
        """The sentence of a refusal that stands there now."""
        return self.error.text() if self._places.currentIndex() == 1 else ""

    def show_service(self, text: str) -> None:
        """The service chosen; there is nothing to choose from without a group."""
        self._service_text = text
        self.service.setEnabled(bool(text))
        # The place stays when there is nothing in it.
        policy = self.service.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.service.setSizePolicy(policy)
        self.service.setVisible(bool(text))
        self._say()

    def show_slot(self, text: str) -> None:
        """The slot or the booking's code; nothing hides the button."""
        self._slot_text = text
        self.slot.setVisible(bool(text))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _say(self) -> None:
        self.service.show_choice(self.tr("业务"), self._service_text)
        self.service.setToolTip(self._service_text)
        self.slot.show_choice(self.tr("预约时间"), self._slot_text)
