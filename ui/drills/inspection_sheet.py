"""Owns one inspection on screen: its items by section, its end and signatures; what an answer means
is not decided here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal

from branch.catalogue.queries import Service, services
from branch.inspections.commands import (
    AddSheetPhoto,
    AnswerItem,
    DropSheet,
    FinishSheet,
    OpenSheetPhoto,
    SignSheet,
)
from branch.inspections.queries import SheetView, hints, sheet_view
from branch.kernel.errors import BadInput, BranchError, TingtangError
from branch.kernel.store import Store
from branch.people.queries import StaffMember, staff_members
from ui.drills.countersign_dialog import CountersignDialog
from ui.drills.inspection_items import ItemList
from ui.drills.inspection_row import Said
from ui.drills.photo_page import PhotoDialog
from ui.models.inspection_words import (
    LOOK,
    progress_text,
    signatures_text,
    state_label,
    template_name,
)
from ui.shell.asking import Asking
from ui.shell.station import Station, sentence
from ui.widgets.blur_dialog import ask_picture
from ui.widgets.button import DESK_BUTTON, LARGE, PlainButton, PrimaryButton
from ui.widgets.card import Card, Separator
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.field import FieldEdit
from ui.widgets.label import CARD_TITLE, SECOND, Label
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusChip


@dataclass(frozen=True)
class Shown:
    """A sheet with all that its rows offer."""

    view: SheetView
    hints: Mapping[str, str]
    staff: tuple[StaffMember, ...]
    services: tuple[Service, ...]


def shown_sheet(store: Store, sheet: int, now: int) -> Shown:
    """The sheet as the screen shows it."""
    known = {hint.item: hint.value for hint in hints(store, sheet, now)}
    return Shown(sheet_view(store, sheet), known, staff_members(store), services(store))


class InspectionSheet(Card):
    """The sheet of one inspection. ``said`` carries what was done, ``dropped`` that it is gone."""

    said = Signal(str)
    dropped = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self.sheet = 0
        self.shown: Shown | None = None
        # Who cleaned, as typed for other sheets that are not ended.
        self._cleaners: dict[int, str] = {}
        self._answering, self._ending = 0, False
        self.asking = Asking(station, self, self._question, self._take)
        self._build()
        self.finish.clicked.connect(self._finish)
        self.sign.clicked.connect(self._sign)
        self.sign_here.clicked.connect(self._ask_countersign)
        self.drop.clicked.connect(self._ask_drop)
        self.retranslate()

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title, self.progress = Label("", CARD_TITLE, wrap=True), Label("", SECOND)
        self.chip = StatusChip(State.RUNNING, "")
        self.items = ItemList()
        self.items.said.connect(self._answer)
        self.items.photo_wanted.connect(self._ask_photo)
        self.items.photo_opened.connect(self._open_photo)
        self.cleaner = FieldEdit("")
        self.missing = Label("", SECOND, wrap=True)
        self.signed = Label("", SECOND, wrap=True)
        self.finish = PrimaryButton("", size=LARGE, icon="check")
        self.sign = PrimaryButton("", size=LARGE, icon="check")
        self.sign_here = PlainButton("", size=LARGE, icon="person")
        self.drop = PlainButton("", size=DESK_BUTTON)
        head = HBox(spacing=12, margins=(22, 16, 22, 10))
        head.addWidget(self.title, 1)
        head.addWidget(self.chip)
        head.addWidget(self.progress)
        foot = HBox(spacing=12, margins=(22, 12, 22, 16))
        words = VBox(spacing=4)
        words.addWidget(self.signed)
        words.addWidget(self.missing)
        foot.addLayout(words, 1)
        foot.addWidget(self.cleaner)
        for button in (self.drop, self.finish, self.sign_here, self.sign):
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        for part in (self.cleaner, self.drop, self.finish, self.sign_here, self.sign):
            # Only some of them ever stand here together; all of them would not fit.
            part.hide()
        column = VBox(parent=self)
        column.addLayout(head)
        column.addWidget(Separator())
        column.addWidget(self.items, 1)
        column.addWidget(Separator())
        column.addLayout(foot)

    # -- showing --------------------------------------------------------------------------------

    def show_sheet(self, sheet: int) -> None:
        """Show this sheet."""
        if sheet != self.sheet:
            self._cleaners[self.sheet] = self.cleaner.text()
            self.cleaner.set_text(self._cleaners.pop(sheet, ""))
            self.sheet, self.shown, self._ending = sheet, None, False
            self.items.clear()
        self.asking.ask()

    def _question(self) -> Callable[[Store], Shown]:
        return partial(shown_sheet, sheet=self.sheet, now=self._station.now_ms())

    def _take(self, shown: Shown) -> None:
        if shown.view.line.id != self.sheet:
            return
        first = self.shown is None
        self.shown = shown
        if first:
            self.items.fill(shown.view.template, shown.staff, shown.services)
        self._show()
        if first:
            self.items.focus_next()

    def _show(self) -> None:
        if self.shown is None:
            return
        view, state = self.shown.view, self.shown.view.line.state
        is_open = state == "open"
        self.items.show_answers(view.answers, self.shown.hints, open_still=is_open)
        about = view.line.about
        title = template_name(view.template)
        self.title.setText(f"{title} {about}".strip())
        self.chip.set_chip(LOOK[state], state_label(state))
        self.progress.setText(progress_text(view))
        self.missing.setText(self._missing(view) if is_open else "")
        self.signed.setText(signatures_text(view, self._station.local))
        self.signed.setVisible(not is_open)
        self.missing.setVisible(is_open)
        self.cleaner.setVisible(is_open and view.template.cleaner)
        self.drop.setVisible(is_open)
        self.finish.setVisible(is_open)
        own = state == "signing" and self._may_sign(view)
        self.sign.setVisible(own)
        self.sign_here.setVisible(state == "signing" and not own)

    def _missing(self, view: SheetView) -> str:
        left = len(view.template.items) - view.answered
        bare = self.items.lacking()
        if bare is not None:
            return self.tr("第 {n} 项{what}").format(n=bare[0], what=bare[1])
        if left:
            return self.tr("还有 {n} 项没有填写").format(n=left)
        return self.tr("都填好了，结束后不能再改")

    def _may_sign(self, view: SheetView) -> bool:
        """Whether the next signature can be that of who works here."""
        person = self._station.person
        place = next((one for one in view.signatures if one.at is None), None)
        signed = {one.staff for one in view.signatures}
        return (
            place is not None
            and person.staff not in signed
            and not person.roles.isdisjoint(place.roles)
        )

    # -- doing ----------------------------------------------------------------------------------

    def _answer(self, said: Said) -> None:
        row = self.items.rows[said.item]
        command = AnswerItem(
            self.sheet, said.item, said.value, said.note, said.service, said.mended, said.owner
        )

        def kept(_verdict: object) -> None:
            self.asking.ask()
            answered()

        def refused(error: TingtangError) -> None:
            is_here, is_said = self.items.rows.get(said.item) is row, False
            if is_here and isinstance(error, BranchError):
                row.show_error(sentence(error), getattr(error, "field", ""))
                is_said = self.isVisible()
                self.asking.ask()
            elif is_here:
                row.not_taken()
            if not is_said:
                # Another sheet may be shown by now, or none.
                self._station.complain(error)
            answered()

        def answered() -> None:
            self._answering -= 1
            if self._ending and not self._answering:
                self._finish()

        self._answering += 1
        self._station.run(self, command, kept, refused)

    def _ask_photo(self, code: str) -> None:
        sheet, line = self.sheet, self.items.rows[code].failure.photo_error
        line.show_error("")

        def kept(data: bytes) -> None:
            self._station.run(
                self, AddSheetPhoto(sheet, code, data), lambda _none: self.asking.ask()
            )

        ask_picture(self, kept, line.show_error)

    def _open_photo(self, code: str) -> None:
        words = self.items.rows[code].accessibleName()

        def show(data: bytes) -> None:
            try:
                PhotoDialog(self, data, words).open()
            except BadInput as error:
                self._station.complain(error)

        self._station.run(self, OpenSheetPhoto(self.sheet, code), show)

    def _ask_countersign(self) -> None:
        dialog = CountersignDialog(self, self._station, self.sheet)
        dialog.signed.connect(self._signed)
        dialog.open()

    def _signed(self) -> None:
        self.said.emit(self.tr("已签名"))
        self.asking.ask()

    def _finish(self) -> None:
        # The press that ends it leaves a field first: what was typed there is not lost.
        self._ending = self._answering > 0
        # What stands in a row that was refused is not what was kept of it.
        if self._ending or self.items.go_to_wrong():
            return
        self._run(
            FinishSheet(self.sheet, self.cleaner.text()),
            self.tr("巡检已结束"),
        )

    def _sign(self) -> None:
        self._run(SignSheet(self.sheet), self.tr("已签名"))

    def _run(self, command: object, words: str) -> None:
        def done(_value: object) -> None:
            self.said.emit(words)
            self.asking.ask()

        def refused(error: TingtangError) -> None:
            if getattr(error, "field", "") == "cleaner":
                self.cleaner.set_error(sentence(error))
                self.cleaner.edit.setFocus()
            else:
                self._station.complain(error)
                # An item without an answer, or a failure without its note or photo.
                self.items.go_to(str(error.values.get("first") or error.values.get("item", "")))

        self._station.run(self, command, done, refused)

    def _ask_drop(self) -> None:
        dialog = ConfirmDialog(
            self,
            title=self.tr("放弃这次巡检"),
            text=self.tr("已填的内容会删掉，可以重新开始。"),
            confirm=self.tr("放弃"),
            cancel=self.tr("返回"),
        )
        dialog.accepted.connect(
            lambda: self._station.run(self, DropSheet(self.sheet), lambda _none: self._dropped())
        )
        dialog.open()

    def _dropped(self) -> None:
        self.sheet, self.shown = 0, None
        self.items.clear()
        self.dropped.emit()

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.cleaner.set_label(self.tr("保洁人员姓名"))
        self.finish.setText(self.tr("结束并签名"))
        self.sign.setText(self.tr("复核签名"))
        self.sign_here.setText(self.tr("请同事签名"))
        self.drop.setText(self.tr("放弃"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
