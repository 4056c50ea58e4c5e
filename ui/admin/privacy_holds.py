"""Owns the part of the page with the legal holds: which stand, placing one, lifting one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QModelIndex
from PySide6.QtWidgets import QStackedWidget, QWidget

from branch.complaints.queries.retention import holds_for
from branch.visitors.commands.holds import LiftHold, PlaceHold
from branch.visitors.queries.retention import Hold
from branch.visitors.retention import HOLD_REASONS
from ui.admin.privacy_finder import RecordFinder
from ui.admin.privacy_section import PrivacySection
from ui.admin.privacy_words import hold_reason_label, record_label
from ui.shell.station import Station
from ui.widgets.ask_dialog import AskDialog
from ui.widgets.button import PlainButton
from ui.widgets.card import Card
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.label import BODY, CAPTION, CARD_TITLE, Label
from ui.widgets.lines_table import Cell, Line, LinesTable
from ui.widgets.place_holder import EmptyState
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State

translate = QCoreApplication.translate


class HoldDialog(AskDialog):
    """Which record, why, and in words; the record is found, or given by whoever opens it."""

    def __init__(
        self, parent: QWidget, section: PrivacySection, record: tuple[str, int] | None = None
    ) -> None:
        title = translate("HoldDialog", "依法留存")
        text = translate("HoldDialog", "留存的记录到期也不删除，由另一位同事解除。")
        if record is not None:
            text = translate("HoldDialog", "{record}。").format(record=record_label(*record)) + text
        super().__init__(parent, section.station, title, text, width=620)
        self._record = record
        self.finder = RecordFinder(section.station, one=True)
        self.finder.setVisible(record is None)
        if record is None:
            self.body.add_gap(14)
            self.body.addWidget(self.finder)
        self.reason = self.add_control(self.tr("为什么留存"), QuietCombo())
        self.reason.set_choices([(code, hold_reason_label(code)) for code in HOLD_REASONS])
        self.reason.setCurrentIndex(0)
        self.words = self.add_text(self.tr("说明，选“其他理由”时要写"), "text")
        self.offer(
            self.tr("留存"),
            self.tr("返回"),
            self._command,
            lambda _hold: section.told.emit(self.tr("已留存")),
        )
        self.confirm_button.setEnabled(record is not None)
        # Enter in a field of the finder looks for records.
        self.confirm_button.setAutoDefault(False)
        self.confirm_button.setDefault(False)
        self.finder.changed.connect(self._follow)

    def written(self) -> object:
        """Which record, what it was looked for by, why, and in words."""
        return self.finder.written(), self.reason.code(), self.words.toPlainText()

    def _follow(self) -> None:
        self.confirm_button.setEnabled(bool(self._record or self.finder.chosen()))

    def _command(self) -> PlaceHold:
        kind, ref = self._record or self.finder.chosen()[0]
        return PlaceHold(kind, ref, self.reason.code(), self.words.toPlainText())


class HoldsSection(PrivacySection):
    """The holds that stand and those that were lifted."""

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._holds: tuple[Hold, ...] = ()
        self.title = Label("", CARD_TITLE)
        self.add = PlainButton("", icon="plus")
        if not self.may_change:
            self.add.hide()
        self.note = Label("", CAPTION, wrap=True)
        self.table = LinesTable(2)
        self.empty = EmptyState("lock", "")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.table)
        self.words = Label("", BODY, wrap=True)
        self.lift = PlainButton("")
        self._build()
        self.add.clicked.connect(self._place)
        self.lift.clicked.connect(self._ask_lift)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.retranslate()

    def _build(self) -> None:
        card = Card()
        column = VBox(spacing=10, margins=(16, 14, 16, 14), parent=card)
        head = HBox(spacing=12)
        head.addWidget(self.title, 1)
        head.addWidget(self.add)
        column.addLayout(head)
        column.addWidget(self.note)
        column.addWidget(self.stack, 1)
        row = HBox(spacing=12)
        row.addWidget(self.words, 1)
        row.addWidget(self.lift)
        column.addLayout(row)
        whole = VBox(parent=self)
        whole.addWidget(card, 1)

    def ask(self) -> None:
        """Read the holds anew."""
        self.station.ask(self, partial(holds_for, staff=self.station.person.staff), self._take)

    def _take(self, found: tuple[Hold, ...]) -> None:
        self._holds = found
        self._show()
        self.loaded.emit()

    def _show(self) -> None:
        heads = (
            self.tr("记录"),
            self.tr("为什么"),
            self.tr("说明"),
            self.tr("留存人"),
            self.tr("状态"),
        )
        self.table.set_lines(heads, [self._line(hold) for hold in self._holds])
        self.stack.setCurrentWidget(self.table if self._holds else self.empty)
        self._say_chosen()

    def _line(self, hold: Hold) -> Line:
        placed = f"{self.station.local(hold.at):%Y-%m-%d} {hold.name}"
        if hold.lifted_at is None:
            state = Cell(self.tr("留存中"), State.RUNNING)
        else:
            lifted = self.tr("{name}已解除").format(name=hold.lifter)
            state = Cell(lifted, State.IDLE)
        cells = (
            Cell(record_label(hold.kind, hold.ref)),
            Cell(hold_reason_label(hold.reason)),
            Cell(hold.text.replace("\n", " ")),
            Cell(placed),
            state,
        )
        return Line(str(hold.id), cells, faint=hold.lifted_at is not None)

    def _hold(self) -> Hold | None:
        key = self.table.current_key()
        return next((hold for hold in self._holds if str(hold.id) == key), None)

    def _on_row(self, _index: QModelIndex) -> None:
        self._say_chosen()

    def _say_chosen(self) -> None:
        hold = self._hold()
        stands = hold is not None and hold.lifted_at is None
        own = hold is not None and hold.by == self.station.person.staff
        self.lift.setVisible(self.may_change and stands)
        self.lift.setEnabled(not own)
        if hold is None:
            self.words.setText("")
        elif stands and own and self.may_change:
            self.words.setText(self.tr("是您留存的，请另一位同事解除"))
        else:
            self.words.setText(hold.text)

    def _place(self) -> None:
        HoldDialog(self, self).open()

    def _ask_lift(self) -> None:
        hold = self._hold()
        if hold is None:
            return
        dialog = ConfirmDialog(
            self,
            title=self.tr("解除留存？"),
            text=self.tr("解除后，到期的记录会在下一次清理时删除。"),
            confirm=self.tr("解除"),
            cancel=self.tr("返回"),
            open_items=(record_label(hold.kind, hold.ref),),
        )
        dialog.accepted.connect(lambda: self._lift(hold))
        dialog.open()

    def _lift(self, hold: Hold) -> None:
        self.lift.setEnabled(False)
        self.station.run(
            self,
            LiftHold(hold.id),
            lambda _none: self.told.emit(self.tr("已解除留存")),
        )

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("依法留存"))
        self.add.setText(self.tr("留存一条记录"))
        self.note.setText(
            self.tr("出了事件、投诉或有机关调取时，记录到期也先不删。由另一位同事解除。")
        )
        self.table.setAccessibleName(self.tr("依法留存"))
        self.lift.setText(self.tr("解除留存"))
        self.empty.set_texts(
            self.tr("没有留存的记录"), self.tr("需要时在这里留存，或在个人信息请求里留存。")
        )
        self._show()
