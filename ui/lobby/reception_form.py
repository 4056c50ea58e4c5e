"""Owns the form of a reception record: need, advice, feedback, follow-up; sends nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from branch.catalogue.queries import Group, Service
from branch.visitors.queries.notices import Notice
from branch.visitors.queries.reception import Draft, Reception
from branch.visitors.reception import ADVICE, FEEDBACK, number_doubt
from ui.lobby.reception_follow_up import FollowUpForm
from ui.models.reception_words import no_service_word, person_words, reception_word
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import SMALL_TOUCH, AccentButton
from ui.widgets.chips import Chips
from ui.widgets.doubt_line import DoubtLine
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import CAPTION, STRONG, Label
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.stage import HBox, VBox

NEEDS: Final = 8
_COLUMN: Final = 474
_NO_SERVICE: Final = "-"


@dataclass(frozen=True)
class Sheet:
    """What the form offers: services and their groups, the most usual needs first, the notice."""

    groups: tuple[Group, ...]
    services: tuple[Service, ...]
    usual: tuple[str, ...]
    notice: Notice


@dataclass(frozen=True)
class Noted:
    """What stands in the form's left and upper half."""

    service: str
    advice: frozenset[str]
    note: str = field(repr=False)
    feedback: str
    feedback_text: str = field(repr=False)


class ReceptionForm(QWidget):
    """Left need and advice, right feedback and follow-up. ``grown`` tells of another height."""

    grown = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._leading = ""
        self.need_label, self.advice_label = Label("", STRONG), Label("", STRONG)
        self.needs = Chips(2)
        self.all_services = QuietCombo()
        self.advice = Chips(4, several=True)
        self.note = FieldEdit("")
        self.note_doubt = DoubtLine()
        self.feedback_label = Label("", STRONG)
        self.feedback = Chips(4)
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(64)
        self.words_doubt, self.words_error = DoubtLine(), ErrorLine()
        self.room_hint = Label("", CAPTION, wrap=True)
        self.room_button = AccentButton("", size=SMALL_TOUCH, icon="room")
        self.room_button.setAutoDefault(False)
        self._room = QWidget()
        self.follow_up = FollowUpForm(station)
        self._lay_out()
        self._wire()
        self.retranslate()
        self._show()

    # -- building -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        row = HBox(spacing=28, parent=self)
        for column in (self._left(), self._right()):
            side = QWidget()
            side.setFixedWidth(_COLUMN)
            side.setLayout(column)
            row.addWidget(side)

    def _left(self) -> VBox:
        column = VBox()
        column.addWidget(self.need_label)
        column.add_gap(6)
        column.addWidget(self.needs)
        column.add_gap(8)
        column.addWidget(self.all_services)
        column.add_gap(16)
        column.addWidget(self.advice_label)
        column.add_gap(6)
        column.addWidget(self.advice)
        row = HBox(spacing=12, margins=(0, 8, 0, 0), parent=self._room)
        row.addWidget(self.room_hint, 1)
        row.addWidget(self.room_button)
        column.addWidget(self._room)
        column.add_gap(12)
        column.addWidget(self.note)
        column.addWidget(self.note_doubt)
        column.addStretch(1)
        return column

    def _right(self) -> VBox:
        column = VBox()
        column.addWidget(self.feedback_label)
        column.add_gap(6)
        column.addWidget(self.feedback)
        column.add_gap(8)
        column.addWidget(self.words)
        column.addWidget(self.words_error)
        column.addWidget(self.words_doubt)
        column.add_gap(8)
        column.addWidget(self.follow_up)
        column.addStretch(1)
        return column

    def _wire(self) -> None:
        self.needs.chosen.connect(self._on_need)
        self.all_services.activated.connect(self._on_service)
        self.advice.chosen.connect(self._show)
        self.feedback.chosen.connect(self._on_feedback)
        self.room_button.clicked.connect(self._to_room)
        self.note.edit.textChanged.connect(self._look)
        self.words.textChanged.connect(self._look)
        self.words.textChanged.connect(lambda: self.words_error.show_error(""))
        self.follow_up.unfolded.connect(self.grown)

    # -- filling --------------------------------------------------------------------------------

    def offer(self, sheet: Sheet) -> None:
        """Offer services and the notice; what was chosen stays."""
        self._sheet = sheet
        self.follow_up.show_notice(sheet.notice)
        self._offer_needs()

    def choose_service(self, code: str) -> None:
        """Choose a need that is known already, as from a ticket; it gets a tile of its own."""
        self._leading = code
        self._offer_needs()
        self._choose_need(code)

    def fill(self, record: Reception, draft: Draft) -> None:
        """Show a standing record to be corrected, its texts as they were typed."""
        self.choose_service(record.service)
        self.advice.choose(frozenset(record.advice))
        self.note.set_text(draft.note)
        self.feedback.choose(frozenset({record.feedback}))
        self.words.setPlainText(draft.feedback_text)
        parts = (person_words(record.surname, record.title), record.phone)
        kept = " ".join(part for part in parts if part)
        self.follow_up.fill(record.follow_up, record.follow_by, kept)
        self._show()

    def noted(self) -> Noted:
        """What stands in the form; words of a feedback that was taken back are left out."""
        kind = self.feedback.code() or FEEDBACK[0]
        words = self.words.toPlainText().strip() if kind != FEEDBACK[0] else ""
        service = self.all_services.code().replace(_NO_SERVICE, "")
        return Noted(service, self.advice.codes(), self.note.text().strip(), kind, words)

    def show_error(self, field: str, text: str) -> bool:
        """Say at a field what would be right, and go there; False when it has no place here."""
        places: dict[str, tuple[QWidget, Callable[[str], None]]] = {
            "note": (self.note, self.note.set_error),
            "feedback_text": (self.words, self.words_error.show_error),
            "surname": (self.follow_up.surname, self.follow_up.surname.set_error),
            "phone": (self.follow_up.phone, self.follow_up.phone.set_error),
        }
        if field not in places:
            return False
        place, show = places[field]
        show(text)
        place.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def press_need(self, at: int) -> None:
        """Press the tile of a need by its place, as the digit keys do."""
        codes = self.needs.offered()
        if at < len(codes):
            self.needs.tile(codes[at]).click()

    # -- choosing -------------------------------------------------------------------------------

    def _on_need(self) -> None:
        self._choose_need(self.needs.code())

    def _on_service(self) -> None:
        self._choose_need(self.all_services.code().replace(_NO_SERVICE, ""))

    def _choose_need(self, code: str) -> None:
        self.needs.choose(frozenset({code}))
        self.all_services.choose(code or _NO_SERVICE)

    def _on_feedback(self) -> None:
        if not self.feedback.code():
            self.feedback.choose(frozenset({FEEDBACK[0]}))
        self._show()
        self.grown.emit()
        if self.words.isVisible():
            self.words.setFocus()

    def _to_room(self) -> None:
        self.advice.choose(self.advice.codes() | {"room"})
        self._show()
        self.grown.emit()

    def _look(self) -> None:
        before = (self.note_doubt.code, self.words_doubt.code)
        self.note_doubt.show_doubt(number_doubt(self.note.text()))
        self.words_doubt.show_doubt(number_doubt(self.words.toPlainText()))
        if before != (self.note_doubt.code, self.words_doubt.code):
            self.grown.emit()

    def _show(self) -> None:
        kind = self.feedback.code() or FEEDBACK[0]
        self.words.setVisible(kind != FEEDBACK[0])
        offers_room = kind == "dissatisfied" and "room" not in self.advice.codes()
        self._room.setVisible(offers_room)

    # -- words ----------------------------------------------------------------------------------

    def _offer_needs(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        names = {service.code: service.name.text(language().code) for service in sheet.services}
        chosen = self.all_services.code()
        ranked = [code for code in (self._leading, *sheet.usual) if code in names]
        # Before anything is usual, every group puts its first service forward.
        firsts = {group.code: group for group in sheet.groups}
        ranked += [
            service.code
            for service in sheet.services
            if service.active and firsts.pop(service.group, None) is not None
        ]
        shown = list(dict.fromkeys(ranked))[:NEEDS]
        self.needs.offer([(code, names[code]) for code in shown])
        self.all_services.set_choices(self._all(sheet, names))
        self._choose_need((chosen or self._leading).replace(_NO_SERVICE, ""))

    def _all(self, sheet: Sheet, names: dict[str, str]) -> Sequence[tuple[str, str]]:
        order = {group.code: at for at, group in enumerate(sheet.groups)}
        ranked = sorted(
            (
                service
                for service in sheet.services
                if service.active or service.code == self._leading
            ),
            key=lambda service: order.get(service.group, len(order)),
        )
        return [
            (_NO_SERVICE, no_service_word()),
            *((service.code, names[service.code]) for service in ranked),
        ]

    def retranslate(self) -> None:
        """Take all words anew."""
        self.need_label.setText(self.tr("客户要办什么？"))
        self.needs.setAccessibleName(self.tr("客户要办什么？"))
        self.all_services.setAccessibleName(self.tr("全部业务"))
        self.advice_label.setText(self.tr("怎样答复的？"))
        self.advice.setAccessibleName(self.tr("怎样答复的？"))
        self.advice.offer([(code, reception_word("advice", code)) for code in ADVICE])
        self.note.set_label(self.tr("备注，可不填"))
        self.feedback_label.setText(self.tr("客户有什么反馈？"))
        self.feedback.setAccessibleName(self.tr("客户有什么反馈？"))
        self.feedback.offer([(code, reception_word("kind", code)) for code in FEEDBACK])
        if not self.feedback.code():
            self.feedback.choose(frozenset({FEEDBACK[0]}))
        self.words.setPlaceholderText(self.tr("记客户的原话，不写姓名和号码"))
        self.words.setAccessibleName(self.tr("客户的话"))
        self.room_hint.setText(self.tr("可以请客户到接待室慢慢说"))
        self.room_button.setText(self.tr("请进接待室"))
        self.note_doubt.show_doubt(self.note_doubt.code or None)
        self.words_doubt.show_doubt(self.words_doubt.code or None)
        self._offer_needs()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
