"""Owns the panel in which a complaint is registered, from its source to its number.

What was typed stays until it is registered: over a refusal, a lost store, closing the panel, and
the end of the program.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from branch.complaints.commands.registration import LinkRepeat, Register, Registered
from branch.complaints.queries.intake import UsualClasses, usual_classes
from branch.kernel.errors import BadInput, RuleBroken, StoreError, TingtangError
from branch.kernel.store import Store
from branch.people.queries import staff_members
from ui.models.complaint_words import kind_label
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, Button, LinkButton, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine
from ui.widgets.intake.before import Before
from ui.widgets.intake.done_page import DonePage
from ui.widgets.intake.draft import Draft, drop_draft, keep_draft, kept_draft, subject_of
from ui.widgets.intake.keeping import IntakeKeeper
from ui.widgets.intake.pages import MatterPage, SourcePage
from ui.widgets.intake.read_back import ReadBack
from ui.widgets.label import CAPTION, PAGE_TITLE, SECOND, Label
from ui.widgets.staff_field import Colleague, colleagues_among
from ui.widgets.stage import HBox

translate = QCoreApplication.translate

SOURCE, MATTER, READ_BACK, DONE = range(4)
_WIDTH = 1120
# As high as the window lets it be: what stands around the pages takes the rest.
_LEAST, _MOST, _AROUND = 548, 640, 252
# Which classes come first is learned from this long ago.
_USED_SINCE = timedelta(days=180)


class RegisterDialog(PanelDialog):
    """登记, by anybody who works here (首问负责).

    ``registered`` gives the Registered once it is, ``open_wanted`` the id of the complaint whose
    case is to be opened, unless it does not ``opens`` here. ``before`` is the complaint that this
    one takes on, with what is taken over of it.
    """

    registered = Signal(object)
    open_wanted = Signal(int)

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        *,
        ticket: int | None = None,
        number: str = "",
        before: Before | None = None,
        opens: bool = True,
    ) -> None:
        super().__init__(parent, translate("RegisterDialog", "登记投诉"), width=_WIDTH)
        self._station, self._ticket, self._shown_number = station, ticket, number
        self._before, self._own_ticket = before, ticket
        self._busy = self._away = False
        self._kept_at = 0
        self.title, self.place = Label("", PAGE_TITLE), Label("", SECOND)
        self.kept = Label("", CAPTION)
        self.source, self.matter = SourcePage(station), MatterPage(station)
        self.read_back, self.done_page = ReadBack(station), DonePage(station, opens=opens)
        self.pages = QStackedWidget()
        self.error = ErrorLine()
        self.clear_button = LinkButton("", size=LARGE)
        self.close_button = PlainButton("", size=LARGE)
        self.back_button = PlainButton("", size=LARGE, icon="arrow-left")
        self.next_button = PrimaryButton("", size=LARGE)
        self._lay_out(parent.window().height())
        self._wire()
        self.retranslate()
        self.keeper = IntakeKeeper(self, station, self.draft, self._blank, self._subject)
        self._begin()
        since = (station.now().date() - _USED_SINCE).isoformat()
        station.ask(self, partial(_sheet, since=since), self._offer, self._refused)

    def _lay_out(self, room: int) -> None:
        head = HBox(spacing=14)
        head.addWidget(self.title)
        head.addWidget(self.place)
        head.addStretch(1)
        head.addWidget(self.kept)
        self.body.addLayout(head)
        self.body.add_gap(14)
        for page in (self.source, self.matter, self.read_back, self.done_page):
            self.pages.addWidget(page)
        self.pages.setFixedHeight(min(_MOST, max(_LEAST, room - _AROUND)))
        self.body.addWidget(self.pages)
        self.body.addWidget(self.error)
        self.buttons.insertWidget(0, self.clear_button)
        for shown in (self.close_button, self.back_button, self.next_button):
            self.buttons.addWidget(shown)
        quiet: tuple[Button, ...] = (self.clear_button, self.close_button, self.back_button)
        for button in quiet:
            button.setAutoDefault(False)
        self.next_button.setDefault(True)

    def _wire(self) -> None:
        self.clear_button.clicked.connect(self.clear)
        self.close_button.clicked.connect(self.reject)
        self.back_button.clicked.connect(self._back)
        self.next_button.clicked.connect(self._next)
        self.source.source.changed.connect(self._say)
        # One earlier complaint is linked at most.
        self.source.alike.picked.connect(lambda: self.matter.same.choose(None))
        self.matter.same.picked.connect(lambda: self.source.alike.choose(None))
        self.read_back.settled.connect(lambda: self.error.show_error(""))
        self.done_page.again_wanted.connect(self.start_over)
        self.done_page.open_wanted.connect(self._open)
        self._station.offline.connect(lambda text, _tries: self._set_away(text))
        self._station.online.connect(lambda: self._set_away(""))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.next_button.click)

    # -- the draft ------------------------------------------------------------------------------

    def _subject(self) -> str:
        return subject_of(self._before.draft.earlier if self._before else None, self._ticket)

    def _owner(self) -> tuple[str, int, str]:
        return self._station.settings.database, self._station.person.staff, self._subject()

    def _begin(self) -> None:
        """Show what this person had typed before; a ticket begins with somebody standing here."""
        if self._before is not None:
            self.source.person.know(self._before.known)
        self._fill(self._blank())
        self._go(SOURCE)
        found = kept_draft(*self._owner())
        if found is not None:
            self._go_on_with(found)
        else:
            # The program may have been ended in the midst of it.
            self.keeper.find(self._found)

    def _found(self, draft: Draft | None) -> None:
        # Who was quicker types something new: what he had begun before gives way.
        if draft is not None and self.page() == SOURCE and self.draft() == self._blank():
            self._go_on_with(draft)
        else:
            self.keeper.start(self._blank())

    def _go_on_with(self, draft: Draft) -> None:
        self._ticket, self._kept_at = draft.ticket, draft.kept_at
        self._fill(draft)
        self._go(SOURCE)
        self.keeper.start(self.draft())

    def _blank(self) -> Draft:
        if self._before is not None:
            return self._before.draft
        blank = Draft(ticket=self._ticket)
        if self._ticket is not None:
            return replace(blank, source=replace(blank.source, channel="on_site"))
        return blank

    def _fill(self, draft: Draft) -> None:
        self.source.fill(draft)
        self.matter.fill(draft)

    def draft(self) -> Draft:
        """All that stands in the form."""
        return Draft(
            source=self.source.source.source(),
            who=self.source.person.complainant(),
            matter=self.matter.classified(),
            subjects=self.matter.matter.subjects.staff(),
            earlier=self._before.draft.earlier if self._before else self._linked(),
            ticket=self._ticket,
        )

    def _linked(self) -> int | None:
        return self.source.alike.linked() or self.matter.same.linked()

    def _forget_before(self) -> None:
        self._before = None
        self.source.person.know({})

    def _forget_alike(self) -> None:
        self.source.alike.forget()
        self.matter.same.forget()

    def clear(self) -> None:
        """Nothing is typed; what this panel was opened from stays."""
        drop_draft(*self._owner())
        self.keeper.drop()
        self._ticket = self._own_ticket
        self._start()

    def start_over(self) -> None:
        """One is registered; another begins, from nothing."""
        self._shown_number, self._ticket, self._own_ticket = "", None, None
        self._start()

    def _start(self) -> None:
        self._kept_at = 0
        self._forget_alike()
        self._begin()

    def done(self, result: int) -> None:
        """Closing keeps what was typed, unless it is registered or there is nothing."""
        if self.pages.currentIndex() != DONE:
            draft = self.draft()
            if draft == self._blank():
                drop_draft(*self._owner())
            else:
                keep_draft(*self._owner(), replace(draft, kept_at=self._station.now_ms()))
        self.keeper.stop()
        super().done(result)

    def _offer(self, sheet: tuple[tuple[Colleague, ...], UsualClasses]) -> None:
        colleagues, usual = sheet
        self.matter.matter.offer(colleagues)
        self.matter.classes.rank(usual)

    # -- from page to page ----------------------------------------------------------------------

    def page(self) -> int:
        """SOURCE, MATTER, READ_BACK or DONE."""
        return self.pages.currentIndex()

    def _go(self, page: int) -> None:
        self.error.show_error("")
        self.pages.setCurrentIndex(page)
        if page == READ_BACK:
            known = self._before.known if self._before is not None else {}
            self.read_back.show_draft(self.draft(), self.matter.matter.subjects.names(), known)
        self._say()
        if page == SOURCE:
            self.source.focus_first()
        elif page == MATTER:
            self.matter.focus_first()
        else:
            tick = self.read_back.said
            begin = tick if page == READ_BACK and tick.isVisibleTo(self) else self.next_button
            begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back(self) -> None:
        self._go(self.page() - 1)

    def _next(self) -> None:
        page = self.page()
        if page == DONE:
            self.accept()
        elif page == READ_BACK:
            self._register()
        elif page == SOURCE and self.source.complete():
            if self.source.person.is_urgent():
                self.matter.classes.urgency.set_current("urgent")
            self._go(MATTER)
        elif page == MATTER and self.matter.complete():
            self._go(READ_BACK)

    # -- registering ----------------------------------------------------------------------------

    def _register(self) -> None:
        if self._busy or self._away:
            return
        if not self.read_back.is_settled():
            self.read_back.error.show_error(sentence(RuleBroken("read_back_needed")))
            self.read_back.said.setFocus()
            return
        draft = self.draft()
        source = draft.source
        at = source.received_at
        command = Register(
            channel=source.channel,
            received_at=self._station.now_ms() if at is None else at,
            complainant=draft.who,
            matter=draft.matter,
            kind=source.kind,
            forwarded=source.forwarded,
            read_back=self.read_back.is_read_back(),
            subjects=draft.subjects,
            ticket=draft.ticket,
            complainant_of=draft.earlier if self._before and self._before.known else None,
        )
        self._set_busy(True)
        self._station.run(self, command, partial(self._registered, draft), self._refused)

    def _registered(self, draft: Draft, registered: Registered) -> None:
        self._set_busy(False)
        drop_draft(*self._owner())
        self.keeper.drop()
        about_me = self._station.person.staff in draft.subjects
        self.done_page.show_registered(registered, about_me)
        self._go(DONE)
        self._forget_before()
        self._fill(self._blank())
        self._forget_alike()
        self.registered.emit(registered)
        if draft.earlier is not None and not about_me:
            self._station.run(
                self,
                LinkRepeat(registered.id, draft.earlier),
                failed=self._not_linked,
            )

    def _not_linked(self, error: TingtangError) -> None:
        text = self.tr("没有关联上较早的投诉：{why}").format(why=sentence(error))
        self.done_page.say(text)

    def _refused(self, error: TingtangError) -> None:
        self._set_busy(False)
        text = sentence(error)
        if isinstance(error, StoreError):
            self.error.show_error(text)
            return
        field = error.field if isinstance(error, BadInput) else ""
        for page, part in ((SOURCE, self.source), (MATTER, self.matter)):
            places = part.places()
            if field in places:
                self._go(page)
                places[field](text)
                part.lead_to_wrong()
                return
        self.error.show_error(text)

    def _open(self) -> None:
        found = self.done_page.registered
        self.accept()
        if found is not None:
            self.open_wanted.emit(found.id)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._say()

    def _set_away(self, text: str) -> None:
        self._away = bool(text)
        self.error.show_error(text)
        self._say()

    # -- words ----------------------------------------------------------------------------------

    def _say(self) -> None:
        page = self.page()
        kind = kind_label(self.source.source.source().kind)
        title = self.tr("登记{kind}").format(kind=kind.lower())
        self.title.setText(title)
        steps = (self.tr("来源和投诉人"), self.tr("事项和分类"), self.tr("复述确认"))
        if page < DONE:
            text = self.tr("第 {n} 步，共 {all} 步：{step}")
            place = text.format(n=page + 1, all=len(steps), step=steps[page])
        else:
            place = ""
        if self._shown_number and page < DONE:
            ticket = self.tr("号票 {number}").format(number=self._shown_number)
            place = self.tr("，").join((ticket, place))
        if self._before is not None and page < DONE:
            linked = self.tr("关联 {number}").format(number=self._before.number)
            place = self.tr("，").join((linked, place))
        self.place.setText(place)
        kept = f"{self._station.local(self._kept_at):%H:%M}"
        self.kept.setText(self.tr("接着填 {time} 没登记完的内容").format(time=kept))
        self.kept.setVisible(page == SOURCE and bool(self._kept_at))
        self.clear_button.setVisible(page == SOURCE)
        self.back_button.setVisible(page in (MATTER, READ_BACK))
        self.close_button.setVisible(page != DONE)
        self.next_button.setText(
            {READ_BACK: self.tr("确认登记"), DONE: self.tr("完成")}.get(page, self.tr("下一步"))
        )
        waits = page == READ_BACK and (self._busy or self._away)
        self.next_button.setEnabled(not waits)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.clear_button.setText(self.tr("清空"))
        self.close_button.setText(self.tr("稍后再填"))
        self.back_button.setText(self.tr("上一步"))
        for page in (self.source, self.matter, self.read_back, self.done_page):
            page.retranslate()
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _sheet(store: Store, since: str) -> tuple[tuple[Colleague, ...], UsualClasses]:
    return colleagues_among(staff_members(store)), usual_classes(store, since)
