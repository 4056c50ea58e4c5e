"""Owns one visitor's whole record, masked: what is known, what happened, what can be done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.people.rules import permits
from branch.visitors.commands.reveal import Reveal
from branch.visitors.queries.register import VisitorLine
from branch.visitors.rules import State as Visit
from ui.models.visitor_words import (
    area_label,
    document_tail_text,
    left_by_label,
    purpose_label,
    state_label,
)
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.visitors.badge_printing import BadgePrinting
from ui.visitors.cells import deeds_of, when_text
from ui.visitors.correct_dialog import CorrectDialog
from ui.visitors.record import Record, record
from ui.visitors.signature_row import SignatureRow
from ui.widgets.banner import Banner
from ui.widgets.button import LARGE, Button, PlainButton, PrimaryButton
from ui.widgets.card import Separator
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import CAPTION, SECTION, ElidedLabel, Label, TextRole
from ui.widgets.reveal_row import LINE, RevealRow
from ui.widgets.stage import Grid, HBox, VBox, clear
from ui.widgets.state import State
from ui.widgets.status import StatusChip

translate = QCoreApplication.translate

_TOPICS = frozenset({"visitor", "badge"})
_STATES = {
    Visit.EXPECTED: State.IDLE,
    Visit.HELD: State.ATTENTION,
    Visit.INSIDE: State.RUNNING,
    Visit.LEFT: State.OK,
}
_MOST_HAPPENED = 6


class DetailDialog(PanelDialog):
    """``acted`` carries a deed's key and the line, ``badge_missing`` the line of somebody who left
    without giving his badge back, ``told`` a sentence and its state; ``list_wanted`` asks for the
    block list."""

    acted = Signal(str, object)
    badge_missing = Signal(object)
    list_wanted = Signal()
    told = Signal(str, object)

    def __init__(self, parent: QWidget, station: Station, line: VisitorLine) -> None:
        super().__init__(parent, translate("DetailDialog", "来访登记"), width=720)
        self._station, self.line = station, line
        self._refused: RevealRow | None = None
        self.printing = BadgePrinting(station, self)
        self.printing.told.connect(self.told)
        self._build()
        self.asking: Asking[Record] = Asking(station, self, self._question, self._take)
        station.changed.connect(self._on_changed)
        self._show_line()
        self.asking.ask()

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.chip = StatusChip(State.IDLE, "")
        self.name = self._reveal("name", self.tr("姓名"))
        self.phone = self._reveal("phone", self.tr("手机"))
        self.plate = self._reveal("plate", self.tr("车牌"))
        self.guardian = self._reveal("guardian", self.tr("监护人姓名"))
        make = partial(Reveal, "visitor", self.line.id, "signature")
        self.signature = SignatureRow(self._station, make, self.tr("来访人签名"))
        for row in (self.name, self.phone, self.plate, self.guardian, self.signature):
            row.refused.connect(partial(self._on_refused, row))
        self._plain: dict[str, tuple[QWidget, ElidedLabel]] = {}
        head = HBox(spacing=12)
        self.title = Label("", TextRole(20, 700))
        head.addWidget(self.title)
        head.addWidget(self.chip)
        head.addStretch(1)
        self.body.addLayout(head)
        self.body.add_gap(16)
        sheet = QWidget()
        self._grid = Grid(columns=3, spacing=8, parent=sheet)
        self._parts = (
            self.name, self.phone, self._field("document", self.tr("证件")),
            self._field("unit", self.tr("单位")), self._field("what", self.tr("来访事由")),
            self._field("host", self.tr("被访人")), self._field("area", self.tr("可到区域")),
            self._field("came", self.tr("到访")), self._field("left", self.tr("离开")),
            self._field("goods", self.tr("携带物品")), self.plate, self.guardian,
            self.signature,
        )  # fmt: skip
        for part in self._parts:
            part.setParent(sheet)
        self.body.addWidget(sheet)
        self.banner = Banner(strip=False)
        self.banner.pressed.connect(self._break_glass)
        self.body.add_gap(8)
        self.body.addWidget(self.banner)
        self.body.add_gap(8)
        self.body.addWidget(Separator())
        self.body.add_gap(12)
        self.body.addWidget(Label(self.tr("经过"), SECTION))
        self.body.add_gap(4)
        self._happened = VBox(spacing=2)
        self.body.addLayout(self._happened)
        self._build_buttons()

    def _reveal(self, field: str, caption: str) -> RevealRow:
        return RevealRow(self._station, partial(Reveal, "visitor", self.line.id, field), caption)

    def _field(self, key: str, caption: str) -> QWidget:
        part = QWidget()
        column = VBox(spacing=2, parent=part)
        label, value = Label(caption, CAPTION), ElidedLabel("", TextRole(14, 500))
        value.setFixedHeight(LINE)
        column.addWidget(label)
        column.addWidget(value)
        self._plain[key] = (part, value)
        return part

    def _build_buttons(self) -> None:
        roles = self._station.person.roles
        self.back_button = PlainButton(self.tr("返回"), size=LARGE)
        self.correct_button = PlainButton(self.tr("更正"), size=LARGE)
        self.print_button = PlainButton(self.tr("打印访客牌"), size=LARGE)
        self.lost_button = PlainButton(self.tr("签离，牌未收回"), size=LARGE)
        self._may_correct = permits("CorrectVisitor", roles)
        self._may_sign_out = permits("SignOutVisitor", roles)
        self._deeds = HBox(spacing=10)
        self.deed_buttons: dict[str, Button] = {}
        # Why somebody is held stands on the list, and is looked up by who decides on him.
        self.list_button = PlainButton(self.tr("查看名单"), size=LARGE)
        self._may_approve = permits("ApproveVisitor", roles)
        for button in (
            self.back_button, self.correct_button, self.list_button, self.print_button,
            self.lost_button,
        ):  # fmt: skip
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.buttons.addLayout(self._deeds)
        self.back_button.clicked.connect(self.reject)
        self.correct_button.clicked.connect(self._correct)
        self.print_button.clicked.connect(lambda: self.printing.print_badge(self.line))
        self.lost_button.clicked.connect(self._badge_missing)
        self.list_button.clicked.connect(self._to_list)

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> partial[Record]:
        return partial(record, visitor=self.line.id)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.asking.ask()

    def _take(self, found: Record) -> None:
        if found.line is None:
            # The retention has taken him meanwhile.
            self.reject()
            return
        if found.line != self.line:
            self.line = found.line
            self._show_line()
        clear(self._happened)
        for one in found.happened[:_MOST_HAPPENED]:
            row = HBox(spacing=12)
            time = Label(when_text(one.at, self._station), TextRole(13, 400, "ink3"))
            time.setMinimumWidth(88)
            row.addWidget(time)
            row.addWidget(ElidedLabel(one.words(), TextRole(14)), 1)
            row.addWidget(Label(one.who, TextRole(13, 400, "ink2")))
            self._happened.addLayout(row)
        self.adjustSize()

    # -- showing --------------------------------------------------------------------------------

    def _show_line(self) -> None:
        line, station = self.line, self._station
        self.title.setText(line.badge or self.tr("来访登记"))
        self.chip.set_chip(_STATES.get(Visit(line.state), State.IDLE), state_label(line.state))
        self.name.show_masked(line.shown_name)
        self.phone.show_masked(line.shown_phone)
        hidden = self.tr("已登记")
        self.plate.show_masked(hidden)
        self.guardian.show_masked(hidden)
        self.signature.show_masked(self.tr("已签名"))
        document = document_tail_text(line.document, line.tail)
        if document and line.checked_by:
            checked = self.tr("{name} 核对").format(name=line.checked_by)
            document = self.tr("，").join((document, checked))
        host = line.host_name
        if line.answered_at is not None:
            answered = self.tr("{time} 知道了").format(time=when_text(line.answered_at, station))
            host = self.tr("，").join((host, answered))
        came = when_text(line.came_at, station)
        if line.came_at is None and line.expected_at is not None:
            came = self.tr("预约 {time}").format(time=when_text(line.expected_at, station))
        left = when_text(line.left_at, station)
        if left and line.left_by:
            left = self.tr("，").join((left, left_by_label(line.left_by)))
        purpose = purpose_label(line.purpose)
        what = self.tr("，").join((purpose, line.matter)) if line.matter else purpose
        known: set[QWidget] = {self.name}
        for row, there in (
            (self.phone, bool(line.shown_phone)),
            (self.plate, line.has_plate),
            (self.guardian, line.has_guardian),
            (self.signature, line.has_signature),
        ):
            known |= {row} if there else set()
        for key, value in {
            "unit": line.unit,
            "what": what,
            "host": host,
            "document": document,
            "came": came,
            "left": left,
            "area": area_label(line.area),
            "goods": line.goods,
        }.items():
            part, shown = self._plain[key]
            shown.set_text(value)
            if value:
                known.add(part)
        self._place(known)
        self._show_buttons()

    def _place(self, known: set[QWidget]) -> None:
        """Only what is known takes a place, three in a row."""
        for part in self._parts:
            self._grid.removeWidget(part)
            part.setVisible(part in known)
        for at, part in enumerate(part for part in self._parts if part in known):
            self._grid.addWidget(part, at // 3, at % 3)

    def _show_buttons(self) -> None:
        line = self.line
        inside = line.state == Visit.INSIDE
        open_states = (Visit.EXPECTED, Visit.HELD, Visit.INSIDE)
        self.correct_button.setVisible(self._may_correct and line.state in open_states)
        self.list_button.setVisible(self._may_approve and line.state == Visit.HELD)
        self.print_button.setVisible(inside)
        self.lost_button.setVisible(inside and self._may_sign_out)
        clear(self._deeds)
        self.deed_buttons.clear()
        for at, deed in enumerate(reversed(deeds_of(line, self._station.person.roles))):
            last = at == len(deeds_of(line, self._station.person.roles)) - 1
            kind: type[Button] = PrimaryButton if last else PlainButton
            button = kind(deed.text, size=LARGE)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._act, deed.key))
            self.deed_buttons[deed.key] = button
            self._deeds.addWidget(button)

    def _on_refused(self, row: RevealRow, text: str, glass_helps: bool) -> None:
        self._refused = row
        self.banner.show_text(text, button=self.tr("紧急查看") if glass_helps else "")
        self.adjustSize()

    def _break_glass(self) -> None:
        if self._refused is not None:
            self._refused.break_glass()
            self.banner.clear()

    # -- acting ---------------------------------------------------------------------------------

    def _act(self, key: str) -> None:
        self.accept()
        self.acted.emit(key, self.line)

    def _badge_missing(self) -> None:
        self.accept()
        self.badge_missing.emit(self.line)

    def _to_list(self) -> None:
        self.accept()
        self.list_wanted.emit()

    def _correct(self) -> None:
        parent = self.parentWidget()
        assert parent is not None  # a panel stands before its window
        dialog = CorrectDialog(parent, self._station, self.line)
        said = self.tr("{name} 的登记已更正").format(name=self.line.shown_name)
        dialog.corrected.connect(lambda: self.told.emit(said, State.OK))
        dialog.open()
