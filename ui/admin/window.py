"""Owns the window of the settings: which pages an account sees, trouble, toasts; no page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from branch.people.rules import permits
from ui.admin.branch_page import BranchPage
from ui.admin.classes_page import ClassesPage
from ui.admin.counters_page import CountersPage
from ui.admin.machine_page import MachinePage
from ui.admin.page import AdminPage
from ui.admin.services_page import ServicesPage
from ui.admin.staff_page import StaffPage
from ui.models.words import role_label
from ui.shell.station import Station
from ui.widgets.banner import Banner
from ui.widgets.button import PlainButton
from ui.widgets.choice import SegmentedControl
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.frame import TopBar
from ui.widgets.place_holder import LoadingRows
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.toast import Toaster

# A page, how it is made, and the commands of which one has to be open to the account.
_PAGES: tuple[tuple[str, Callable[[Station], AdminPage], tuple[str, ...]], ...] = (
    ("staff", StaffPage, ("AddStaff", "ResetPin")),
    ("services", ServicesPage, ("ChangeService",)),
    ("counters", CountersPage, ("ChangeCounter", "SetCounterServices")),
    ("classes", ClassesPage, ("ChangeClass",)),
    ("branch", BranchPage, ("ChangeSetting",)),
    ("machine", MachinePage, ("ChangePin",)),
)
# As whom somebody with several roles stands here.
_ROLES = ("administrator", "branch_manager", "supervisor", "lobby_manager")


class AdminWindow(QWidget):
    """The settings: pages by what the account may do, one shown at a time."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setObjectName("admin")
        self._station = station
        roles = station.person.roles
        self.pages = {
            key: make(station)
            for key, make, commands in _PAGES
            if any(permits(command, roles) for command in commands)
        }
        self.top = TopBar("", clock=station.now)
        self.lock = PlainButton("", icon="lock")
        self.leave = PlainButton("", icon="sign-out")
        self.lobby = PlainButton("", icon="lobby")
        self.lobby.setVisible(permits("Greet", roles))
        self.top.chips.addWidget(self.lobby)
        self.top.chips.addWidget(self.lock)
        self.top.chips.addWidget(self.leave)
        self.banner = Banner()
        self.choice = SegmentedControl([(key, "") for key in self.pages])
        self.stack = QStackedWidget()
        for page in self.pages.values():
            self.stack.addWidget(page)
        self.loading = LoadingRows(9, row_height=56)
        self._awaited = {key for key in self.pages if key != "machine"}
        self.toaster = Toaster(self)
        self._build()
        self._wire()
        self.retranslate()
        install_focus_ring(self)
        self.setMinimumSize(1180, 760)
        self.resize(1280, 800)
        self._ask_all()

    def sizeHint(self) -> QSize:
        """The size it is laid out for."""
        return QSize(1280, 800)

    def show_page(self, key: str) -> None:
        """Go to a page."""
        self.choice.set_current(key)
        self.stack.setCurrentWidget(self.pages[key])

    def _leave(self, go: Callable[[], object]) -> None:
        """Go, but not with something typed and not saved unless that is meant."""
        if not any(page.unsaved() for page in self.pages.values()):
            go()
            return
        dialog = ConfirmDialog(
            self,
            title=self.tr("还有没保存的内容"),
            text=self.tr("离开后，填好但没有保存的内容不会保留。"),
            confirm=self.tr("不保存离开"),
            cancel=self.tr("继续填写"),
        )
        dialog.accepted.connect(go)
        dialog.open()

    def _build(self) -> None:
        body = VBox(spacing=16, margins=(24, 16, 24, 20))
        row = HBox()
        row.addWidget(self.choice)
        row.addStretch(1)
        body.addLayout(row)
        body.addWidget(self.loading)
        body.addWidget(self.stack, 1)
        self.stack.setVisible(not self._awaited)
        self.loading.setVisible(bool(self._awaited))
        self.loading.start()
        main = VBox(parent=self)
        main.addWidget(self.top)
        main.addWidget(self.banner)
        main.addLayout(body, 1)

    def _wire(self) -> None:
        station = self._station
        self.lock.clicked.connect(station.lock_wanted)
        self.leave.clicked.connect(lambda: self._leave(station.sign_out_wanted.emit))
        self.lobby.clicked.connect(lambda: self._leave(lambda: station.place_wanted.emit("lobby")))
        for at, key in enumerate(self.pages, 1):
            shortcut = QShortcut(QKeySequence(f"Alt+{at}"), self)
            shortcut.activated.connect(partial(self.show_page, key))
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(station.lock_wanted)
        self.choice.chosen.connect(self.show_page)
        self.banner.pressed.connect(station.retry_now)
        station.changed.connect(self._on_changed)
        station.complained.connect(self._on_complained)
        station.offline.connect(self._on_offline)
        station.online.connect(self._on_online)
        for page in self.pages.values():
            page.told.connect(self._on_told)
        for key in self._awaited:
            self.pages[key].loaded.connect(partial(self._on_loaded, key))

    def _ask_all(self) -> None:
        for page in self.pages.values():
            page.ask()

    def _on_changed(self, topics: frozenset[str]) -> None:
        for page in self.pages.values():
            if topics & page.topics:
                page.ask()

    def _on_loaded(self, key: str) -> None:
        if not self._awaited:
            return
        self._awaited.discard(key)
        if not self._awaited:
            self.loading.stop()
            self.loading.hide()
            self.stack.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whoever closes the window by its frame is asked as well."""
        if event.spontaneous() and any(page.unsaved() for page in self.pages.values()):
            event.ignore()
            self._leave(self.close)
        else:
            super().closeEvent(event)

    def _on_told(self, text: str) -> None:
        self.toaster.show_toast(text, State.OK)

    def _on_complained(self, text: str) -> None:
        self.toaster.show_toast(text, State.ATTENTION)

    def _on_offline(self, text: str, tries: int) -> None:
        tried = self.tr("正在重试，第 {n} 次").format(n=tries)
        self.banner.show_text(self.tr("，").join((text, tried)), button=self.tr("现在重试"))

    def _on_online(self) -> None:
        self.banner.clear()
        self._ask_all()

    def retranslate(self) -> None:
        """Take the words anew."""
        self.setWindowTitle(self.tr("厅堂 设置"))
        self.top.set_title(self.tr("设置"))
        person = self._station.person
        role = next((code for code in _ROLES if code in person.roles), "")
        who = self.tr("{name} {role}").format(name=person.name, role=role_label(role).lower())
        self.top.set_subtitle(who.strip())
        self.lock.setText(self.tr("锁屏"))
        self.lobby.setText(self.tr("回到大堂"))
        self.leave.setText(self.tr("返回登录"))
        self.choice.setAccessibleName(self.tr("设置的页面"))
        names = {
            "staff": self.tr("员工"),
            "services": self.tr("业务目录"),
            "counters": self.tr("柜台"),
            "classes": self.tr("优先类别"),
            "branch": self.tr("本网点"),
            "machine": self.tr("本机"),
        }
        self.choice.set_texts({key: names[key] for key in self.pages})

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
