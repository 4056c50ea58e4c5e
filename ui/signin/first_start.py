"""The first start: a new branch in three short steps, or the sample branch; then it is founded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from branch.bootstrap import Branch
from branch.founding import Plan, sample_plan
from branch.kernel.errors import BadInput, TingtangError
from branch.kernel.settings import Settings
from ui.shell.station import sentence
from ui.shell.worker import Worker
from ui.signin.first_start_key import KeyPage
from ui.signin.first_start_pages import (
    AdministratorPage,
    BranchPage,
    CountersPage,
    StepList,
    plan_of,
)
from ui.signin.page import EntryPage
from ui.signin.pins import PinPage
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.field import ErrorLine
from ui.widgets.label import CAPTION, ElidedLabel, Label, TextRole
from ui.widgets.place_holder import EmptyState
from ui.widgets.stage import HBox, VBox
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import PLACE_OF_WORK

_WAY: Final = replace(
    PLACE_OF_WORK, height=112, icon_px=36, left=24, gap=20, title_px=18, title_weight=700,
    title_line=26, second_px=14, second_line=21, second_gap=2,
)  # fmt: skip
_STEPS: Final = 3
T = TypeVar("T")


class FirstStartWizard(EntryPage):
    """``founded`` comes when the store has its branch and the person is done here."""

    founded = Signal()

    def __init__(self, worker: Worker, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("first-start")
        self._worker, self._settings = worker, settings
        self._busy = self._made = False
        self.pins: PinPage | None = None
        self._plan: Plan | None = None
        self._done = EmptyState("check-circle", "")
        self._title = Label("", TextRole(32, 700), wrap=True)
        self._text = Label("", TextRole(16, 400, "ink2"), wrap=True)
        self._steps = StepList(_STEPS)
        self._where = ElidedLabel("", CAPTION)
        self.left.addWidget(self._title)
        self.left.add_gap(10)
        self.left.addWidget(self._text)
        self.left.add_gap(32)
        self.left.addWidget(self._steps)
        self.left.addStretch(1)
        self.left.addWidget(self._where)
        self.new, self.sample = Tile(_WAY), Tile(_WAY)
        self.branch_page, self.administrator = BranchPage(), AdministratorPage()
        self.counters = CountersPage(on_server=settings.on_server)
        self.key_page = KeyPage(worker, settings)
        self.back, self.next = PlainButton("", size=LARGE), PrimaryButton("", size=LARGE)
        self.error = ErrorLine()
        self._pages = QStackedWidget()
        self._build_right()
        self.watch_store(worker)
        self.retranslate()
        self._show_step(0)

    def _build_right(self) -> None:
        ways = QWidget()
        column = VBox(spacing=14, parent=ways)
        column.addWidget(self.new)
        column.addWidget(self.sample)
        column.addStretch(1)
        for page in (ways, self.branch_page, self.administrator, self.counters, self.key_page):
            self._pages.addWidget(page)
        self.right.addWidget(self._pages, 1)
        self.right.addWidget(self.error)
        self._buttons = QWidget()
        row = HBox(spacing=10, margins=(0, 16, 0, 0), parent=self._buttons)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.next)
        self.right.addWidget(self._buttons)
        self.new.clicked.connect(lambda: self._show_step(1))
        self.sample.clicked.connect(self._load_sample)
        self.back.clicked.connect(lambda: self._show_step(self.step() - 1))
        self.next.clicked.connect(self.go_on)
        self.key_page.ready.connect(self._show_key)
        self.key_page.done.connect(self._show_done)

    # Words --------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take every word anew."""
        super().retranslate()
        self.setWindowTitle(self.tr("第一次启动厅堂"))
        self.new.set_content(
            TileContent(
                self.tr("新建网点"),
                self.tr("填写名称、管理员和柜台，大约三分钟"),
                icon="corporate",
            )
        )
        self.sample.set_content(
            TileContent(
                self.tr("载入示范网点"),
                self.tr("有八个柜台和一班员工，用来试用和培训"),
                icon="lobby",
            )
        )
        place = self._settings.shown_database
        self._where.set_text(self.tr("数据保存在 {place}").format(place=place))
        self.back.setText(self.tr("上一步"))
        for page in (self.branch_page, self.administrator, self.counters):
            page.retranslate()
        self._say_step()

    def step(self) -> int:
        """0 where the way is chosen, 1 to 3 in a new branch."""
        return min(self._pages.currentIndex(), _STEPS)

    def _show_step(self, step: int) -> None:
        self._pages.setCurrentIndex(step)
        self.error.show_error("")
        self._say_step()
        firsts: tuple[QWidget, ...] = (
            self.new,
            self.branch_page.zh,
            self.administrator.name,
            self.next,
        )
        firsts[step].setFocus()

    def _say_step(self) -> None:
        step = self.step()
        if self._at_key():
            title = self.tr("恢复密钥")
            text = self.tr("数据用一把密钥加密，密钥由这台电脑保管。请在纸上再留一份，只留一份。")
        elif self._made:
            title = self.tr("网点已建好")
            text = self.tr("请用管理员的员工号和密码登录，在“设置”里添加员工，就可以开始服务了。")
            if self._plan is not None:
                founder = self._plan.staff[0]
                words = self.tr("{n} 个柜台，管理员 {name}，员工号 {number}").format(
                    n=len(self._plan.counters), name=founder.name, number=founder.staff_no
                )
                self._done.set_texts(self._plan.name_zh, words)
            else:
                text = self.tr("请记下每个人的密码，它们只显示这一次。")
        else:
            title, text = (
                (self.tr("欢迎使用厅堂"), self.tr("这里还没有网点，请选择怎样开始")),
                (self.tr("网点"), self.tr("名称会显示在取号机、叫号屏和号票上")),
                (self.tr("管理员"), self.tr("管理员添加员工、重置密码，请记好自己的密码")),
                (self.tr("柜台"), self.tr("每个柜台在叫号屏上按号码显示")),
            )[step]
        self._title.setText(title)
        self._text.setText(text)
        self._steps.show_step((self.tr("网点"), self.tr("管理员"), self.tr("柜台")), step)
        self._steps.setVisible(step > 0 and not self._made)
        self._buttons.setVisible(step > 0 and self.pins is None and not self._at_key())
        self.back.setVisible(not self._made)
        last = self.tr("建立网点") if step == _STEPS else self.tr("下一步")
        self.next.setText(self.tr("去登录") if self._made else last)
        self._refresh()

    def title(self) -> str:
        """The words on top of the left half."""
        return self._title.text()

    def _refresh(self) -> None:
        for control in (self.new, self.sample, self.back, self.next):
            control.setEnabled(not self._busy)
        if self._busy:
            self._text.setText(self.tr("正在建立网点，请稍候"))

    # What happens -------------------------------------------------------------------------

    def go_on(self) -> None:
        """Check the present step and go to the next, or found the branch."""
        if self._busy:
            return
        step = self.step()
        if self._made:
            self.founded.emit()
        elif step == 1 and self.branch_page.check():
            self._show_step(2)
        elif step == 2 and self.administrator.check():
            self._show_step(3)
        elif step == _STEPS:
            plan = plan_of(self.branch_page, self.administrator, self.counters)
            self._found(lambda branch: branch.found(plan), lambda _nothing: self._founded_new(plan))

    def _load_sample(self) -> None:
        def load(branch: Branch) -> Plan:
            plan = sample_plan()
            branch.found(plan)
            return plan

        self._found(load, self._founded_sample)

    def _found(self, work: Callable[[Branch], T], then: Callable[[T], None]) -> None:
        self._busy = True
        self.error.show_error("")
        self._refresh()
        self._worker.ask(self, work, then, self._failed)

    def _founded_new(self, plan: Plan) -> None:
        self._made = True
        for field in (self.administrator.pin, self.administrator.again):
            field.clear()
        # The PIN is nowhere any more once it is hashed.
        self._plan = replace(plan, staff=(replace(plan.staff[0], pin=""),))
        self._pages.addWidget(self._done)
        self.key_page.begin(plan.staff[0].staff_no, encrypted=self.counters.encrypted.isChecked())

    def _at_key(self) -> bool:
        return self._pages.currentWidget() is self.key_page

    def _show_key(self) -> None:
        self._busy = False
        self._pages.setCurrentWidget(self.key_page)
        self._say_step()
        self.key_page.sheet.papers.print_button.setFocus()

    def _show_done(self) -> None:
        self._busy = False
        self._pages.setCurrentWidget(self._done)
        self._say_step()
        self.next.setFocus()

    def _founded_sample(self, plan: Plan) -> None:
        self._busy, self._made = False, True
        self.pins = PinPage([member for member in plan.staff if member.pin])
        self.pins.noted.connect(self._on_noted)
        self._pages.addWidget(self.pins)
        self._pages.setCurrentWidget(self.pins)
        self._say_step()

    def _on_noted(self) -> None:
        self.pins = None
        self.founded.emit()

    def _failed(self, error: TingtangError) -> None:
        """Back to the field that cannot stand; all that was typed is still there."""
        self._busy = False
        self._say_step()
        if not isinstance(error, BadInput):
            self.error.show_error(sentence(error))
            return
        page, administrator = self.branch_page, self.administrator
        fields = {"name_zh": page.zh, "name_en": page.en, "name": administrator.name,
                  "staff_no": administrator.number}  # fmt: skip
        if error.field in fields:
            self._show_step(1 if error.field.startswith("name_") else 2)
            fields[error.field].set_error(sentence(error))
            fields[error.field].setFocus()
        elif error.field == "pin":
            self._show_step(2)
            administrator.set_pin_error(sentence(error))
        else:
            self.error.show_error(sentence(error))

    # Qt -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc goes back a step."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            if isinstance(focus, Tile | PlainButton):
                focus.click()
            elif self.pins is None and not self._at_key():
                self.go_on()
        elif event.key() == Qt.Key.Key_Escape and self.step() > 0 and not self._made:
            self._show_step(self.step() - 1)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """PINs that were not noted are gone with the page, so ask first."""
        if self.pins is None:
            super().closeEvent(event)
            return
        event.ignore()
        question = ConfirmDialog(
            self,
            title=self.tr("还没有记下密码"),
            text=self.tr("这些密码只显示这一次，关闭后无法再看到。"),
            confirm=self.tr("仍然关闭"),
            cancel=self.tr("回去记下"),
        )
        question.accepted.connect(self._close_unnoted)
        question.open()

    def _close_unnoted(self) -> None:
        self.pins = None
        self.close()
