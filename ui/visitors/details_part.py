"""Owns the fields of a visitor's details and what stands in them; must not send or keep them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.identity import (
    age_on,
    birth_date,
    compact,
    mobile_doubt,
    resident_id_doubt,
)
from branch.kernel.masking import TAIL, document_tail, mask_phone
from branch.visitors.commands.register import SignInVisitor
from branch.visitors.details import Details
from branch.visitors.queries.register import VisitorLine
from branch.visitors.queries.usual import UsualAreas
from branch.visitors.rules import AREAS, DOCUMENTS
from ui.models.visitor_words import area_label, document_label
from ui.visitors.form_fields import PurposeChoice
from ui.widgets.button import SMALL_TOUCH, LinkButton
from ui.widgets.choice import CheckRow
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.masked_field import PRIVATE, MaskedField
from ui.widgets.staff_field import Colleague, StaffField
from ui.widgets.stage import HBox, VBox

RESIDENT_ID = "resident_id"
# Below this age a guardian agrees in his place (PIPL Art. 31).
_OWN_CONSENT_FROM = 14
# As close as the whole form needs to stand in a window of 900 px without scrolling.
_ROW_GAP, _LABEL_GAP = 8, 4
_TICK_WIDTH = 110
_LINK = replace(SMALL_TOUCH, padding=4)


def _pair(left: QWidget, right: QWidget) -> HBox:
    """Two fields side by side; a sentence under one moves not the other."""
    row = HBox(spacing=12)
    row.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
    row.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
    return row


def _masked_number(number: str) -> str:
    plain = compact(number)
    tail = plain if len(plain) <= TAIL else document_tail(plain)
    return f"**** {tail}" if tail else ""


class DetailsPart(QWidget):
    """Purpose, name, telephone, document, unit, host, area, matter; the rest as needed.

    ``today`` tells the branch's day, for the age a resident ID number says. ``touched`` tells
    that somebody has begun to fill it in.
    """

    touched = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._expected: VisitorLine | None = None
        self._minor_by_number = False
        self._usual, self._area_proposed = UsualAreas(), False
        self.purpose = PurposeChoice()
        self.name, self.unit, self.matter = FieldEdit(""), FieldEdit(""), FieldEdit("")
        self.phone = MaskedField(mask_phone, mobile_doubt)
        self.document = ChoiceField()
        self.number = MaskedField(_masked_number, self._number_doubt)
        self.checked, self.minor = CheckRow(""), CheckRow("")
        self.goods_button = LinkButton("", size=_LINK)
        self.guardian, self.consent = FieldEdit(""), CheckRow("")
        self.consent_error = ErrorLine()
        self.goods, self.plate = FieldEdit(""), FieldEdit("")
        self.host, self.area = StaffField("host_unknown"), ChoiceField()
        self._minor_block, self._goods_block = QWidget(), QWidget()
        for field in (self.name, self.unit, self.matter, self.guardian, self.goods, self.plate):
            field.edit.setInputMethodHints(PRIVATE)
        self._lay_out()
        self._wire()
        self.retranslate()
        self.clear()

    def _lay_out(self) -> None:
        column = self._column = VBox(spacing=_ROW_GAP, parent=self)
        column.addLayout(_pair(self.name, self.phone))
        column.addLayout(_pair(self.document, self.number))
        column.addLayout(self._ticks())
        column.addWidget(self.unit)
        column.addLayout(_pair(self.host, self.area))
        column.addWidget(self.matter)
        column.addStretch(1)
        fields: tuple[FieldEdit | ChoiceField, ...] = (*self._edits(), self.document, self.area)
        for field in fields:
            field.label.setContentsMargins(0, 0, 0, _LABEL_GAP)

    def _ticks(self) -> VBox:
        """What goes with the document: checked, a minor with his guardian, goods and vehicle."""
        column = VBox()
        row = HBox(spacing=8)
        for tick in (self.checked, self.minor):
            tick.setMinimumWidth(_TICK_WIDTH)
            row.addWidget(tick, 1)
        row.addWidget(self.goods_button)
        column.addLayout(row)
        minor = VBox(margins=(0, 0, 0, 6), parent=self._minor_block)
        minor.addWidget(self.guardian)
        minor.addWidget(self.consent)
        minor.addWidget(self.consent_error)
        goods = HBox(spacing=12, margins=(0, 0, 0, 6), parent=self._goods_block)
        goods.addWidget(self.goods, 3)
        goods.addWidget(self.plate, 2)
        column.addWidget(self._minor_block)
        column.addWidget(self._goods_block)
        return column

    def _wire(self) -> None:
        self.minor.toggled.connect(self._show_blocks)
        self.minor.clicked.connect(self._by_hand)
        self.consent.toggled.connect(lambda _on: self.consent_error.show_error(""))
        self.goods_button.setCheckable(True)
        self.goods_button.toggled.connect(self._show_blocks)
        self.number.left.connect(self._look_at_age)
        self.document.combo.currentIndexChanged.connect(lambda _at: self.number.look())
        self.host.picked.connect(self._propose_area)
        self.purpose.chosen.connect(self._propose_area)
        self.area.combo.activated.connect(lambda _at: self._area_by_hand())
        for edit in self._edits():
            edit.edit.textEdited.connect(lambda _text: self.touched.emit())

    def _edits(self) -> tuple[FieldEdit, ...]:
        return (
            self.name, self.phone, self.number, self.guardian, self.goods, self.plate, self.unit,
            self.host, self.matter,
        )  # fmt: skip

    def set_side(self, margin: int) -> None:
        """Leave so much free at the right."""
        self._column.set_margins(0, 0, margin, 0)

    # -- what stands there ----------------------------------------------------------------------

    def command(self, told: bool, notice: int, signature: str, spoken: bool) -> SignInVisitor:
        """The command of what stands there; ``spoken`` says that he agreed by word."""
        shown = bool(self.number.text().strip()) or self.checked.isChecked()
        is_minor = self.minor.isChecked()
        return SignInVisitor(
            Details(
                name=self.name.text(),
                unit=self.unit.text(),
                host=self.host.staff(),
                purpose=self.purpose.code(),
                area=self.area.combo.code(),
                matter=self.matter.text(),
                phone=self.phone.text(),
                plate=self.plate.text(),
            ),
            told=told,
            notice=notice,
            expected=self._expected.id if self._expected else None,
            # Without a number and without a look at it, no document was shown.
            document=self.document.combo.code() if shown else "",
            number=self.number.text(),
            checked=self.checked.isChecked(),
            goods=self.goods.text(),
            is_minor=is_minor,
            guardian=self.guardian.text() if is_minor else "",
            consented=self.consent.isChecked() if is_minor else spoken,
            signature=signature,
        )

    def expected(self) -> VisitorLine | None:
        """The announced visitor the form was filled from."""
        return self._expected

    def places(self) -> dict[str, Callable[[str], None]]:
        """Where the error of a field is shown."""
        return {
            "name": self.name.set_error,
            "phone": self.phone.set_error,
            "document": self.document.set_error,
            "number": self.number.set_error,
            "guardian": self.guardian.set_error,
            "consent": self.consent_error.show_error,
            "goods": self._goods_error(self.goods),
            "plate": self._goods_error(self.plate),
            "unit": self.unit.set_error,
            "host": self.host.set_error,
            "area": self.area.set_error,
            "matter": self.matter.set_error,
        }

    def widget_of(self, field: str) -> QWidget:
        """What takes the keyboard for a field of ``places``."""
        return {
            "name": self.name, "phone": self.phone, "document": self.document,
            "number": self.number, "guardian": self.guardian, "consent": self.consent,
            "goods": self.goods, "plate": self.plate, "unit": self.unit, "host": self.host,
            "area": self.area, "matter": self.matter,
        }[field]  # fmt: skip

    def _goods_error(self, field: FieldEdit) -> Callable[[str], None]:
        def show(text: str) -> None:
            self.goods_button.setChecked(self.goods_button.isChecked() or bool(text))
            field.set_error(text)

        return show

    def settle(self) -> None:
        """Take what is being typed just now as if its field had been left."""
        self.host.settle()
        self._look_at_age()

    def missing(self) -> tuple[str, ...]:
        """Needed fields that are empty, in reading order."""
        filled = {
            "name": self.name.text().strip() or self._expected,
            "unit": self.unit.text().strip(),
            # Something typed that is nobody has its own sentence.
            "host": self.host.staff() or self.host.text().strip(),
            "area": self.area.combo.code(),
        }
        return tuple(field for field, value in filled.items() if not value)

    def stops(self) -> tuple[QWidget, ...]:
        """Where Enter goes on to: what is needed and not there yet, in reading order."""
        number = self.number.text().strip()
        open_now = {
            self.name.edit: not self.name.text().strip() and self._expected is None,
            self.number.edit: not number,
            self.checked: bool(number) and not self.checked.isChecked(),
            self.guardian.edit: self.minor.isChecked() and not self.guardian.text().strip(),
            self.consent: self.minor.isChecked() and not self.consent.isChecked(),
            self.unit.edit: not self.unit.text().strip(),
            self.host.edit: self.host.staff() is None,
            self.area.combo: not self.area.combo.code(),
        }
        return tuple(widget for widget, is_open in open_now.items() if is_open)

    def order(self) -> tuple[QWidget, ...]:
        """Everything the keyboard comes to, in reading order."""
        return (
            self.name.edit, self.phone.edit, self.phone.eye, self.document.combo, self.number.edit,
            self.number.eye, self.checked, self.minor, self.goods_button, self.guardian.edit,
            self.consent, self.goods.edit, self.plate.edit, self.unit.edit, self.host.edit,
            self.area.combo, self.matter.edit,
        )  # fmt: skip

    def clear(self) -> None:
        """Empty everything; nothing typed stays anywhere, not even to be undone."""
        self._expected, self._minor_by_number = None, False
        for edit in self._edits():
            edit.set_text("")
        for tick in (self.checked, self.minor, self.consent, self.goods_button):
            tick.setChecked(False)
        self.host.choose(None)
        self.purpose.choose("business")
        self.document.combo.choose(RESIDENT_ID)
        self.area.combo.choose("")
        self._area_by_hand()
        for show in self.places().values():
            show("")
        self._say_hints()
        self._show_blocks()

    def fill_from(self, line: VisitorLine) -> None:
        """An announced visitor: what is masked stays as announced unless it is typed anew."""
        self.clear()
        self._expected = line
        self.purpose.choose(line.purpose)
        self.unit.set_text(line.unit)
        self.matter.set_text(line.matter)
        self.goods.set_text(line.goods)
        self.host.choose(line.host)
        self.area.combo.choose(line.area)
        self.goods_button.setChecked(bool(line.goods or line.has_plate))
        self._say_hints()

    def show_hosts(self, hosts: Sequence[Colleague]) -> None:
        """Whom a visitor may see."""
        self.host.show_colleagues(hosts)

    def show_usual(self, usual: UsualAreas) -> None:
        """Where visitors were let lately."""
        self._usual = usual

    def _propose_area(self) -> None:
        """The usual area, until somebody chooses one; the label says where it comes from."""
        if self.area.combo.code() and not self._area_proposed:
            return
        self.area.combo.choose(self._usual.area(self.host.staff(), self.purpose.code()))
        self._area_proposed = bool(self.area.combo.code())
        self._name_area()

    def _area_by_hand(self) -> None:
        self._area_proposed = False
        self._name_area()

    def _name_area(self) -> None:
        as_usual = self._area_proposed
        self.area.set_label(self.tr("可到区域，按上次") if as_usual else self.tr("可到区域"))

    def _say_hints(self) -> None:
        for edit in self._edits():
            edit.edit.setPlaceholderText("")
        self.number.edit.setPlaceholderText(self.tr("可只填后四位"))
        self.host.edit.setPlaceholderText(self.tr("姓名或员工号"))
        line = self._expected
        if line is None:
            return
        as_announced = self.tr("{value}，按预约")
        self.name.edit.setPlaceholderText(as_announced.format(value=line.shown_name))
        if line.shown_phone:
            self.phone.edit.setPlaceholderText(as_announced.format(value=line.shown_phone))
        if line.has_plate:
            self.plate.edit.setPlaceholderText(self.tr("按预约"))

    # -- the document and the age it tells ------------------------------------------------------

    def _number_doubt(self, number: str) -> str | None:
        if self.document.combo.code() != RESIDENT_ID or len(compact(number)) <= TAIL:
            return None
        return resident_id_doubt(number, self._today())

    def _look_at_age(self) -> None:
        """Under 14 by the number: the guardian is asked for. A tick by hand stays."""
        born = None
        if self.document.combo.code() == RESIDENT_ID:
            born = birth_date(self.number.text())
        under = born is not None and 0 <= age_on(born, self._today()) < _OWN_CONSENT_FROM
        if under and not self.minor.isChecked():
            self._minor_by_number = True
            self.minor.setChecked(True)
        elif not under and self._minor_by_number:
            self._minor_by_number = False
            self.minor.setChecked(False)

    def _by_hand(self) -> None:
        self._minor_by_number = False
        self.touched.emit()

    def _show_blocks(self) -> None:
        self._minor_block.setVisible(self.minor.isChecked())
        self._goods_block.setVisible(self.goods_button.isChecked())

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take the words anew."""
        self.name.set_label(self.tr("姓名"))
        self.phone.set_label(self.tr("手机"))
        self.phone.set_eye_name(self.tr("按住显示手机号"))
        self.document.set_label(self.tr("证件类型"))
        self.document.combo.set_choices([(code, document_label(code)) for code in DOCUMENTS])
        self.number.set_label(self.tr("证件号"))
        self.number.set_eye_name(self.tr("按住显示证件号"))
        self.checked.set_text(self.tr("已核对证件"))
        self.minor.set_text(self.tr("未满 14 周岁"))
        self.goods_button.setText(self.tr("物品车辆"))
        self.guardian.set_label(self.tr("监护人姓名"))
        self.consent.set_text(self.tr("监护人单独同意登记未成年人信息"))
        self.goods.set_label(self.tr("携带物品"))
        self.plate.set_label(self.tr("车牌"))
        self.unit.set_label(self.tr("单位"))
        self.host.set_label(self.tr("被访人"))
        self.host.retranslate()
        self._name_area()
        self.area.combo.set_choices([(code, area_label(code)) for code in AREAS])
        self.area.combo.setPlaceholderText(self.tr("请选择"))
        self.matter.set_label(self.tr("来访事由"))
        self._say_hints()
