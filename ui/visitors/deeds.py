"""Owns what a press in a list of visitors does: commands, questions before, what is said after."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from branch.people.rules import permits
from branch.visitors.commands.register import (
    ApproveVisitor,
    CancelExpected,
    RefuseVisitor,
    SignOutVisitor,
    TakeBackSignOut,
)
from branch.visitors.queries.register import VisitorLine
from branch.visitors.rules import TAKE_BACK_MS
from branch.visitors.rules import State as Visit
from ui.shell.station import Station
from ui.visitors.badge_dialog import BadgeDialog
from ui.visitors.cells import deeds_of, overdue
from ui.visitors.detail_dialog import DetailDialog
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.toast import Toaster


class Deeds(QObject):
    """Acts for ``window``; ``come_wanted`` carries the line of an announced visitor who is here,
    ``list_wanted`` asks for the block list."""

    come_wanted = Signal(object)
    list_wanted = Signal()

    def __init__(self, window: QWidget, station: Station, toaster: Toaster) -> None:
        super().__init__(window)
        self._window, self._station, self._toaster = window, station, toaster

    def act(self, key: str, line: VisitorLine) -> None:
        """Do what the button of this key promises."""
        {
            "sign_out": self.sign_out,
            "come": self.come_wanted.emit,
            "cancel": self._ask_cancel,
            "approve": self._approve,
            "refuse": self._ask_refuse,
        }[key](line)

    def open(self, line: VisitorLine) -> None:
        """Show everything there is about a visitor."""
        dialog = DetailDialog(self._window, self._station, line)
        dialog.acted.connect(self.act)
        dialog.badge_missing.connect(partial(self._sign_out, badge_returned=False))
        dialog.list_wanted.connect(self.list_wanted)
        dialog.told.connect(self._toaster.show_toast)
        dialog.open()

    def fill_menu(self, line: VisitorLine, menu: QMenu) -> None:
        """Everything that can be done with a visitor."""
        for deed in deeds_of(line, self._station.person.roles):
            menu.addAction(deed.text).triggered.connect(partial(self._chosen, deed.key, line))
        if line.state == Visit.INSIDE and permits("SignOutVisitor", self._station.person.roles):
            lost = menu.addAction(self.tr("签离，牌未收回"))
            lost.triggered.connect(partial(self._sign_out, line, badge_returned=False))
        menu.addAction(self.tr("查看登记")).triggered.connect(lambda: self.open(line))

    def _chosen(self, key: str, line: VisitorLine, _checked: bool = False) -> None:
        self.act(key, line)

    # -- going out ------------------------------------------------------------------------------

    def sign_out(self, line: VisitorLine) -> None:
        """At once, with the badge back. Of somebody who stayed over night the badge is asked for:
        he has hardly stood here to hand it in."""
        if not overdue(line, self._station):
            self._sign_out(line, badge_returned=True)
            return
        dialog = BadgeDialog(self._window, line)
        dialog.answered.connect(lambda back: self._sign_out(line, badge_returned=back))
        dialog.open()

    def _sign_out(self, line: VisitorLine, *_: object, badge_returned: bool) -> None:
        if badge_returned:
            said = self.tr("{name} 已签离，{badge} 已收回")
        else:
            said = self.tr("{name} 已签离，{badge} 没有收回")
        text = said.format(name=line.shown_name, badge=line.badge)
        command = SignOutVisitor(line.id, badge_returned)

        def done(_outcome: object) -> None:
            undo = partial(self._take_back, line)
            self._toaster.show_toast(text, undo=undo, seconds=TAKE_BACK_MS // 1000)

        self._station.run(self, command, done)

    def _take_back(self, line: VisitorLine) -> None:
        said = self.tr("{name} 仍在场").format(name=line.shown_name)
        self._run(TakeBackSignOut(line.id), said)

    # -- who is announced, who is held ------------------------------------------------------------

    def _ask_cancel(self, line: VisitorLine) -> None:
        self._ask(
            self.tr("取消 {name} 的预约？").format(name=line.shown_name),
            self.tr("取消后不能恢复，需要时请重新预约。"),
            self.tr("取消预约"),
            CancelExpected(line.id),
            self.tr("{name} 的预约已取消").format(name=line.shown_name),
        )

    def _ask_refuse(self, line: VisitorLine) -> None:
        self._ask(
            self.tr("请 {name} 回去？").format(name=line.shown_name),
            self.tr("请对来访者说：今天不便接待，请与被访人另约时间。"),
            self.tr("请回"),
            RefuseVisitor(line.id),
            self.tr("{name} 已请回").format(name=line.shown_name),
        )

    def _ask(self, title: str, text: str, confirm: str, command: object, said: str) -> None:
        dialog = ConfirmDialog(
            self._window,
            title=title,
            text=text,
            confirm=confirm,
            cancel=self.tr("返回"),
            danger=False,
        )
        dialog.accepted.connect(lambda: self._run(command, said))
        dialog.open()

    def _approve(self, line: VisitorLine) -> None:
        said = self.tr("{name} 可以进入，请发 {badge}")

        def done(badge: str) -> None:
            self._toaster.show_toast(said.format(name=line.shown_name, badge=badge))

        self._station.run(self, ApproveVisitor(line.id), done)

    def _run(self, command: object, said: str) -> None:
        def done(_outcome: object) -> None:
            self._toaster.show_toast(said)

        self._station.run(self, command, done)
