"""Owns the list of those who are not let in without approval; must not say why to anybody else."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from branch.people.rules import permits
from branch.visitors.commands.blocking import ApproveBlock, EndBlock
from branch.visitors.queries.blocking import BlockLine, block_list
from ui.models.visitor_words import block_reason_label, block_state_label
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.visitors.block_dialog import BlockDialog
from ui.widgets.button import DESK_BUTTON, DangerButton, PlainButton
from ui.widgets.card import Separator
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.label import CAPTION, ElidedLabel, Label, TextRole
from ui.widgets.place_holder import EmptyState, LoadingRows
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox, clear
from ui.widgets.state import State
from ui.widgets.status import CHIP_SMALL, StatusChip

_STATES = {
    "proposed": State.ATTENTION,
    "active": State.RUNNING,
    "expired": State.IDLE,
    "ended": State.IDLE,
}


class BlockPage(QWidget):
    """Each entry with its reason and end; 同意 for a second person, 移出名单 for who may."""

    told = Signal(str, object)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._entries: tuple[BlockLine, ...] | None = None
        self.rows: dict[int, BlockRow] = {}
        self.asking = Asking(station, self, self._question, self._take)
        self.rule = Label("", CAPTION, wrap=True)
        self.propose_button = PlainButton("", icon="plus")
        if not permits("ProposeBlock", station.person.roles):
            self.propose_button.hide()
        self.empty = EmptyState("shield", "")
        self.loading = LoadingRows(rows=4, row_height=64)
        inside = QWidget()
        self._column = VBox(parent=inside)
        self._area = ScrollArea(inside)
        head = HBox(spacing=12, margins=(20, 12, 16, 12))
        head.addWidget(self.rule, 1)
        head.addWidget(self.propose_button)
        body = QWidget()
        self._pages = QStackedLayout(body)
        for page in (self.loading, self._area, self.empty):
            self._pages.addWidget(page)
        column = VBox(parent=self)
        column.addLayout(head)
        column.addWidget(Separator())
        column.addWidget(body, 1)
        self.propose_button.clicked.connect(self._propose)
        station.changed.connect(self._on_changed)
        station.online.connect(self._on_online)
        self.loading.start()
        self.retranslate()

    def look(self) -> None:
        """Ask for the list anew."""
        self.asking.ask()

    def _question(self) -> partial[tuple[BlockLine, ...]]:
        return partial(block_list, today=f"{self._station.now():%Y-%m-%d}")

    def _on_changed(self, topics: frozenset[str]) -> None:
        if "block" in topics and self.isVisible():
            self.look()

    def _on_online(self) -> None:
        if self.isVisible():
            self.look()

    def _take(self, entries: tuple[BlockLine, ...]) -> None:
        self.loading.stop()
        if entries == self._entries:
            return
        self._entries = entries
        self._show()

    def _show(self) -> None:
        if self._entries is None:
            return
        clear(self._column)
        self.rows.clear()
        for entry in self._entries:
            row = BlockRow(entry, self._station)
            row.approve_button.clicked.connect(partial(self._approve, entry))
            row.end_button.clicked.connect(partial(self._ask_end, entry))
            self.rows[entry.id] = row
            self._column.addWidget(row)
            self._column.addWidget(Separator())
        self._column.addStretch(1)
        self._pages.setCurrentWidget(self._area if self._entries else self.empty)

    # -- acting ---------------------------------------------------------------------------------

    def _propose(self) -> None:
        dialog = BlockDialog(self.window(), self._station)
        said = self.tr("已提议，另一位同事同意后生效")
        dialog.proposed.connect(lambda: self.told.emit(said, State.OK))
        dialog.proposed.connect(self.look)
        dialog.open()

    def _approve(self, entry: BlockLine) -> None:
        said = self.tr("{name} 已在名单上生效").format(name=entry.name)
        self._run(ApproveBlock(entry.id), said)

    def _ask_end(self, entry: BlockLine) -> None:
        dialog = ConfirmDialog(
            self.window(),
            title=self.tr("移出 {name}？").format(name=entry.name),
            text=self.tr("以后来访时不再提示。移出后不能恢复，需要时请重新提议。"),
            confirm=self.tr("移出名单"),
            cancel=self.tr("返回"),
        )
        said = self.tr("{name} 已移出名单").format(name=entry.name)
        dialog.accepted.connect(lambda: self._run(EndBlock(entry.id), said))
        dialog.open()

    def _run(self, command: object, said: str) -> None:
        def done(_outcome: object) -> None:
            self.told.emit(said, State.OK)
            self.look()

        self._station.run(self, command, done)

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.rule.setText(
            self.tr("全名（或证件号）一致才提示，名字的一部分相同不算；提示后由主管确认是否放行。")
        )
        self.propose_button.setText(self.tr("提议加入名单"))
        self.empty.set_texts(
            self.tr("名单是空的"), self.tr("提议并由另一位同事同意后，会出现在这里")
        )
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class BlockRow(QWidget):
    """One entry: name and state, why and until when, who proposed and who agreed."""

    def __init__(self, entry: BlockLine, station: Station) -> None:
        super().__init__()
        roles, own = station.person.roles, entry.proposed_by == station.person.staff
        self.name = Label(entry.name, TextRole(14, 700))
        self.chip = StatusChip(
            _STATES[entry.state], block_state_label(entry.state), size=CHIP_SMALL
        )
        self.second = ElidedLabel(self._why(entry), TextRole(13, 400, "ink2"))
        self.third = ElidedLabel(self._who(entry), CAPTION)
        self.approve_button = PlainButton(self.tr("同意"), size=DESK_BUTTON)
        waits = entry.state == "proposed" and permits("ApproveBlock", roles)
        self.approve_button.setVisible(waits and not own)
        self.end_button = DangerButton(self.tr("移出名单"), size=DESK_BUTTON)
        self.end_button.setVisible(entry.state != "ended" and permits("EndBlock", roles))
        for button in (self.approve_button, self.end_button):
            button.setAccessibleName(f"{button.text()} {entry.name}")
        head = HBox(spacing=10)
        head.addWidget(self.name)
        if entry.aliases:
            between = self.tr("、")
            other = self.tr("又名 {names}").format(names=between.join(entry.aliases))
            head.addWidget(ElidedLabel(other, TextRole(13, 400, "ink2")))
        head.addWidget(self.chip)
        head.addStretch(1)
        words = VBox(spacing=2)
        words.addLayout(head)
        words.addWidget(self.second)
        words.addWidget(self.third)
        row = HBox(spacing=10, margins=(20, 10, 16, 10), parent=self)
        row.addLayout(words, 1)
        row.addWidget(self.approve_button)
        row.addWidget(self.end_button)

    def _why(self, entry: BlockLine) -> str:
        parts = [block_reason_label(entry.reason)]
        if entry.text:
            parts.append(entry.text)
        if entry.has_document:
            parts.append(self.tr("证件号也核对"))
        return self.tr("，").join(parts)

    def _who(self, entry: BlockLine) -> str:
        parts = [self.tr("到 {day} 为止").format(day=entry.expires_on)]
        parts.append(self.tr("{name} 提议").format(name=entry.proposer))
        if entry.approver:
            parts.append(self.tr("{name} 同意").format(name=entry.approver))
        return self.tr("，").join(parts)
