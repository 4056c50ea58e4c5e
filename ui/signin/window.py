"""The sign-in page: staff number, PIN and place of work on one card; opens no station itself."""

from __future__ import annotations

import logging
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from branch.kernel.clock import Clock, from_ms
from branch.kernel.errors import TingtangError
from branch.kernel.settings import Settings, keep_machine_choice, machine_choice
from branch.lobby.queries.screens import BranchName
from branch.people.commands import SignedIn, SignInRefused
from ui.shell.language import language
from ui.shell.station import Person, sentence
from ui.shell.worker import Worker
from ui.signin.attempt import NotHere, sign_in_at
from ui.signin.form import SignInForm
from ui.signin.page import EntryPage
from ui.signin.places import PlaceGrid, Places, place_name, places
from ui.widgets.icon import IconLabel
from ui.widgets.label import CAPTION, SECOND, ElidedLabel, Label, TextRole
from ui.widgets.stage import HBox
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph

LAST_PLACE: Final = "last_place"
_TOPICS: Final = frozenset({"counter", "staff", "catalogue", "day"})
_NONE_CHOSEN: Final = "-"
_log = logging.getLogger(__name__)


class SignInWindow(EntryPage):
    """``signed_in`` carries who it is and the place: ``counter-3``, ``lobby``, ``kiosk-1`` …"""

    signed_in = Signal(object, str)

    def __init__(
        self, worker: Worker, settings: Settings, clock: Clock, branch: BranchName
    ) -> None:
        self._zone = ZoneInfo(branch.zone)
        super().__init__(lambda: from_ms(clock.now_ms(), self._zone))
        self.setObjectName("sign-in")
        self._worker, self._settings, self._clock = worker, settings, clock
        self._branch_name = branch
        self._asking = self._stale = False
        self._refused_place = ""
        self._last = machine_choice(settings, LAST_PLACE) or ""
        self.form = SignInForm(clock)
        self.form.submitted.connect(self._try)
        self.left.addWidget(self.form)
        self._build_right()
        self.form.number_typed.connect(self.grid.set_number)
        worker.changed.connect(self._on_changed)
        self.watch_store(worker)
        self.retranslate()
        if self._last:
            self.grid.choose(self._last)
        self.form.setFocus()
        self._ask()

    def _build_right(self) -> None:
        self._places_title = Label("", TextRole(18, 700), wrap=True)
        self._places_title.setMinimumHeight(27)
        self._wrong = StatusGlyph(State.URGENT, 18)
        self._last_label = ElidedLabel("", CAPTION, align=Qt.AlignmentFlag.AlignRight)
        self.grid = PlaceGrid()
        self.grid.chosen.connect(self._on_place)
        self._where_icon = IconLabel("wifi" if self._settings.on_server else "machine", 18, "ink2")
        self.where = ElidedLabel("", SECOND)
        head = HBox(spacing=8)
        head.addWidget(self._wrong)
        head.addWidget(self._places_title, 1)
        head.addWidget(self._last_label)
        self.right.addLayout(head)
        self.right.add_gap(18)
        self.right.addWidget(self.grid, 1)
        self.right.add_gap(18)
        foot = HBox(spacing=8)
        foot.addWidget(self._where_icon)
        foot.addWidget(self.where, 1)
        self.right.addLayout(foot)

    def choose_place(self, place: str) -> None:
        """Choose the place this machine stands at, when somebody else signs in there."""
        self.grid.choose(place, ours=True)

    # Words --------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take every word anew."""
        super().retranslate()
        self.setWindowTitle(self.tr("登录厅堂"))
        self.branch.set_text(self._branch_name.name.text(language().code))
        self.grid.setAccessibleName(self.tr("选择工作位置"))
        if self._settings.on_server:
            host = self._settings.shown_database.removeprefix("postgresql://")
            self.where.set_text(self.tr("已连接服务器 {place}").format(place=host))
        else:
            self.where.set_text(self.tr("数据保存在这台电脑上"))
        last = place_name(self._last) if self._last else ""
        self._last_label.set_text(self.tr("上次 {place}").format(place=last) if last else "")
        self.grid.retranslate()
        self._say_place()

    def tick(self) -> None:
        """Greeting, countdown and the time at the foot."""
        super().tick()
        self.form.tick(from_ms(self._clock.now_ms(), self._zone).hour)

    def _say_place(self) -> None:
        """The title of the places, or what is wrong with the one chosen."""
        text, wrong = self.tr("选择工作位置"), ""
        if self._refused_place == _NONE_CHOSEN:
            wrong = self.tr("请先选择工作位置")
        elif self._refused_place:
            wrong = self.tr("您的岗位不能在“{place}”工作，请另选").format(
                place=place_name(self._refused_place)
            )
        self._places_title.set_role(TextRole(16 if wrong else 18, 700))
        self._places_title.setText(wrong or text)
        self._places_title.set_token("danger_text" if wrong else "")
        self._last_label.setVisible(not wrong)
        self._wrong.setVisible(bool(wrong))

    def place_words(self) -> str:
        """What stands over the places."""
        return self._places_title.text()

    # What happens -------------------------------------------------------------------------

    def _try(self, number: str, pin: str) -> None:
        place = self.grid.choice()
        if not place:
            self._refused_place = _NONE_CHOSEN
            self._say_place()
            return
        self.form.set_busy(True)
        self._worker.ask(
            self,
            lambda branch: sign_in_at(branch, number, pin, place),
            lambda answer: self._answered(answer, number, place),
            self._failed,
        )

    def _answered(
        self, answer: SignedIn | SignInRefused | NotHere, number: str, place: str
    ) -> None:
        self.form.set_busy(False)
        if isinstance(answer, SignInRefused):
            self.form.refuse(answer)
        elif isinstance(answer, NotHere):
            self._refused_place = place
            self._say_place()
        else:
            self._come_in(answer, "".join(number.split()), place)

    def _come_in(self, answer: SignedIn, number: str, place: str) -> None:
        self.form.clear()
        try:
            keep_machine_choice(self._settings, LAST_PLACE, place)
        except OSError as error:
            # Only a convenience for tomorrow; nobody should be kept from his work by it.
            _log.info("the last place was not kept: %s", error)
        self.signed_in.emit(Person(answer.staff, number, answer.name, answer.roles), place)

    def _failed(self, error: TingtangError) -> None:
        self.form.set_busy(False)
        self.form.line.complain(sentence(error))

    def _on_place(self, _place: str) -> None:
        self._refused_place = ""
        self._say_place()

    # The store ----------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._asking:
            self._stale = True
            return
        self._asking, self._stale = True, False
        self._worker.ask(
            self, lambda branch: places(branch.store), self._show_places, self._not_asked
        )

    def _show_places(self, found: Places) -> None:
        self._asking = False
        self.grid.set_places(found)
        if self._stale:
            self._ask()

    def _not_asked(self, _error: TingtangError) -> None:
        # The lost store is told by ``store_failed``; it is asked again when it is back.
        self._asking = False

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self._ask()

    def store_lost(self, error: TingtangError, tries: int) -> None:
        """The strip says so; the line that says where the data are would not be true now."""
        super().store_lost(error, tries)
        self._where_icon.hide()
        self.where.hide()

    def store_back(self) -> None:
        """The places may have changed meanwhile."""
        super().store_back()
        self._where_icon.show()
        self.where.show()
        self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter signs in, wherever the keyboard is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.form.submit()
            return
        super().keyPressEvent(event)
