"""Owns one item of an inspection: its answer by one press, and what a failure needs; runs no
command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from branch.catalogue.queries import Service
from branch.inspections.answers import FAIL, NOT_APPLICABLE, PASS
from branch.inspections.rules import Item
from branch.inspections.sheets import Given
from ui.drills.failure_part import FailurePart
from ui.models.inspection_words import item_guide, item_text, unit_text, verdict_label
from ui.shell.language import language
from ui.widgets.card import Separator
from ui.widgets.chips import Chips
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import BODY, CAPTION, STRONG, Label
from ui.widgets.staff_field import Colleague
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusChip

translate = QCoreApplication.translate

_ANSWERS = (PASS, FAIL, NOT_APPLICABLE)
_SCORES = ("2", "1", "0", NOT_APPLICABLE)
_CODES = {"pfn": _ANSWERS, "score2": _SCORES, "sign": ("signed",)}
_CONTROL = 300
# So that words of one line stand in the middle of a row of 64 px.
_DOWN = 12
_LOOK = {PASS: State.OK, FAIL: State.URGENT, NOT_APPLICABLE: State.IDLE}


@dataclass(frozen=True)
class Said:
    """What stands in a row: the answer with everything said to it."""

    item: str
    value: str
    note: str
    service: str
    mended: bool
    owner: int | None


class ItemRow(QWidget):
    """``said`` carries what stands in the row after a change; ``photo_wanted`` and
    ``photo_opened`` its item; ``moved`` that the keyboard goes to the row below or above."""

    said = Signal(object)
    photo_wanted = Signal(str)
    photo_opened = Signal(str)
    moved = Signal(int)
    next_wanted = Signal()

    def __init__(self, item: Item, number: int) -> None:
        super().__init__()
        self.item, self._number = item, number
        self.given: Given | None = None
        self._hint, self._told, self._filled, self._is_open = "", "", "", True
        self.text, self.guide = Label("", BODY, wrap=True), Label("", CAPTION, wrap=True)
        self.chip = StatusChip(State.IDLE, "")
        self.chips: Chips | None = None
        self.field: FieldEdit | None = None
        self.service: ChoiceField | None = None
        self.error = ErrorLine()
        row = HBox(spacing=16, margins=(0, 10, 0, 10))
        place = Label(str(number), STRONG)
        place.setFixedWidth(26)
        place.setContentsMargins(0, _DOWN, 0, 0)
        row.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
        words = VBox(spacing=2, margins=(0, _DOWN, 0, 0))
        for label in (self.text, self.guide, self.error):
            words.addWidget(label)
        words.addStretch(1)
        row.addLayout(words, 1)
        chip = VBox(margins=(0, _DOWN - 3, 0, 0))
        chip.addWidget(self.chip)
        chip.addStretch(1)
        row.addLayout(chip)
        control = self._control()
        control.setFixedWidth(_CONTROL)
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
        self.failure = FailurePart(item, self)
        self.failure.told.connect(self._tell)
        self.failure.photo_wanted.connect(lambda: self.photo_wanted.emit(item.id))
        self.failure.photo_opened.connect(lambda: self.photo_opened.emit(item.id))
        column = VBox(parent=self)
        column.addLayout(row)
        column.addWidget(self.failure)
        column.addWidget(Separator())
        self.retranslate()

    # -- building -------------------------------------------------------------------------------

    def _control(self) -> QWidget:
        self._codes = _CODES.get(self.item.response, ())
        if self._codes:
            self.chips = Chips(len(self._codes))
            self.chips.chosen.connect(self._pressed)
            return self.chips
        box = QWidget()
        column = VBox(spacing=6, parent=box)
        if self.item.most_of:
            self.service = ChoiceField()
            self.service.combo.activated.connect(lambda _at: self._tell())
            column.addWidget(self.service)
        self.field = FieldEdit("")
        self.field.left.connect(self._left)
        self.field.edit.returnPressed.connect(self._entered)
        line = HBox(spacing=8)
        line.addWidget(self.field, 1)
        self.unit = Label("", CAPTION)
        line.addWidget(self.unit)
        column.addLayout(line)
        return box

    # -- showing --------------------------------------------------------------------------------

    def show_colleagues(self, colleagues: Sequence[Colleague]) -> None:
        """Offer these to put a failure right."""
        self.failure.show_colleagues(colleagues)

    def show_services(self, services: Sequence[Service]) -> None:
        """Offer these as the one that was observed."""
        if self.service is None:
            return
        combo = self.service.combo
        chosen = combo.currentData() or (self.given.service if self.given else "")
        combo.clear()
        combo.addItem("", "")
        for service in services:
            if service.active:
                combo.addItem(service.name.text(language().code), service.code)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))

    def show_given(self, given: Given | None, *, open_still: bool, hint: str = "") -> None:
        """Show what is kept, or what the program knows; what is just being typed stays."""
        changed, failed_before = given != self.given, self._has_failed()
        self.given, self._is_open = given, open_still
        if changed:
            self._told = ""
            self.forgive()
        self._hint = hint if given is None and open_still else ""
        value = given.value if given else self._hint
        self._show_chip()
        if self.chips is not None:
            self.chips.choose(frozenset({value} - {""}))
            self.chips.setEnabled(open_still)
        if self.field is not None:
            self.field.edit.setReadOnly(not open_still)
            # What was typed and refused stays, even where the program knows something itself.
            untouched = self.field.text().strip() in ("", self._filled)
            if value and (changed or untouched) and not self.field.edit.hasFocus():
                self.field.set_text(value)
                self._filled = value
        self._show_guide()
        self.failure.setVisible(self._has_failed())
        if given is not None and self._has_failed():
            self.failure.show_given(given, open_still=open_still)
            if not failed_before and open_still and self._has_focus():
                self.failure.focus_note()

    def missing(self) -> str:
        """What a failure still lacks, in words; nothing when it is complete."""
        return self.failure.lacks() if self._has_failed() else ""

    def _has_failed(self) -> bool:
        return self.given is not None and self.given.verdict == FAIL

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def show_error(self, text: str, field: str = "") -> None:
        """Say what is wrong at its field, the answer itself unless one is named, and go there."""
        place = self._places().get(field)
        if place is None:
            self.error.show_error(text)
        else:
            place.set_error(text)
        self.focus_wrong()

    def forgive(self) -> None:
        """Take every sentence away."""
        self.error.show_error("")
        for place in self._places().values():
            place.set_error("")

    def not_taken(self) -> None:
        """What was said did not reach the store; it stays typed and is said again on leaving."""
        self._told = ""

    def is_wrong(self) -> bool:
        """Whether something stands in the row that was refused."""
        lines = [self.error, *(place.error for place in self._places().values())]
        return any(not line.isHidden() for line in lines)

    def focus_wrong(self) -> None:
        """Give the keyboard to what was refused beside the answer, or to the answer."""
        for place in self._places().values():
            if not place.error.isHidden():
                place.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.focus_answer()

    def _places(self) -> dict[str, FieldEdit | ChoiceField]:
        found: dict[str, FieldEdit | ChoiceField] = {
            "note": self.failure.note,
            "owner": self.failure.owner,
        }
        return found if self.service is None else {"service": self.service, **found}

    def focus_answer(self) -> None:
        """Give the keyboard to the answer."""
        if self.chips is not None:
            self.chips.focus_first()
        elif self.field is not None:
            self.field.edit.setFocus(Qt.FocusReason.TabFocusReason)

    # -- saying ---------------------------------------------------------------------------------

    def _value(self) -> str:
        if self.chips is not None:
            return self.chips.code()
        assert self.field is not None  # every row has one of the two
        return self.field.text().strip()

    def _pressed(self) -> None:
        assert self.chips is not None  # it told
        if not self.chips.code():
            # An answer is changed, not taken back; pressing what was filled in confirms it.
            value = self.given.value if self.given is not None else self._hint
            self.chips.choose(frozenset({value} - {""}))
            if self.given is not None:
                return
        self._tell()

    def _left(self) -> None:
        kept, typed = self.given.value if self.given else "", self._value()
        if self.field is None or typed in ("", kept) or not self.field.edit.isModified():
            # An answer is changed, not taken back, and only by whoever typed: what is kept, by
            # somebody else perhaps, stands there again.
            self.error.show_error("")
            if kept and self.field is not None:
                self.field.set_text(kept)
        elif typed != self._told:
            self._tell()

    def _entered(self) -> None:
        # Enter goes on to the next row, which leaves this one: what was sent is not sent again.
        kept = self.given.value if self.given else ""
        if self._value() not in (kept, self._told):
            self._tell()
        self.next_wanted.emit()

    def _tell(self) -> None:
        if not self._value() or not self._is_open:
            return
        service = self.service.combo.currentData() if self.service else ""
        self.forgive()
        self._told = self._value()
        part = self.failure
        note, mended, owner = part.note.text().strip(), part.mended.isChecked(), part.owner.staff()
        self.said.emit(Said(self.item.id, self._value(), note, service or "", mended, owner))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2, 3 answer a row of choices and go on; the arrows go from row to row."""
        at = event.key() - Qt.Key.Key_1
        if self.chips is not None and self.chips.isEnabled() and 0 <= at < len(self._codes):
            self.chips.choose(frozenset({self._codes[at]}))
            self._tell()
            if self._codes[at] not in (FAIL, "0"):
                self.next_wanted.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down leave the row; by itself a button would take them for left and right."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.moved.emit(step)
                return True
        return bool(super().eventFilter(watched, event))

    # -- words ----------------------------------------------------------------------------------

    def _show_chip(self) -> None:
        # A press on 通过 or 不适用 says it by itself and leaves the words their room.
        plain = self.item.response == "pfn" and not self._has_failed()
        self.chip.setVisible(self.given is not None and not plain)
        if self.given is not None:
            self.chip.set_chip(_LOOK[self.given.verdict], verdict_label(self.given.verdict))

    def _show_guide(self) -> None:
        parts = [item_guide(self.item)]
        if self._hint:
            parts.append(
                translate("ItemRow", "系统已填，核对后按一下确认")
                if self.chips is not None
                else translate("ItemRow", "系统已填，核对后按回车确认")
            )
        words = translate("ItemRow", "，").join(part for part in parts if part)
        self.guide.setText(words)
        self.guide.setVisible(bool(words))

    def _choice(self, code: str) -> str:
        if code in _ANSWERS:
            return verdict_label(code)
        return {
            "2": translate("ItemRow", "做到"),
            "1": translate("ItemRow", "部分做到"),
            "0": translate("ItemRow", "没做到"),
            "signed": translate("ItemRow", "已签名"),
        }[code]

    def retranslate(self) -> None:
        """Take all words anew."""
        words = item_text(self.item)
        critical = translate("ItemRow", "{text}（关键）").format(text=words)
        self.text.setText(critical if self.item.critical else words)
        self._show_guide()
        self._show_chip()
        self.setAccessibleName(words)
        if self.chips is not None:
            self.chips.setAccessibleName(words)
            self.chips.offer([(code, self._choice(code)) for code in self._codes])
            for code in self._codes:
                name = f"{self._number} {self._choice(code)}"
                tile = self.chips.tile(code)
                tile.setAccessibleName(name)
                tile.installEventFilter(self)
        if self.field is not None:
            self.field.edit.setAccessibleName(words)
            self.unit.setText(unit_text(self.item))
            if self.item.response == "date":
                self.field.edit.setPlaceholderText("2027-06-30")
        if self.service is not None:
            self.service.set_label(translate("ItemRow", "观察的业务"))
