"""Owns what is shown once a complaint is registered: number, due days, its files; runs nothing."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from branch.complaints.commands.registration import Registered
from branch.complaints.queries.desk import CaseLine
from branch.complaints.queries.detail import CaseDetail, case_detail
from ui.models.dates import day_text
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.button import LARGE, LinkButton, PlainButton
from ui.widgets.intake.files_panel import FilesPanel
from ui.widgets.label import CARD_TITLE, SECOND, STRONG, Label, TextRole
from ui.widgets.number import BigNumber
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph

_NEWS = TextRole(14, 500, "warn_text")


class DonePage(QWidget):
    """The number, large. ``again_wanted`` asks for another registration, ``open_wanted`` for the
    case where it ``opens`` at this place, ``grown`` tells of another height."""

    again_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, station: Station, *, opens: bool = True) -> None:
        super().__init__()
        self._station, self._opens = station, opens
        self.registered: Registered | None = None
        self._detail: CaseDetail | None = None
        self._hidden = False
        self.title = Label("", CARD_TITLE)
        self.number = BigNumber("", px=44)
        self.copy_button = PlainButton("", size=LARGE, icon="document")
        self.open_button = PlainButton("", size=LARGE, icon="arrow-right")
        self.again_button = LinkButton("", size=LARGE, icon="plus")
        self.tell, self.due = Label("", SECOND, wrap=True), Label("", STRONG, wrap=True)
        self.plan, self.news = Label("", _NEWS, wrap=True), Label("", _NEWS, wrap=True)
        self.files_title = Label("", CARD_TITLE)
        self.files = FilesPanel(station)
        self._lay_out()
        for button in (self.copy_button, self.open_button, self.again_button):
            button.setAutoDefault(False)
        self.copy_button.clicked.connect(self._copy)
        self.open_button.clicked.connect(self.open_wanted)
        self.again_button.clicked.connect(self.again_wanted)
        self._asking: Asking[CaseDetail | None] = Asking(station, self, self._question, self._take)
        self.files.changed.connect(self._asking.ask)
        self.retranslate()

    def _lay_out(self) -> None:
        column = VBox(parent=self)
        column.add_gap(36)
        head = HBox(spacing=10)
        head.addWidget(StatusGlyph(State.OK, 24))
        head.addWidget(self.title, 1)
        column.addLayout(head)
        column.add_gap(22)
        column.addWidget(self.number)
        column.add_gap(22)
        row = HBox(spacing=10)
        for button in (self.copy_button, self.open_button, self.again_button):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.add_gap(24)
        column.addWidget(self.due)
        column.add_gap(4)
        column.addWidget(self.tell)
        column.add_gap(4)
        column.addWidget(self.plan)
        column.add_gap(4)
        column.addWidget(self.news)
        column.add_gap(28)
        column.addWidget(self.files_title)
        column.add_gap(8)
        column.addWidget(self.files)
        column.addStretch(1)

    def show_registered(self, registered: Registered, about_me: bool) -> None:
        """Show a complaint just registered; one about oneself shows its number only."""
        self.registered, self._detail, self._hidden = registered, None, about_me
        self.number.set_text(registered.number)
        self.number.setAccessibleName(registered.number)
        self.news.setText("")
        self.files.show_files(registered.id, ())
        self.retranslate()
        if not about_me:
            self._asking.ask()

    def say(self, text: str) -> None:
        """Something beside the registration did not come about."""
        self.news.setText(text)
        self.news.setVisible(bool(text))

    def _question(self) -> partial[CaseDetail | None]:
        assert self.registered is not None  # asked once there is one
        person = self._station.person
        return partial(
            case_detail,
            complaint=self.registered.id,
            staff=person.staff,
            roles=person.roles,
            today=self._station.now().date(),
        )

    def _take(self, detail: CaseDetail | None) -> None:
        self._detail = detail
        if detail is not None and self.registered is not None:
            self.files.show_files(self.registered.id, detail.files)
        self._show()

    def _copy(self) -> None:
        if self.registered is not None:
            QGuiApplication.clipboard().setText(self.registered.number)
            self.copy_button.setText(self.tr("已复制"))
            self.copy_button.set_icon_name("check")

    def _show(self) -> None:
        for part in (self.files_title, self.files):
            part.setVisible(not self._hidden)
        self.open_button.setVisible(self._opens and not self._hidden)
        line = self._detail.line if self._detail else None
        self.due.setText(self._due(line) if line else "")
        self.due.setVisible(bool(self.due.text()))
        self.plan.setVisible(self._detail is not None and self._detail.incident is not None)
        self.news.setVisible(bool(self.news.text()))

    def _due(self, line: CaseLine) -> str:
        if not line.due:
            return ""
        act_by = day_text(date.fromisoformat(line.act_by or line.due))
        if not line.legal_due:
            return self.tr("请在 {act_by} 前答复。").format(act_by=act_by)
        text = self.tr("法定期限 {legal}，内部期限 {house}，请在 {act_by} 前办理。")
        return text.format(
            legal=day_text(date.fromisoformat(line.legal_due)),
            house=day_text(date.fromisoformat(line.house_due or line.legal_due)),
            act_by=act_by,
        )

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("已登记，编号如下"))
        self.copy_button.setText(self.tr("复制编号"))
        self.copy_button.set_icon_name("document")
        self.open_button.setText(self.tr("打开"))
        self.again_button.setText(self.tr("再登记一件"))
        mine = self.tr("涉及您本人，由其他同事办理；您看不到后面的办理情况。")
        told = self.tr("请把编号告诉客户；您是首问责任人，受理前由您负责跟进。")
        self.tell.setText(mine if self._hidden else told)
        self.plan.setText(
            self.tr("应急预案已启动，叫号照常。没有人聚集的，请大堂经理或负责人在应急演练里结束。")
        )
        self.files_title.setText(self.tr("材料"))
        self._show()
