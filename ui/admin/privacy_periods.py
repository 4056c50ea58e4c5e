"""Owns the part of the page with the periods: how long what is kept, and changing it by two."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from branch.kernel.errors import BadInput, TingtangError
from branch.kernel.setting import checked_period
from branch.kernel.store import Store
from branch.visitors.commands.retention import DecideRetention, Proposed, ProposeRetention
from branch.visitors.queries.retention import (
    Period,
    Preview,
    WaitingChange,
    periods,
    retention_preview,
    waiting_changes,
)
from branch.visitors.retention import is_shorter
from ui.admin.page import whole_number
from ui.admin.privacy_section import PrivacySection
from ui.admin.privacy_stock import StockCard
from ui.admin.privacy_words import basis_label, days_text, period_label
from ui.shell.station import Station, sentence
from ui.widgets.button import PlainButton, PrimaryButton
from ui.widgets.card import Card, Well
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import BODY, CAPTION, CARD_TITLE, STRONG, Label
from ui.widgets.lines_table import Cell, Line, LinesTable
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.state import State

_DAYS_FIELD: Final = 150


class PeriodsSection(PrivacySection):
    """The periods at the left, what goes next at the right."""

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._periods: tuple[Period, ...] = ()
        self._waiting: tuple[WaitingChange, ...] = ()
        self._busy = False
        self.title = Label("", CARD_TITLE)
        self.note = Label("", CAPTION, wrap=True)
        self.waiting = QWidget()
        self._changes = VBox(spacing=8, parent=self.waiting)
        self.table = LinesTable(0)
        self.chosen = Label("", STRONG, wrap=True)
        self.basis = Label("", CAPTION, wrap=True)
        self.days = FieldEdit("")
        self.save = PrimaryButton("")
        self.trouble = ErrorLine()
        self.stock = StockCard(station, self.may_change)
        self.stock.told.connect(self.told)
        self._build()
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.days.edit.returnPressed.connect(self.propose)
        self.days.edit.textChanged.connect(lambda _text: self._follow())
        self.save.clicked.connect(self.propose)
        self.retranslate()

    def _build(self) -> None:
        card = Card()
        column = VBox(spacing=10, margins=(16, 14, 16, 14), parent=card)
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addWidget(self.waiting)
        column.addWidget(self.table, 1)
        self.form = QWidget()
        form = VBox(spacing=6, parent=self.form)
        form.addWidget(self.chosen)
        form.addWidget(self.basis)
        row = HBox(spacing=12)
        self.days.setFixedWidth(_DAYS_FIELD)
        row.addWidget(self.days)
        beside = VBox()
        beside.addStretch(1)
        beside.addWidget(self.save)
        row.addLayout(beside)
        row.addStretch(1)
        form.addLayout(row)
        form.addWidget(self.trouble)
        if not self.may_change:
            self.form.hide()
        column.addWidget(self.form)
        whole = HBox(spacing=16, parent=self)
        whole.addWidget(card, 6)
        whole.addWidget(self.stock, 5)

    # -- reading --------------------------------------------------------------------------------

    def ask(self) -> None:
        """Read periods, changes and what goes next."""
        self.stock.ask()
        self.station.ask(self, _read, self._take)

    def _take(self, found: tuple[tuple[Period, ...], tuple[WaitingChange, ...]]) -> None:
        if found != (self._periods, self._waiting):
            self._periods, self._waiting = found
            self._show()
        if not self.table.current_key() and self._periods:
            self.table.select_key(self._periods[0].key)
        self.loaded.emit()

    def _show(self) -> None:
        heads = (self.tr("保存的内容"), self.tr("期限"), self.tr("可设范围"))
        lines = []
        for period in self._periods:
            days = Cell(days_text(period.days))
            if period.waiting is not None:
                after = self.tr("待改为 {days}").format(days=days_text(period.waiting))
                days = Cell(after, State.ATTENTION)
            limits = self.tr("{least}–{most} 天").format(least=period.least, most=period.most)
            lines.append(Line(period.key, (Cell(period_label(period.key)), days, Cell(limits))))
        self.table.set_lines(heads, lines)
        self._show_waiting()
        self._say_chosen()

    def _show_waiting(self) -> None:
        clear(self._changes)
        self.waiting.setVisible(bool(self._waiting))
        for change in self._waiting:
            self._changes.addWidget(self._waiting_card(change))

    def _waiting_card(self, change: WaitingChange) -> Well:
        well = Well()
        column = VBox(spacing=8, margins=(12, 10, 12, 10), parent=well)
        text = self.tr("{name}提出：{what}，由 {before} 改为 {after}").format(
            name=change.proposer,
            what=period_label(change.key),
            before=days_text(change.before),
            after=days_text(change.days),
        )
        column.addWidget(Label(text, BODY, wrap=True))
        if not self.may_change:
            return well
        own = change.proposed_by == self.station.person.staff
        row = HBox(spacing=10)
        if own:
            row.addWidget(Label(self.tr("等另一位同事确认"), CAPTION), 1)
        else:
            row.addStretch(1)
        no = PlainButton(self.tr("收回") if own else self.tr("不同意"))
        no.setAccessibleDescription(text)
        no.clicked.connect(partial(self._decide, change, False))
        row.addWidget(no)
        if not own:
            yes = PlainButton(self.tr("同意缩短"))
            yes.setAccessibleDescription(text)
            yes.clicked.connect(partial(self._confirm, change))
            row.addWidget(yes)
        column.addLayout(row)
        return well

    def _period(self) -> Period | None:
        key = self.table.current_key()
        return next((period for period in self._periods if period.key == key), None)

    def _on_row(self, _index: QModelIndex) -> None:
        period = self._period()
        self.trouble.show_error("")
        if period is not None:
            self.days.set_text(str(period.days))
        self._say_chosen()

    def _say_chosen(self) -> None:
        period = self._period()
        if period is not None:
            self.chosen.setText(period_label(period.key))
            self.basis.setText(basis_label(period.key))
        self._follow()

    def _follow(self) -> None:
        period = self._period()
        typed = period is not None and self.days.text().strip() != str(period.days)
        self.save.setEnabled(typed and not self._busy)

    # -- doing ----------------------------------------------------------------------------------

    def propose(self) -> None:
        """Send another period; a shorter one is shown with what it would take, and confirmed."""
        period = self._period()
        if period is None or not self.save.isEnabled():
            return
        self.days.clear_error()
        self.trouble.show_error("")
        try:
            days = checked_period(period.key, whole_number(self.days.text(), period.key))
        except BadInput as error:
            self.days.set_error(sentence(error))
            self.days.edit.setFocus()
            return
        if is_shorter(period.days, days):
            self._preview(period.key, days, partial(self._ask_shorter, period, days))
        else:
            self._send(ProposeRetention(period.key, days))

    def _preview(self, key: str, days: int, then: object) -> None:
        assert callable(then)
        now = self.station.now_ms()

        def read(store: Store) -> tuple[Preview, Preview]:
            return retention_preview(store, now), retention_preview(store, now, {key: days})

        self.station.ask(self, read, then)

    def _ask_shorter(self, period: Period, days: int, found: tuple[Preview, Preview]) -> None:
        dialog = ConfirmDialog(
            self,
            title=self.tr("提出缩短保存期限？"),
            text=self.tr("要等另一位同事同意后才生效。"),
            confirm=self.tr("提出"),
            cancel=self.tr("返回"),
            open_items=self._effect(period.key, period.days, days, found),
            danger=False,
        )
        dialog.accepted.connect(lambda: self._send(ProposeRetention(period.key, days)))
        dialog.open()

    def _confirm(self, change: WaitingChange) -> None:
        def ask(found: tuple[Preview, Preview]) -> None:
            dialog = ConfirmDialog(
                self,
                title=self.tr("同意缩短保存期限？"),
                text=self.tr("到期的记录会在下一次清理时删除，不能恢复。"),
                confirm=self.tr("同意缩短"),
                cancel=self.tr("返回"),
                open_items=self._effect(change.key, change.before, change.days, found),
            )
            dialog.accepted.connect(partial(self._decide, change, True))
            dialog.open()

        self._preview(change.key, change.days, ask)

    def _effect(
        self, key: str, before: int, after: int, found: tuple[Preview, Preview]
    ) -> tuple[str, str]:
        more = found[1].now - found[0].now
        return (
            self.tr("{what}：{before} 改为 {after}").format(
                what=period_label(key), before=days_text(before), after=days_text(after)
            ),
            self.tr("生效后马上到期的记录：{n}").format(n=more),
        )

    def _decide(self, change: WaitingChange, approve: bool) -> None:
        self._send(DecideRetention(change.id, approve))

    def _send(self, command: object) -> None:
        self._busy = True
        self._follow()

        def done(value: object) -> None:
            self._busy = False
            waits = isinstance(value, Proposed) and not value.in_force
            self.told.emit(self.tr("已提出，等同事确认") if waits else self.tr("已保存"))
            self.ask()

        def failed(error: TingtangError) -> None:
            self._busy = False
            self._follow()
            self.trouble.show_error(sentence(error))

        self.station.run(self, command, done, failed)

    def count(self) -> int:
        """How many changes wait."""
        return len(self._waiting)

    def unsaved(self) -> bool:
        """Whether another number stands in the field."""
        return self.may_change and self.save.isEnabled()

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("保存期限"))
        self.note.setText(
            self.tr("延长马上生效，缩短要另一位同事同意。关怀需要和预约号随营业日结束。")
        )
        self.table.setAccessibleName(self.tr("保存期限"))
        self.days.set_label(self.tr("改为几天"))
        self.save.setText(self.tr("保存"))
        self._show()


def _read(store: Store) -> tuple[tuple[Period, ...], tuple[WaitingChange, ...]]:
    return periods(store), waiting_changes(store)
