"""A run on the conductor's page, as tests of it have it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.drills.desk import Desk
from ui.drills.conductor import ConductorPage
from ui.drills.run_desk import RunDesk
from ui.drills.step_lines import LINE, StepLine
from ui.shell.station import Station

LEFT = Qt.MouseButton.LeftButton


class Run:
    """A run on the conductor's page, with a steady clock that the test moves."""

    def __init__(self, qtbot: QtBot, station: Station, desk: Desk, run: int) -> None:
        self.steady, self.desk, self.id = 0, desk, run
        self.station = station
        self.complaints: list[str] = []
        station.complained.connect(self.complaints.append)
        self.run = RunDesk(station, run, conducts=True, steady=lambda: self.steady)
        qtbot.waitUntil(lambda: self.run.detail is not None)
        self.page = ConductorPage(station, self.run)
        qtbot.addWidget(self.page)
        self.page.resize(1340, 800)
        self.page.show()

    def at(self, seconds: float) -> None:
        """Let so many seconds of the run have passed, by both clocks."""
        self.desk.at(self.id, seconds)
        self.steady = round(seconds * 1_000)
        self.run.tick()

    def line(self, no: int) -> StepLine:
        lines = self.page.steps.steps.lines
        return next(one for one in lines if one.no == no)

    def press(self, qtbot: QtBot, no: int) -> None:
        steps = self.page.steps
        for row in range(steps.steps.rowCount()):
            index = steps.steps.index(row)
            line = index.data(LINE)
            if isinstance(line, StepLine) and line.no == no:
                steps.scrollTo(index)
                qtbot.mouseClick(steps.viewport(), LEFT, pos=steps.visualRect(index).center())
