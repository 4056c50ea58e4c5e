"""Owns what a press in a session does: the question before, the command, what is said after."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from branch.complaints.commands.registration import Registered
from branch.kernel.errors import BadInput, TingtangError
from branch.papers.head import Offer
from branch.rooms.commands.alarms import RaiseAlarm
from branch.rooms.commands.linking import LinkSession, UnlinkSession
from branch.rooms.commands.talk import (
    AskSupport,
    GoToStep,
    MarkCalming,
    SaveStatement,
    SetMood,
    SetWishes,
)
from branch.rooms.queries.sessions import SessionView
from branch.rooms.rules import MANAGER, ON_PAPER, REST
from ui.rooms.dialogs import CheckDialog, PromiseDialog
from ui.rooms.end_card import TOLD
from ui.rooms.end_dialog import EndDialog
from ui.rooms.files_dialog import FilesDialog
from ui.rooms.keeping import Keeper
from ui.rooms.link_dialog import LinkDialog
from ui.rooms.record_dialog import RecordDialog
from ui.rooms.session_page import SessionPage
from ui.shell.station import Station, sentence
from ui.widgets.intake.dialog import RegisterDialog
from ui.widgets.papers.dialog import PaperDialog
from ui.widgets.toast import Toaster

_PAPER = "TS-08"


class Deeds(QObject):
    """Acts for the session that ``page`` shows.

    How the record was signed is known here only, until the session ends with it; whatever
    changes the record afterwards takes the signature away. ``saved`` tells when (ms) which words
    were saved, ``ended`` that the session is over.
    """

    saved = Signal(object, str)
    ended = Signal()
    record_changed = Signal()

    def __init__(
        self,
        window: QWidget,
        station: Station,
        page: SessionPage,
        keeper: Keeper,
        toaster: Toaster,
    ) -> None:
        super().__init__(window)
        self._window, self._station, self._page = window, station, page
        self._keeper, self._toaster = keeper, toaster
        self._signed: tuple[str, str] | None = None
        self._read: object = None
        self._files: FilesDialog | None = None
        work, card, end = page.work, page.support, page.end
        work.step_wanted.connect(self.go_to)
        work.wishes_changed.connect(self._set_wishes)
        work.calming_changed.connect(self._mark)
        work.check_wanted.connect(lambda: self._ask_check(None))
        work.check_opened.connect(self._ask_check)
        work.file_wanted.connect(self._show_files)
        page.mood.chosen.connect(self._set_mood)
        page.promises.add_wanted.connect(self._ask_promise)
        page.customer.register_wanted.connect(self._register)
        page.customer.link_wanted.connect(self._ask_link)
        page.customer.unlink_wanted.connect(lambda: self._unlink(self._session()))
        card.manager_wanted.connect(partial(self.ask_support, MANAGER))
        card.rest_wanted.connect(partial(self.ask_support, REST))
        card.folder_wanted.connect(partial(self.fetch_folder, 1))
        end.record_wanted.connect(self._show_record)
        end.print_wanted.connect(partial(self._end, early=False, prints=True))
        end.end_wanted.connect(partial(self._end, early=False))
        end.early_wanted.connect(partial(self._end, early=True))

    # -- the session at hand --------------------------------------------------------------------

    def _view(self) -> SessionView:
        view = self._page.view()
        assert view is not None  # its parts are pressed while the page is shown
        return view

    def _session(self) -> int:
        return self._view().line.id

    def _tell(self, said: str, _value: object = None) -> None:
        self._toaster.show_toast(said)

    def _run(self, command: object, then: Callable[[object], None] | None = None) -> None:
        self._station.run(self, command, then, self._refuse)

    def _refuse(self, error: TingtangError) -> None:
        """Words that cannot be kept are told at their place, with the keyboard there; what was
        touched stands again as it is kept."""
        words = self._page.work.statement
        if isinstance(error, BadInput) and error.field == "statement":
            words.set_error(sentence(error))
            words.edit.setFocus()
            return
        view = self._page.view()
        if view is not None:
            self._page.show_session(view, self._page.detail())
        self._station.complain(error)

    def forget(self) -> None:
        """Another session is shown: nobody has read or signed its record yet."""
        self._signed, self._read = None, None
        self._page.end.clear()

    def follow(self) -> None:
        """The session was read anew: a record that changed since is to be read again."""
        if self._signed is not None and self._read != self._said():
            self._signed = None
            self.record_changed.emit()
        done = self._signed is not None
        self._page.end.show_record(read=done, signed=done)
        detail = self._page.detail()
        if self._files is not None and detail is not None:
            self._files.show_files(detail.files)

    def _said(self) -> object:
        """What the record says."""
        view = self._view()
        return self._page.work.statement.text(), view.wishes, view.checks, view.promises

    # -- the talk -------------------------------------------------------------------------------

    def save(self, then: Callable[[], None] = lambda: None) -> None:
        """Save the statement as it stands; ``then`` follows once it is saved."""
        text = self._page.work.statement.text()
        self._run(SaveStatement(self._session(), text), partial(self._tell_saved, text, then))

    def _tell_saved(self, text: str, then: Callable[[], None], _none: object) -> None:
        # Somebody may have typed on meanwhile; those words are still kept.
        if self._page.work.statement.text() == text:
            self._keeper.drop()
        self.saved.emit(self._station.now_ms(), text)
        then()

    def go_to(self, step: int) -> None:
        """Go to a step, the statement saved with it."""
        text = self._page.work.statement.text()
        self._run(
            GoToStep(self._session(), step, text), partial(self._tell_saved, text, lambda: None)
        )

    def _set_wishes(self, wishes: frozenset[str]) -> None:
        self._run(SetWishes(self._session(), wishes))

    def _mark(self, code: str, done: bool) -> None:
        self._run(MarkCalming(self._session(), code, done))

    def _set_mood(self, grade: int) -> None:
        self._run(SetMood(self._session(), grade))

    def _ask_check(self, identity: int | None) -> None:
        check = next((one for one in self._view().checks if one.id == identity), None)
        CheckDialog(self._window, self._station, self._session(), check).open()

    def _ask_promise(self) -> None:
        dialog = PromiseDialog(self._window, self._station, self._session())
        dialog.said.connect(self._toaster.show_toast)
        dialog.open()

    def _show_files(self) -> None:
        detail = self._page.detail()
        if detail is None:
            return
        self._files = FilesDialog(
            self._window,
            self._station,
            self._session(),
            detail.line.id,
            detail.files,
            self._view().materials,
        )
        self._files.finished.connect(self._forget_files)
        self._files.open()

    def _forget_files(self) -> None:
        self._files = None

    def _register(self) -> None:
        dialog = RegisterDialog(self._window, self._station)
        dialog.registered.connect(self._link)
        dialog.open()

    def _link(self, registered: Registered) -> None:
        said = self.tr("{number} 已登记").format(number=registered.number)
        self._run(
            LinkSession(self._session(), registered.id),
            partial(self._tell, said),
        )

    def _ask_link(self) -> None:
        session = self._session()
        dialog = LinkDialog(self._window, self._station, session)
        dialog.linked.connect(partial(self._tell_linked, session))
        dialog.open()

    def _tell_linked(self, session: int, number: str) -> None:
        said = self.tr("已关联 {number}").format(number=number)
        self._toaster.show_toast(said, undo=partial(self._unlink, session))

    def _unlink(self, session: int) -> None:
        said = self.tr("已取消关联，接待继续")
        self._run(UnlinkSession(session), partial(self._tell, said))

    # -- support --------------------------------------------------------------------------------

    def ask_support(self, kind: str) -> None:
        """Ask the manager in, or tea and a rest."""
        said = {
            MANAGER: self.tr("已请负责人到场"),
            REST: self.tr("已请同事送茶水，可休息五分钟"),
        }[kind]
        self._run(AskSupport(self._session(), kind), partial(self._tell, said))

    def fetch_folder(self, level: int) -> None:
        """Call for help without a sign of it; only the line under the button changes its words."""
        if self._page.view() is not None:
            self._run(RaiseAlarm(level, session=self._session()))

    # -- the end --------------------------------------------------------------------------------

    def _show_record(self) -> None:
        # He signs what is kept, and nothing that was refused.
        self.save(self._open_record)

    def _open_record(self) -> None:
        if self._page.view() is None:
            return
        text = self._page.work.statement.text()
        dialog = RecordDialog(self._window, self._station, self._view(), text)
        dialog.signed.connect(self._note_signed)
        dialog.open()

    def _note_signed(self, way: str, signature: str) -> None:
        self._signed, self._read = (way, signature), self._said()
        self._page.end.show_record(read=True, signed=True)

    def _end(self, *, early: bool, prints: bool = False) -> None:
        if not early and (self._signed is None or not self._page.end.is_ticked(TOLD)):
            return
        self.save(partial(self._open_end, early, prints))

    def _open_end(self, early: bool, prints: bool) -> None:
        if self._page.view() is None:
            return
        dialog = EndDialog(
            self._window,
            self._station,
            self._view(),
            signed=self._signed or ("none", ""),
            told=self._page.end.is_ticked(TOLD),
            early=early,
            prints=prints,
        )
        # Who signs on paper needs the paper.
        prints = prints or (self._signed is not None and self._signed[0] == ON_PAPER)
        dialog.ended.connect(partial(self._over, self._session(), prints))
        dialog.open()

    def _over(self, session: int, prints: bool) -> None:
        self._keeper.drop()
        self._signed = None
        self.ended.emit()
        if prints:
            # The record says how it ended, so it is issued after that.
            offer = Offer(_PAPER, f"session:{session}", "", 1)
            PaperDialog(self._window, self._station, offer).open()
