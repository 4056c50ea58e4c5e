"""Owns the window of the settings: which pages an account sees, trouble, toasts; no page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from branch.people.rules import permits
from ui.admin.page import AdminPage
from ui.admin.pages import PAGES
from ui.models.words import role_label
from ui.shell.station import Station
from ui.widgets.banner import Banner
from ui.widgets.button import PlainButton
from ui.widgets.calendar_banner import CalendarBanner
from ui.widgets.choice import SegmentedControl
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.frame import TopBar
from ui.widgets.glass_bar import GlassBar
from ui.widgets.place_holder import LoadingRows
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.toast import Toaster

# The pages' keys as they stand beside each other on a keyboard.
_KEYS = "1234567890-=\\["
# So many names of pages fit side by side in either language.
_ACROSS = 9
# As whom somebody with several roles stands here.
_ROLES = (
    "administrator",
    "branch_manager",
    "supervisor",
    "auditor",
    "superior",
    "lobby_manager",
)


class _Pages(Mapping[str, AdminPage]):
    """The pages an account sees, each made the first time somebody goes there."""

    def __init__(self, keys: tuple[str, ...], make: Callable[[str], AdminPage]) -> None:
        self._keys, self._make = keys, make
        self.made: dict[str, AdminPage] = {}

    def __getitem__(self, key: str) -> AdminPage:
        if key not in self._keys:
            raise KeyError(key)
        if key not in self.made:
            self.made[key] = self._make(key)
        return self.made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class AdminWindow(QWidget):
    """The settings: pages by what the account may do, one shown at a time."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setObjectName("admin")
        self._station = station
        roles = station.person.roles
        self.pages = _Pages(tuple(page.key for page in PAGES if page.opens(roles)), self._make_page)
        self.top = TopBar("", clock=station.now)
        self.lock = PlainButton("", icon="lock")
        self.leave = PlainButton("", icon="sign-out")
        self.lobby = PlainButton("", icon="lobby")
        if not permits("Greet", roles):
            self.lobby.hide()
        self.top.chips.addWidget(self.lobby)
        self.top.chips.addWidget(self.lock)
        self.top.chips.addWidget(self.leave)
        self.banner = Banner()
        self.glass = GlassBar(station)
        self.calendar = CalendarBanner(station, partial(self.show_page, "calendar"))
        self.choice = SegmentedControl([(key, "") for key in self.pages], across=_ACROSS)
        self.stack = QStackedWidget()
        self.loading = LoadingRows(9, row_height=56)
        self._awaited: set[str] = set()
        self.toaster = Toaster(self)
        self._build()
        self._wire()
        self.retranslate()
        install_focus_ring(self)
        self.setMinimumSize(1180, 760)
        self.resize(1280, 800)
        self.show_page(next(iter(self.pages)))

    def sizeHint(self) -> QSize:
        """The size it is laid out for."""
        return QSize(1280, 800)

    def show_page(self, key: str) -> None:
        """Go to a page."""
        page = self.pages[key]
        self.choice.set_current(key)
        self.stack.setCurrentWidget(page)
        self._show_loading()

    def _make_page(self, key: str) -> AdminPage:
        page = next(page for page in PAGES if page.key == key).make(self._station)
        page.told.connect(self._on_told)
        if key != "machine":
            self._awaited.add(key)
            page.loaded.connect(partial(self._on_loaded, key))
        self.stack.addWidget(page)
        page.ask()
        return page

    def _show_loading(self) -> None:
        """Rows to come stand there until the page that is wanted shows what it read."""
        waits = self.choice.current() in self._awaited
        self.stack.setVisible(not waits)
        self.loading.setVisible(waits)
        if waits:
            self.loading.start()
        else:
            self.loading.stop()

    def _unsaved(self) -> bool:
        return any(page.unsaved() for page in self.pages.made.values())

    def _leave(self, go: Callable[[], object]) -> None:
        """Go, but not with something typed and not saved unless that is meant."""
        if not self._unsaved():
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
        main = VBox(parent=self)
        main.addWidget(self.top)
        main.addWidget(self.banner)
        main.addWidget(self.glass)
        main.addWidget(self.calendar)
        main.addLayout(body, 1)

    def _wire(self) -> None:
        station = self._station
        self.lock.clicked.connect(station.lock_wanted)
        self.leave.clicked.connect(lambda: self._leave(station.sign_out_wanted.emit))
        self.lobby.clicked.connect(lambda: self._leave(lambda: station.place_wanted.emit("lobby")))
        for sign, key in zip(_KEYS, self.pages, strict=False):
            shortcut = QShortcut(QKeySequence(f"Alt+{sign}"), self)
            shortcut.activated.connect(partial(self.show_page, key))
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(station.lock_wanted)
        self.choice.chosen.connect(self.show_page)
        self.banner.pressed.connect(station.retry_now)
        station.changed.connect(self._on_changed)
        station.complained.connect(self._on_complained)
        station.offline.connect(self._on_offline)
        station.online.connect(self._on_online)

    def _on_changed(self, topics: frozenset[str]) -> None:
        for page in self.pages.made.values():
            if topics & page.topics:
                page.ask()

    def _on_loaded(self, key: str) -> None:
        if key in self._awaited:
            self._awaited.discard(key)
            self._show_loading()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whoever closes the window by its frame is asked as well."""
        if event.spontaneous() and self._unsaved():
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
        for page in self.pages.made.values():
            page.ask()

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
        names = {page.key: page.name() for page in PAGES}
        self.choice.set_texts({key: names[key] for key in self.pages})

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
