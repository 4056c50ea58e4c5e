"""Owns the page about the protection of the data: encrypted or not, the key, its sheet, changes;
it holds no key longer than the sheet is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from branch.bootstrap import Branch, KeyStatus
from branch.kernel.backups import backups
from branch.kernel.errors import TingtangError
from branch.kernel.protection import NoteRecoverySheet, ShowRecoveryKey, recovery_sheet_kept
from ui.admin.key_dialogs import SheetDialog, WorkingDialog
from ui.admin.key_words import kept_words, protection_words
from ui.admin.page import AdminPage
from ui.shell.station import Station, sentence
from ui.widgets.button import DangerButton, PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.field import ErrorLine
from ui.widgets.label import BODY, CARD_TITLE, SECOND, Label
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusChip


@dataclass(frozen=True)
class _Shown:
    """What the page shows. ``sheet`` and ``backup`` are instants (ms), None where there is none."""

    status: KeyStatus
    sheet: int | None
    backup: int | None


def _look(branch: Branch) -> _Shown:
    copies = backups(branch.store)
    return _Shown(
        branch.key_status(),
        recovery_sheet_kept(branch.store),
        copies[-1].made_at if copies else None,
    )


class KeyPage(AdminPage):
    """What is known at the left, the recovery sheet and what can be changed at the right."""

    topics = frozenset({"key"})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._shown: _Shown | None = None
        self._refusal: TingtangError | None = None
        self.title, self.sheet_title = Label("", CARD_TITLE), Label("", CARD_TITLE)
        self.change_title = Label("", CARD_TITLE)
        self.chip = StatusChip(State.IDLE, "")
        self.what = Label("", BODY, wrap=True)
        self._names = [Label("", SECOND) for _fact in range(4)]
        self.facts = [Label("", BODY, wrap=True) for _fact in range(4)]
        self.sheet_chip = StatusChip(State.IDLE, "")
        self.sheet_text = Label("", SECOND, wrap=True)
        self.sheet = PrimaryButton("", icon="printer")
        self.change_text = Label("", SECOND, wrap=True)
        self.rotate = PlainButton("")
        self.turn_on, self.turn_off = PlainButton(""), DangerButton("")
        self.trouble = ErrorLine()
        self._build()
        self.sheet.clicked.connect(self._ask_sheet)
        self.rotate.clicked.connect(self._ask_rotate)
        self.turn_on.clicked.connect(self._ask_on)
        self.turn_off.clicked.connect(self._ask_off)
        self.retranslate()

    def _build(self) -> None:
        left, right = Card(), Card()
        column = VBox(spacing=12, margins=(20, 18, 20, 18), parent=left)
        head = HBox(spacing=12)
        head.addWidget(self.title)
        head.addWidget(self.chip)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.what)
        table = QGridLayout()
        table.setHorizontalSpacing(20)
        table.setVerticalSpacing(12)
        table.setColumnStretch(1, 1)
        for at, (name, fact) in enumerate(zip(self._names, self.facts, strict=True)):
            table.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            table.addWidget(fact, at, 1)
        column.addLayout(table)
        column.addStretch(1)
        beside = VBox(spacing=12, margins=(20, 18, 20, 18), parent=right)
        head = HBox(spacing=12)
        head.addWidget(self.sheet_title)
        head.addWidget(self.sheet_chip)
        head.addStretch(1)
        beside.addLayout(head)
        beside.addWidget(self.sheet_text)
        beside.addWidget(self.sheet, 0, Qt.AlignmentFlag.AlignLeft)
        beside.add_gap(20)
        beside.addWidget(self.change_title)
        beside.addWidget(self.change_text)
        row = HBox(spacing=10)
        for button in (self.rotate, self.turn_on, self.turn_off):
            row.addWidget(button)
        row.addStretch(1)
        beside.addLayout(row)
        beside.addWidget(self.trouble)
        beside.addStretch(1)
        page = HBox(spacing=16, parent=self)
        page.addWidget(left, 1)
        page.addWidget(right, 1)

    # -- what is known ----------------------------------------------------------------------

    def ask(self) -> None:
        """Read anew how the data are protected."""
        self._station.do(self, _look, self._show)

    def _show(self, shown: _Shown) -> None:
        self._shown = shown
        self.retranslate()
        self.loaded.emit()

    def _say_facts(self, shown: _Shown) -> None:
        status = shown.status
        none = self.tr("无")
        backup = self._time(shown.backup)
        values = (
            status.fingerprint or none,
            self._time(status.since) or none,
            kept_words(status.kept) or none,
            self.tr("{time}，升级前自动保存").format(time=backup) if backup else none,
        )
        for label, value in zip(self.facts, values, strict=True):
            label.setText(value)
        if shown.sheet is None:
            self.sheet_chip.set_chip(State.ATTENTION, self.tr("还没有封存"))
        else:
            day = f"{self._station.local(shown.sheet):%Y-%m-%d}"
            self.sheet_chip.set_chip(State.OK, self.tr("{day} 已封存").format(day=day))

    def _time(self, ms: int | None) -> str:
        return "" if ms is None else f"{self._station.local(ms):%Y-%m-%d %H:%M}"

    # -- the sheet --------------------------------------------------------------------------

    def _ask_sheet(self) -> None:
        question = ConfirmDialog(
            self,
            title=self.tr("打印恢复密钥"),
            text=self.tr("看到这张纸的人就能打开数据。打印会记入流水。"),
            confirm=self.tr("取出密钥"),
            cancel=self.tr("不打印"),
            danger=False,
        )
        question.accepted.connect(self._fetch_sheet)
        question.open()

    def _fetch_sheet(self) -> None:
        self._refuse(None)
        self._station.run(self, ShowRecoveryKey(), self._open_sheet, self._refuse)

    def _open_sheet(self, key: str) -> None:
        assert self._shown is not None  # its button was pressed
        dialog = SheetDialog(self, self._station, key, self._shown.status.fingerprint)
        dialog.put_away.connect(self._note_sheet)
        dialog.open()

    def _note_sheet(self) -> None:
        self._station.run(self, NoteRecoverySheet(), lambda _none: self._noted(), self._refuse)

    def _noted(self) -> None:
        self.told.emit(self.tr("已记下，恢复密钥封好放好"))

    # -- changes ----------------------------------------------------------------------------

    def _ask_rotate(self) -> None:
        assert self._shown is not None  # its button was pressed
        items = [self.tr("更换后请打印新的恢复密钥；旧的一张还能打开更换前的备份")]
        if self._shown.status.on_server:
            items.append(self.tr("其他电脑要输入新的恢复密钥才能继续"))
        else:
            items.append(self.tr("请先关闭这台电脑上的其他厅堂窗口"))
        self._confirm(
            self.tr("更换密钥"),
            self.tr("换成一把新的密钥，加密的内容全部重新加密。"),
            items,
            lambda branch: branch.rotate_key(self._station.actor),
            self.tr("正在更换密钥"),
            self._rotated,
        )

    def _rotated(self) -> None:
        self.told.emit(self.tr("密钥已更换，请打印新的恢复密钥"))
        self._station.do(self, _look, self._rotated_shown)

    def _rotated_shown(self, shown: _Shown) -> None:
        self._show(shown)
        self._fetch_sheet()

    def _ask_on(self) -> None:
        self._confirm(
            self.tr("打开加密"),
            self.tr("整个数据文件和升级前的备份都会加密。"),
            [self.tr("请先关闭这台电脑上的其他厅堂窗口")],
            lambda branch: branch.set_encryption(True, self._station.actor),
            self.tr("正在加密"),
            lambda: self.told.emit(self.tr("数据文件已加密")),
        )

    def _ask_off(self) -> None:
        self._confirm(
            self.tr("关闭加密"),
            self.tr("数据文件会写成不加密的，拿到硬盘的人就能看到。电话、证件号码等仍逐项加密。"),
            [self.tr("请先关闭这台电脑上的其他厅堂窗口")],
            lambda branch: branch.set_encryption(False, self._station.actor),
            self.tr("正在写成不加密的文件"),
            lambda: self.told.emit(self.tr("加密已关闭")),
            danger=True,
        )

    def _confirm(
        self,
        title: str,
        text: str,
        items: list[str],
        work: Callable[[Branch], None],
        working: str,
        then: Callable[[], None],
        *,
        danger: bool = False,
    ) -> None:
        question = ConfirmDialog(
            self, title=title, text=text, confirm=title, cancel=self.tr("保持现状"),
            open_items=items, danger=danger,
        )  # fmt: skip
        question.accepted.connect(partial(self._carry_out, work, working, then))
        question.open()

    def _carry_out(
        self, work: Callable[[Branch], None], working: str, then: Callable[[], None]
    ) -> None:
        self._refuse(None)
        dialog = WorkingDialog(self, working)

        def ended() -> None:
            dialog.end()
            self.ask()

        def done(_none: None) -> None:
            ended()
            then()

        def failed(error: TingtangError) -> None:
            ended()
            self._refuse(error)

        dialog.open()
        self._station.do(self, work, done, failed)

    def _refuse(self, error: TingtangError | None) -> None:
        self._refusal = error
        self.trouble.show_error(sentence(error) if error is not None else "")

    # -- words ------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("数据加密"))
        self.sheet_title.setText(self.tr("恢复密钥"))
        self.change_title.setText(self.tr("更改"))
        names = (self.tr("密钥指纹"), self.tr("启用时间"), self.tr("密钥存放"), self.tr("最近备份"))
        for label, name in zip(self._names, names, strict=True):
            label.setText(name)
        self.sheet_text.setText(
            self.tr("电脑损坏或更换时，凭这张纸打开数据。只印一份，两人封好，放进保险柜。")
        )
        self.sheet.setText(self.tr("打印恢复密钥"))
        self.change_text.setText(
            self.tr("信封打开过，或知道密钥的人离开了，请更换密钥。需要几秒到几分钟。")
        )
        self.rotate.setText(self.tr("更换密钥"))
        self.turn_on.setText(self.tr("打开加密"))
        self.turn_off.setText(self.tr("关闭加密"))
        self._refuse(self._refusal)
        shown = self._shown
        if shown is not None:
            state, word, sentence_of_it = protection_words(shown.status)
            self.chip.set_chip(state, word)
            self.what.setText(sentence_of_it)
            self._say_facts(shown)
        status = shown.status if shown is not None else None
        has_key = status is not None and bool(status.fingerprint)
        on_file = status is not None and has_key and not status.on_server
        self.sheet.setEnabled(has_key)
        self.rotate.setEnabled(has_key)
        self.sheet_chip.setVisible(has_key)
        self.turn_on.setVisible(on_file and status is not None and not status.encrypted)
        self.turn_off.setVisible(on_file and status is not None and status.encrypted)
        super().retranslate()
