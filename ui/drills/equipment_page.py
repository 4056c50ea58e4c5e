"""Owns the page of the equipment register: what there is, what is past its time, what is broken."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from branch.inspections.commands import SetEquipmentState
from branch.inspections.equipment import BROKEN, RETIRED, WORKING
from branch.inspections.queries import EquipmentLine, equipment
from branch.kernel.store import Store
from branch.people.rules import permits
from ui.drills.equipment_dialogs import BrokenDialog, EquipmentDialog
from ui.models.equipment_words import (
    STATE_LOOK,
    expiry_label,
    expiry_look,
    kind_label,
    state_label,
)
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.button import PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.choice import CheckRow
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.label import CARD_TITLE, SECOND, Label
from ui.widgets.lines_table import Cell, Line, LinesTable
from ui.widgets.place_holder import EmptyState
from ui.widgets.stage import HBox, VBox

_DETAIL = 360


class EquipmentPage(QWidget):
    """The register at the left, the thing at hand at the right. ``said`` carries what was done."""

    said = Signal(str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("equipment")
        self._station = station
        roles = station.person.roles
        self._may_add = permits("AddEquipment", roles)
        self._may_change = permits("ChangeEquipment", roles)
        self._may_set = permits("SetEquipmentState", roles)
        self.lines: tuple[EquipmentLine, ...] | None = None
        self.asking = Asking(station, self, self._question, self._take)
        self._build()
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.with_retired.clicked.connect(self.asking.ask)
        self.add.clicked.connect(lambda: self._open(None))
        self.change.clicked.connect(lambda: self._open(self.chosen()))
        self.broken.clicked.connect(self._ask_broken)
        self.working.clicked.connect(self._set_working)
        self.retire.clicked.connect(self._ask_retire)
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.retranslate()
        self.asking.ask()

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        row = HBox(spacing=16, parent=self)
        row.addWidget(self._list(), 1)
        row.addWidget(self._detail())

    def _list(self) -> Card:
        card = Card()
        self.title = Label("", CARD_TITLE)
        self.told = Label("", SECOND, wrap=True)
        self.with_retired = CheckRow("")
        self.add = PrimaryButton("", icon="plus")
        self.table = LinesTable(1, folds=True)
        self.empty = EmptyState("machine", "")
        head = HBox(spacing=16)
        head.addWidget(self.title, 1)
        head.addWidget(self.with_retired)
        head.addWidget(self.add)
        column = VBox(spacing=10, margins=(18, 16, 18, 14), parent=card)
        column.addLayout(head)
        column.addWidget(self.told)
        self._pages = QStackedLayout()
        column.addLayout(self._pages, 1)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.table)
        if not self._may_add:
            self.add.hide()
        return card

    def _detail(self) -> Card:
        card = Card()
        card.setFixedWidth(_DETAIL)
        self.name = Label("", CARD_TITLE, wrap=True)
        self.about, self.since = Label("", SECOND, wrap=True), Label("", SECOND, wrap=True)
        self.note = Label("", SECOND, wrap=True)
        self.change = PlainButton("")
        self.broken = PlainButton("")
        self.working = PrimaryButton("", icon="check")
        self.retire = PlainButton("")
        column = VBox(spacing=8, margins=(20, 18, 20, 18), parent=card)
        for label in (self.name, self.about, self.since, self.note):
            column.addWidget(label)
        column.addStretch(1)
        for button in (self.working, self.broken, self.change, self.retire):
            column.addWidget(button)
        return card

    # -- showing --------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], tuple[EquipmentLine, ...]]:
        today = self._station.now().date()
        return partial(equipment, today=today, retired=self.with_retired.isChecked())

    def _take(self, lines: tuple[EquipmentLine, ...]) -> None:
        self.lines = lines
        self._show()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if "equipment" in topics:
            self.asking.ask()

    def _show(self) -> None:
        if self.lines is None:
            self._show_chosen()
            return
        heads = (
            self.tr("状态"),
            self.tr("名称"),
            self.tr("种类"),
            self.tr("位置"),
            self.tr("有效期"),
        )
        self.table.set_lines(heads, [self._line(line) for line in self.lines])
        self._pages.setCurrentWidget(self.table if self.lines else self.empty)
        if self.lines and not self.table.current_key():
            self.table.select_key(str(self.lines[0].id))
        told = self._figures(self.lines)
        self.told.setText(told)
        self.told.setVisible(bool(told))
        self._show_chosen()

    def _figures(self, lines: tuple[EquipmentLine, ...]) -> str:
        counts = (
            (self.tr("故障 {n} 件"), sum(line.state == BROKEN for line in lines)),
            (self.tr("已过期 {n} 件"), sum(line.expiry == "expired" for line in lines)),
            (self.tr("三十天内到期 {n} 件"), sum(line.expiry == "soon" for line in lines)),
        )
        return self.tr("，").join(words.format(n=number) for words, number in counts if number)

    def _line(self, line: EquipmentLine) -> Line:
        cells = (
            Cell(state_label(line.state), STATE_LOOK[line.state]),
            Cell(line.name),
            Cell(kind_label(line.kind)),
            Cell(line.place),
            Cell(expiry_label(line.expiry, line.expires_on), expiry_look(line.expiry)),
        )
        return Line(str(line.id), cells, faint=line.state == RETIRED)

    def chosen(self) -> EquipmentLine | None:
        """The thing at hand."""
        key = self.table.current_key()
        return next((line for line in self.lines or () if str(line.id) == key), None)

    def _on_row(self, _index: QModelIndex) -> None:
        self._show_chosen()

    def _show_chosen(self) -> None:
        line = self.chosen()
        self.change.setVisible(self._may_change and line is not None and line.state != RETIRED)
        self.broken.setVisible(self._may_set and line is not None and line.state == WORKING)
        self.working.setVisible(self._may_set and line is not None and line.state == BROKEN)
        self.retire.setVisible(self._may_set and line is not None and line.state != RETIRED)
        self.name.setText(line.name if line else self.tr("选一件设备，这里显示详情"))
        if line is None:
            for label in (self.about, self.since, self.note):
                label.setText("")
            return
        about = [kind_label(line.kind), line.place]
        if line.serial:
            about.append(self.tr("编号 {serial}").format(serial=line.serial))
        self.about.setText(self.tr("，").join(about))
        day = self._station.local(line.since).strftime("%Y-%m-%d %H:%M")
        state = state_label(line.state)
        self.since.setText(self.tr("{state}，自 {day}").format(state=state, day=day))
        self.note.setText(line.note)

    # -- doing ----------------------------------------------------------------------------------

    def _open(self, line: EquipmentLine | None) -> None:
        dialog = EquipmentDialog(self, self._station, line)
        dialog.said.connect(self.said)
        dialog.open()

    def _ask_broken(self) -> None:
        line = self.chosen()
        if line is not None:
            dialog = BrokenDialog(self, self._station, line)
            dialog.said.connect(self.said)
            dialog.open()

    def _set_working(self) -> None:
        line = self.chosen()
        if line is not None:
            self._set(line, WORKING, self.tr("{name} 可以使用了").format(name=line.name))

    def _ask_retire(self) -> None:
        line = self.chosen()
        if line is None:
            return
        dialog = ConfirmDialog(
            self,
            title=self.tr("报废 {name}").format(name=line.name),
            text=self.tr("报废后不能恢复，记录会保留。"),
            confirm=self.tr("报废"),
            cancel=self.tr("返回"),
        )
        told = self.tr("{name} 已报废").format(name=line.name)
        dialog.accepted.connect(lambda: self._set(line, RETIRED, told))
        dialog.open()

    def _set(self, line: EquipmentLine, state: str, told: str) -> None:
        command = SetEquipmentState(line.id, state)
        self._station.run(self, command, lambda _none: self.said.emit(told))

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("设备登记"))
        self.table.setAccessibleName(self.tr("设备登记"))
        self.with_retired.set_text(self.tr("也看已报废的"))
        self.add.setText(self.tr("登记设备"))
        self.change.setText(self.tr("修改"))
        self.broken.setText(self.tr("报告故障"))
        self.working.setText(self.tr("恢复使用"))
        self.retire.setText(self.tr("报废"))
        self.empty.set_texts(
            self.tr("还没有登记设备"), self.tr("登记灭火器、自助设备等，到期和故障会在这里提醒")
        )
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
