"""Owns the card of the list: scope, order, what was found, what stands there when it is empty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedLayout, QWidget

from branch.complaints.queries.desk import PAGE, CaseLine
from branch.complaints.rules import OPEN, State
from branch.people.rules import may_read, permits
from ui.complaints.case_delegate import ROW_HEIGHT
from ui.complaints.case_list import CaseList
from ui.complaints.picture import ALL, BRANCH, BY_DUE, BY_RECEIPT, ENDED, MINE, ORDERS, SCOPES
from ui.widgets.button import SMALL_TOUCH, PlainButton
from ui.widgets.card import Card, Separator
from ui.widgets.label import CAPTION, CARD_TITLE, STRONG, ElidedLabel, Label
from ui.widgets.place_holder import EmptyState, LoadingRows
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.stage import HBox, VBox

_HEAD: Final = 52


class ListPanel(Card):
    """``chosen`` and ``opened`` carry the id of a case, ``asked`` that another scope or order is
    wanted, ``register_wanted`` that the empty list's button was pressed, ``print_wanted`` the
    ids of the cases whose papers are wanted together."""

    chosen = Signal(int)
    opened = Signal(int)
    asked = Signal()
    register_wanted = Signal()
    print_wanted = Signal(object)

    def __init__(self, roles: frozenset[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_register = permits("Register", roles)
        self._by_name = may_read("complaint_values", roles)
        self._count = self._ended = 0
        self.searched = ""
        self.title = ElidedLabel("", CARD_TITLE)
        self.scope, self.order = QuietCombo(), QuietCombo()
        for combo in (self.scope, self.order):
            combo.setProperty("quiet", True)
            combo.setSizeAdjustPolicy(QuietCombo.SizeAdjustPolicy.AdjustToContents)
            combo.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            combo.activated.connect(lambda _at: self.asked.emit())
        head = QWidget()
        head.setFixedHeight(_HEAD)
        row = HBox(spacing=4, margins=(18, 0, 8, 0), parent=head)
        row.addWidget(self.title, 1)
        row.addWidget(self.scope)
        row.addWidget(self.order)
        self.list = CaseList(several=True)
        # The long past is not listed: it says so.
        self.cut = Label("", CAPTION, wrap=True)
        self.cut.setContentsMargins(18, 8, 18, 0)
        self.cut.hide()
        self.several = _Several()
        self.list.several_chosen.connect(self.several.show_lines)
        self.several.button.clicked.connect(self.want_batch)
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.empty = EmptyState("complaint", "")
        self.empty.setContentsMargins(16, 0, 16, 0)
        self.empty.pressed.connect(self.register_wanted)
        self.loading = LoadingRows(rows=6, row_height=ROW_HEIGHT)
        stack = QWidget()
        stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._pages = QStackedLayout(stack)
        for page in (self.loading, self.list, self.empty):
            self._pages.addWidget(page)
        # What the corners of the card take at its foot.
        column = VBox(margins=(1, 1, 1, 9), parent=self)
        column.addWidget(head)
        column.addWidget(Separator())
        column.addWidget(stack, 1)
        column.addWidget(self.cut)
        column.addWidget(self.several)
        self.loading.start()
        self.retranslate()
        self.scope.choose(BRANCH)
        self.order.choose(BY_DUE)

    def show_lines(self, lines: Sequence[CaseLine], today: date) -> None:
        """Show the cases of the scope, or those that were found."""
        self.loading.stop()
        is_first = self._pages.currentWidget() is self.loading
        self._count = len(lines)
        self._ended = sum(line.state not in OPEN | {State.REPLIED} for line in lines)
        self.list.show_lines(lines, today)
        self._pages.setCurrentWidget(self.list if lines else self.empty)
        if is_first:
            # Once the window has chosen its case: a list without one would choose for itself.
            QTimer.singleShot(0, self.list, self._begin)
        self._say()

    def _begin(self) -> None:
        """The desk begins at its list, unless somebody types already."""
        typing = isinstance(self.window().focusWidget(), QLineEdit)
        if self.list.currentIndex().isValid() and not typing:
            self.list.setFocus()

    def want_batch(self) -> None:
        """Ask for the papers of the chosen cases."""
        lines = self.list.selected()
        if lines:
            self.print_wanted.emit(tuple(line.id for line in lines))

    def set_searched(self, text: str) -> None:
        """What the list was searched for; an empty text goes back to the scope."""
        self.searched = text
        self.scope.setEnabled(not text)
        self.order.setEnabled(not text)

    def _say(self) -> None:
        n = self._count
        past = not self.searched and self.scope.code() in (ALL, ENDED)
        self.cut.setText(self.tr("只列最近办结的 {n} 件，更早的请查找").format(n=PAGE))
        self.cut.setVisible(past and self._ended >= PAGE)
        if self.searched:
            found = self.tr("找到 {n} 件") if n < PAGE else self.tr("最近 {n} 件")
            self.title.set_text(found.format(n=n))
            if self._by_name:
                first = self.tr("可输编号、姓名、事由的一部分，或完整的电话号码。")
            else:
                first = self.tr("可输编号、事由的一部分。")
            words = self.tr("在办和近一年的投诉，也可输事实和请求里的词、承办人或登记人。")
            self.empty.set_texts(self.tr("没有找到"), first + words)
            return
        title = {
            ALL: self.tr("全部 {n}"),
            ENDED: self.tr("已结束 {n}"),
            MINE: self.tr("我的 {n}"),
        }.get(self.scope.code(), self.tr("在办 {n}"))
        self.title.set_text(title.format(n=n))
        button = self.tr("登记投诉") if self._may_register else ""
        if self.scope.code() == ENDED:
            self.empty.set_texts(
                self.tr("还没有结束的投诉"), self.tr("办结、撤回、移送的投诉会出现在这里")
            )
        elif self.scope.code() == MINE:
            self.empty.set_texts(
                self.tr("没有等您办理的投诉"), self.tr("转办给您的投诉会出现在这里")
            )
        else:
            self.empty.set_texts(
                self.tr("现在没有在办的投诉"), self.tr("登记的投诉会出现在这里"), button=button
            )

    def retranslate(self) -> None:
        """Take all words anew."""
        scopes = {
            MINE: self.tr("我的"),
            BRANCH: self.tr("本网点"),
            ALL: self.tr("全部"),
            ENDED: self.tr("已结束"),
        }
        orders = {BY_DUE: self.tr("按期限排序"), BY_RECEIPT: self.tr("按收到排序")}
        self.scope.set_choices([(key, scopes[key]) for key in SCOPES])
        self.order.set_choices([(key, orders[key]) for key in ORDERS])
        self.scope.setAccessibleName(self.tr("看哪些投诉"))
        self.order.setAccessibleName(self.tr("排序"))
        self.list.setAccessibleName(self.tr("投诉列表"))
        self.list.viewport().update()
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class _Several(QWidget):
    """How many cases are chosen together, and what can be done with them; away for one."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self.title = Label("", STRONG)
        self.button = PlainButton("", icon="printer", size=SMALL_TOUCH)
        column = VBox(parent=self)
        column.addWidget(Separator())
        row = HBox(spacing=8, margins=(18, 8, 10, 0))
        row.addWidget(self.title, 1)
        row.addWidget(self.button)
        column.addLayout(row)
        self.hide()
        self.retranslate()

    def show_lines(self, lines: Sequence[CaseLine]) -> None:
        """These are chosen."""
        self._count = len(lines)
        self._ended = sum(line.state not in OPEN | {State.REPLIED} for line in lines)
        self.retranslate()
        self.setVisible(self._count > 1)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("已选 {n} 件").format(n=self._count))
        self.button.setText(self.tr("批量打印"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
