"""Owns the drill desk's window: which page stands, the band that says what is real; runs no
command."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from branch.drills.commands.marking import UndoMark
from branch.people.rules import may_read
from ui.drills.after_page import AfterPage
from ui.drills.conductor import ConductorPage
from ui.drills.home import DrillHome
from ui.drills.improvement_page import ImprovementPage
from ui.drills.inspection_page import InspectionPage
from ui.drills.plan_dialogs import IncidentDialog
from ui.drills.plans_page import PlansPage
from ui.drills.prepare_page import PreparePage
from ui.drills.report_dialog import Filed, ReportDialog, filed
from ui.drills.role_page import RolePage
from ui.drills.run_bar import AFTER, BETTER, DRILLS, INSPECTIONS, PLANS, ROLE, RunBand, RunBar
from ui.drills.run_desk import RunDesk
from ui.shell.desk_rail import DeskRail
from ui.shell.station import Station
from ui.widgets.away_strip import AwayStrip
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.glass_bar import GlassBar
from ui.widgets.leaving import ask_to_leave
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.toast import Toaster

_ROOMY_FROM = 1360


class DrillsWindow(QWidget):
    """Picture k: rail, top bar, the band under it, the page."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setObjectName("drills")
        self._station = station
        self.desk: RunDesk | None = None
        self.prepare: PreparePage | None = None
        self.conductor: ConductorPage | None = None
        self.role: RolePage | None = None
        self.after: AfterPage | None = None
        self._build()
        self.toaster = Toaster(self)
        self._wire()
        self.retranslate()
        install_focus_ring(self)
        self.setMinimumSize(1280, 800)
        self.resize(1440, 900)

    def sizeHint(self) -> QSize:
        """The size of the picture."""
        return QSize(1440, 900)

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        station = self._station
        self.rail = DeskRail(station, "drills")
        self.top, self.band = RunBar(station), RunBand()
        self.choice, self.view = self.top.choice, self.top.view
        self.away, self.glass = AwayStrip(station), GlassBar(station)
        self.home = DrillHome(station)
        self._others: dict[str, QWidget] = {}
        self.pages = QStackedWidget()
        self.pages.addWidget(self.home)
        self._body = QHBoxLayout()
        self._body.addWidget(self.pages)
        main = VBox()
        for strip in (self.top, self.away, self.glass, self.band):
            main.addWidget(strip)
        main.addLayout(self._body, 1)
        whole = HBox(parent=self)
        whole.addWidget(self.rail)
        whole.addLayout(main, 1)

    def _wire(self) -> None:
        station = self._station
        station.complained.connect(lambda text: self.toaster.show_toast(text, State.ATTENTION))
        self.rail.here.connect(self.leave_run)
        self.choice.chosen.connect(self.show_page)
        self.view.chosen.connect(lambda _view: self._on_run())
        self.home.run_wanted.connect(self.open_run)
        self.home.said.connect(self.toaster.show_toast)
        self.top.real.clicked.connect(self.ask_incident)
        self.top.paper.clicked.connect(self.ask_report)
        self.top.back.clicked.connect(self.leave_run)
        self.top.pause.clicked.connect(partial(self._conduct, ConductorPage.pause_or_resume))
        self.top.end.clicked.connect(partial(self._conduct, ConductorPage.ask_end))
        self.band.pressed.connect(partial(self._conduct, ConductorPage.ask_stop_word))
        for at, page in enumerate((DRILLS, INSPECTIONS, BETTER, PLANS), 1):
            QShortcut(QKeySequence(f"Alt+{at}"), self).activated.connect(
                partial(self.show_page, page)
            )
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self.toaster.undo_last)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(station.lock_wanted)
        QShortcut(QKeySequence("F12"), self).activated.connect(self.band.pressed)
        if may_read("register", station.person.roles):
            to_register = partial(station.place_wanted.emit, "register")
            QShortcut(QKeySequence("F9"), self).activated.connect(to_register)

    def resizeEvent(self, event: object) -> None:
        """Give up margins before words and targets."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        side, end = (16, 16) if self.width() < _ROOMY_FROM else (24, 20)
        self._body.setContentsMargins(side, end, side, end)

    # -- pages ----------------------------------------------------------------------------------

    def show_page(self, key: str) -> None:
        """Go to drills, inspections, what got better or the plans; a page is made when somebody
        first goes there."""
        self.choice.set_current(key)
        if key == DRILLS:
            self._show_run_page()
        else:
            if key not in self._others:
                self._others[key] = self._made(key)
                self.pages.addWidget(self._others[key])
            self.pages.setCurrentWidget(self._others[key])
        self._show_bar()

    def _made(self, key: str) -> QWidget:
        page: InspectionPage | ImprovementPage | PlansPage
        if key == INSPECTIONS:
            page = InspectionPage(self._station)
        elif key == BETTER:
            page = ImprovementPage(self._station)
            page.run_wanted.connect(self.open_run)
        else:
            page = PlansPage(self._station)
        page.said.connect(self.toaster.show_toast)
        return page

    def leave_run(self) -> None:
        """Go home; what was typed and not kept is asked about first."""
        part = self.after.unsaved() if self.after is not None else ""
        if self.after is None or not part:
            self.go_home()
            return
        self.after.show_part(part)
        ask_to_leave(self, self.go_home)

    def go_home(self) -> None:
        """Leave the run; it goes on."""
        self._forget_run()
        self.show_page(DRILLS)

    def open_run(self, run: int) -> None:
        """Go to a run: what it needs before START, its course, what came of it."""
        self._forget_run()
        self.choice.set_current(DRILLS)
        self.desk = RunDesk(self._station, run, conducts=self.top.may_conduct, parent=self)
        self.desk.shown.connect(self._on_run)

    def ask_incident(self) -> None:
        """Ask which plan is opened, because it is happening."""
        due = self.home.shown.due if self.home.shown else ()
        dialog = IncidentDialog(self, self._station, due)
        dialog.opened.connect(self.open_run)
        dialog.open()

    def _forget_run(self) -> None:
        for page in (self.prepare, self.conductor, self.role, self.after):
            if page is not None:
                self.pages.removeWidget(page)
                page.deleteLater()
        if self.desk is not None:
            self.desk.stop()
            self.desk.deleteLater()
        self.desk = self.prepare = self.conductor = self.role = self.after = None

    def _on_run(self) -> None:
        detail = self.desk.detail if self.desk else None
        if detail is not None and detail.line.state == "cancelled":
            self.go_home()
            return
        if self.choice.current() == DRILLS:
            self._show_run_page()
        self._show_bar()

    def _show_run_page(self) -> None:
        desk = self.desk
        detail = desk.detail if desk else None
        if desk is None or detail is None:
            self.pages.setCurrentWidget(self.home)
        elif detail.course is None:
            self.pages.setCurrentWidget(self._prepare_page(desk))
        elif detail.line.state in AFTER:
            self.pages.setCurrentWidget(self._after_page(desk))
        elif self.view.current() == ROLE:
            self.pages.setCurrentWidget(self._role_page(desk))
        else:
            self.pages.setCurrentWidget(self._conductor_page(desk))

    def _prepare_page(self, desk: RunDesk) -> PreparePage:
        if self.prepare is None:
            self.prepare = PreparePage(self._station, desk)
            self.prepare.cancelled.connect(self.go_home)
            self.prepare.said.connect(self.toaster.show_toast)
            self.pages.addWidget(self.prepare)
        return self.prepare

    def _conductor_page(self, desk: RunDesk) -> ConductorPage:
        if self.conductor is None:
            self.conductor = ConductorPage(self._station, desk)
            self.conductor.said.connect(self.toaster.show_toast)
            self.conductor.undoable.connect(partial(self._offer_undo, desk))
            self.pages.addWidget(self.conductor)
        return self.conductor

    def _role_page(self, desk: RunDesk) -> RolePage:
        if self.role is None:
            self.role = RolePage(self._station, desk)
            self.role.said.connect(self.toaster.show_toast)
            self.role.undoable.connect(partial(self._offer_undo, desk))
            self.pages.addWidget(self.role)
        return self.role

    def _after_page(self, desk: RunDesk) -> AfterPage:
        if self.after is None:
            self.after = AfterPage(self._station, desk)
            self.after.said.connect(self.toaster.show_toast)
            self.pages.addWidget(self.after)
        return self.after

    def _conduct(self, deed: Callable[[ConductorPage], None], *_pressed: object) -> None:
        """The page of the whole run stands behind every button of the bar, shown or not."""
        if self.desk is not None and self.desk.is_on():
            deed(self._conductor_page(self.desk))

    def _offer_undo(self, desk: RunDesk, words: str, mark: int) -> None:
        def undone(_none: object) -> None:
            self.toaster.show_toast(self.tr("已撤回"))

        def undo() -> None:
            if self.desk is desk:
                desk.send(UndoMark(mark), undone)

        self.toaster.show_toast(words, undo=undo)

    def _show_bar(self) -> None:
        desk = self.desk if self.choice.current() == DRILLS else None
        detail = desk.detail if desk else None
        on = desk is not None and desk.is_on()
        self.top.show_run(detail, on=on)
        self.band.show_run(detail, on=on)

    def ask_report(self) -> None:
        """Fetch the report with its photos, and offer it on paper."""
        desk, station = self.desk, self._station
        if desk is None:
            return

        def show(found: Filed) -> None:
            ReportDialog(self, station, found).open()

        station.do(desk, partial(filed, run=desk.run_id, actor=station.actor), show)

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.setWindowTitle(self.tr("应急演练"))
        self.top.retranslate()
        self._show_bar()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
