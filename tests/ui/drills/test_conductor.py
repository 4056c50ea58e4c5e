"""The conductor's screen: the clock, injects by time, marks, the stop word, the head count."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from branch.drills.commands.incidents import OpenIncident
from branch.drills.commands.marking import MarkStep
from branch.drills.commands.running import ReleaseInject, StartMuster
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.queries.freezing import frozen
from tests.drills.desk import LOBBY_MANAGER, OFFICER, Desk
from tests.ui.drills.conftest import OpenDrills
from ui.drills.conductor import ConductorPage
from ui.drills.run_desk import RunDesk
from ui.drills.run_dialogs import EndRunDialog, MarkDialog, ObserveDialog, StopWordDialog
from ui.drills.step_lines import LINE, StepLine
from ui.shell.station import Station
from ui.widgets.dialog import ConfirmDialog

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


@pytest.fixture
def conducted(qtbot: QtBot, station_for: Callable[[str, str], Station], desk: Desk) -> Run:
    """A fire drill that has just begun."""
    run = desk.started("FIRE-01", place="湖滨公园东门")
    return Run(qtbot, station_for("drills", LOBBY_MANAGER), desk, run)


def test_the_clock_shows_run_time(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(42)
    assert conducted.page.clock.clock.text() == "00:42"
    conducted.at(222)
    assert conducted.page.clock.clock.text() == "03:42"
    assert conducted.page.clock.clock.accessibleName() == "已用时 03:42"


def test_a_changed_time_of_day_leaves_the_clock_right(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(60)
    clock = conducted.desk.clock
    clock.set(clock.now_ms() + 3_600_000)
    conducted.steady += 1_000
    conducted.run.tick()
    assert conducted.page.clock.clock.text() == "01:01"
    station = conducted.station.name

    def corrected() -> int:
        course = conducted.desk.detail(conducted.id).course
        assert course is not None
        return course.corrected.get(station, 0)

    qtbot.waitUntil(lambda: corrected() == 3_599_000)


def test_a_pause_stops_the_big_clock(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(30)
    conducted.page.pause_or_resume()
    qtbot.waitUntil(lambda: conducted.desk.detail(conducted.id).line.state == "paused")
    qtbot.waitUntil(lambda: conducted.page.clock.chip.chip().text == "暂停")
    conducted.at(90)
    assert conducted.page.clock.clock.text() == "00:30"
    conducted.page.pause_or_resume()
    qtbot.waitUntil(lambda: conducted.desk.detail(conducted.id).line.state == "running")
    qtbot.waitUntil(lambda: conducted.page.clock.chip.chip().text == "进行中")
    conducted.at(100)
    assert conducted.page.clock.clock.text() == "00:40"


def test_injects_come_at_their_time_and_by_hand(qtbot: QtBot, conducted: Run) -> None:
    injects = conducted.page.injects
    assert injects.count.text() == "已发 1 / 4"
    second = conducted.desk.detail(conducted.id).scenario.injects[1]
    conducted.at(second.planned_at_s + 1)
    qtbot.waitUntil(lambda: injects.count.text() == "已发 2 / 4")
    qtbot.mouseClick(injects.releases[3], LEFT)
    qtbot.waitUntil(lambda: injects.count.text() == "已发 3 / 4")
    qtbot.mouseClick(injects.skips[4], LEFT)
    states = {1: "released", 2: "released", 3: "released", 4: "skipped"}
    qtbot.waitUntil(
        lambda: (
            {one.inject.no: one.state for one in conducted.desk.detail(conducted.id).injects}
            == states
        )
    )


def test_another_conductor_who_was_quicker_is_no_complaint(qtbot: QtBot, conducted: Run) -> None:
    second = conducted.desk.detail(conducted.id).scenario.injects[1]
    conducted.desk.run(
        ReleaseInject(conducted.id, 2, second.planned_at_s * 1_000), station="drills-2"
    )
    conducted.at(second.planned_at_s + 1)
    qtbot.waitUntil(lambda: conducted.page.injects.count.text() == "已发 2 / 4")
    assert conducted.complaints == []


def test_one_press_marks_a_step_done_in_time(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(8)
    with qtbot.waitSignal(conducted.page.undoable) as told:
        conducted.press(qtbot, 1)
    assert told.args[0] == "已记下第 1 步"
    qtbot.waitUntil(lambda: conducted.line(1).state == "done")
    assert conducted.line(1).taken_s == 8


def test_a_late_step_says_by_how_much(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(21)
    conducted.press(qtbot, 1)
    qtbot.waitUntil(lambda: conducted.line(1).state == "late")
    assert conducted.line(1).late_s == 11


def test_the_keys_mark_the_step_at_hand(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(5)
    steps = conducted.page.steps
    for row in range(steps.steps.rowCount()):
        line = steps.steps.index(row).data(LINE)
        if isinstance(line, StepLine) and line.no == 3:
            steps.setCurrentIndex(steps.steps.index(row))
    steps.setFocus()
    qtbot.keyClick(steps, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: conducted.line(3).state == "wrong")
    qtbot.keyClick(steps, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: conducted.line(3).state == "missed")
    qtbot.keyClick(steps, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: conducted.line(3).state == "not_applicable")
    qtbot.keyClick(steps, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: conducted.line(3).state == "done")


def test_the_second_station_hears_who_was_quicker(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(8)
    conducted.run.asking.under_way = True  # this station has not heard of it yet
    conducted.desk.run(MarkStep(conducted.id, 1, at_ms=6_000), OFFICER, "drills-2")
    conducted.run.asking.under_way = False
    conducted.page._mark(conducted.run.detail.steps[0], "done")  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: bool(conducted.complaints))
    name = conducted.desk.step(conducted.id, 1).mark
    assert name is not None
    assert name.by in conducted.complaints[0]
    assert "00:06" in conducted.complaints[0]
    qtbot.waitUntil(lambda: conducted.line(1).taken_s == 6)


def test_a_mark_is_put_right_with_a_note(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(8)
    conducted.press(qtbot, 1)
    qtbot.waitUntil(lambda: conducted.line(1).state == "done")
    conducted.press(qtbot, 1)
    dialog = conducted.page.findChild(MarkDialog)
    assert dialog is not None
    assert dialog.time is None
    dialog.how.set_current("wrong")
    dialog.note.setPlainText("声音太小")
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: conducted.line(1).state == "wrong")
    mark = conducted.desk.step(conducted.id, 1).mark
    assert mark is not None
    assert mark.note == "声音太小"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda ask: ask.note.setPlainText("长" * 501), "最多 500 个字，现在有 501 个"),
        (lambda ask: ask.number.set_text("三十"), "请填 0 到 1000000 之间的数"),
        (lambda ask: ask.number.set_text("-1"), "请填 0 到 1000000 之间的数"),
    ],
)
def test_what_is_wrong_in_a_mark_stands_at_its_field(
    qtbot: QtBot, conducted: Run, spoil: Callable[[MarkDialog], None], told: str
) -> None:
    conducted.page.ask_about(12)  # heads are counted
    dialog = conducted.page.findChild(MarkDialog)
    assert dialog is not None
    dialog.confirm_button.repeat_guard = False
    spoil(dialog)
    note = dialog.note.toPlainText()
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    fields = dialog._fields.values()
    qtbot.waitUntil(lambda: told in [one.error_text() for one in fields if hasattr(one, "edit")])
    assert dialog.error.sentence.text() == ""
    assert dialog.note.toPlainText() == note
    dialog.note.setPlainText("")
    dialog.number.set_text("３２")  # type: ignore[union-attr]
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: conducted.desk.step(conducted.id, 12).mark is not None)
    mark = conducted.desk.step(conducted.id, 12).mark
    assert mark is not None
    assert mark.number == 32


def test_a_note_is_kept_when_somebody_else_marked_meanwhile(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(8)
    conducted.page.ask_about(3)
    dialog = conducted.page.findChild(MarkDialog)
    assert dialog is not None
    dialog.confirm_button.repeat_guard = False
    dialog.note.setPlainText("打通了")
    conducted.desk.run(MarkStep(conducted.id, 3, at_ms=6_000), OFFICER, "drills-2")
    qtbot.waitUntil(lambda: conducted.line(3).taken_s == 6)
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: "再按一次就以这次填的为准" in dialog.error.sentence.text())
    assert "冯涛" in dialog.error.sentence.text()
    assert dialog.note.toPlainText() == "打通了"
    qtbot.mouseClick(dialog.confirm_button, LEFT)

    def note() -> str:
        mark = conducted.desk.step(conducted.id, 3).mark
        return mark.note if mark else ""

    qtbot.waitUntil(lambda: note() == "打通了")


def test_an_observation_too_long_is_told_at_its_field(qtbot: QtBot, conducted: Run) -> None:
    qtbot.mouseClick(conducted.page.observations.mend, LEFT)
    dialog = conducted.page.findChild(ObserveDialog)
    assert dialog is not None
    dialog.words.setPlainText("长" * 501)
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    place = dialog._fields["text"]
    qtbot.waitUntil(lambda: place.error_text() == "最多 500 个字，现在有 501 个")  # type: ignore[union-attr]
    assert len(dialog.words.toPlainText()) == 501
    # Esc asks before it throws that away.
    qtbot.keyClick(dialog.words, Qt.Key.Key_Escape)
    question = dialog.findChild(ConfirmDialog)
    assert question is not None
    qtbot.mouseClick(question.confirm_button, LEFT)
    qtbot.waitUntil(lambda: conducted.page.findChild(ObserveDialog) is None)


def test_a_low_window_clips_no_number(qtbot: QtBot, open_drills: OpenDrills, desk: Desk) -> None:
    run = desk.started("FIRE-01", place="湖滨公园东门")
    desk.run(StartMuster(run))
    window = open_drills(run)
    qtbot.waitUntil(lambda: window.conductor is not None)
    page = window.conductor
    assert page is not None
    qtbot.waitUntil(page.muster.bars["staff"].isVisible)
    numbers = (page.muster.figure, page.clock.clock)
    for size in ((1280, 800), (1440, 900), (1280, 800)):
        window.resize(*size)
        qtbot.waitUntil(lambda size=size: (window.width(), window.height()) == size)
        for number in numbers:
            qtbot.waitUntil(lambda it=number: it.height() >= it.sizeHint().height())


def test_the_end_of_what_is_real_is_not_called_a_drill(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = int(desk.run(OpenIncident("CON-01")))
    window = open_drills(run)
    qtbot.waitUntil(lambda: window.top.end.text() == "结束处置")
    qtbot.mouseClick(window.top.end, LEFT)
    assert window.conductor is not None
    dialog = window.conductor.findChild(EndRunDialog)
    assert dialog is not None
    assert dialog.windowTitle() == dialog.confirm_button.text() == "结束处置"
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: desk.detail(run).line.state == "ended")


def test_the_stop_word_makes_it_real_and_freezes_calling(qtbot: QtBot, conducted: Run) -> None:
    conducted.desk.run(OpenCounter(1), "100482", "counter-1")
    conducted.at(20)
    conducted.page.ask_stop_word()
    dialog = conducted.page.findChild(StopWordDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "真实情况，停止演练"
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: conducted.desk.detail(conducted.id).line.is_real)
    found = frozen(conducted.desk.store)
    assert found is not None
    assert found.reason == "real"


def test_the_head_count_is_by_name(qtbot: QtBot, conducted: Run) -> None:
    muster = conducted.page.muster
    assert muster.left.text() == "还没有开始清点"
    assert muster.place.text() == "集合点 湖滨公园东门"
    qtbot.mouseClick(muster.start, LEFT)
    qtbot.waitUntil(lambda: muster.left.text().startswith("未到"))


def test_what_was_seen_is_noted_with_its_time(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(84)
    qtbot.mouseClick(conducted.page.observations.good, LEFT)
    dialog = conducted.page.findChild(ObserveDialog)
    assert dialog is not None
    assert not dialog.confirm_button.isEnabled()
    qtbot.keyClicks(dialog.words, "Calm voice")
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: bool(conducted.desk.detail(conducted.id).observations))
    (seen,) = conducted.desk.detail(conducted.id).observations
    assert (seen.kind, seen.text, seen.at_ms) == ("strength", "Calm voice", 84_000)


def test_the_end_says_what_is_open(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(100)
    conducted.page.ask_end()
    dialog = conducted.page.findChild(EndRunDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: conducted.desk.detail(conducted.id).line.state == "ended")


def test_the_window_follows_a_run_to_its_end(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = desk.started("FIRE-01")
    window = open_drills(run)
    assert window.conductor is not None
    assert window.band.accessibleName() == "这是演练，不是真实警情 已通知监控中心和 110、119、120"
    assert window.band.button.text() == "发生真实险情"
    window.top.pause.repeat_guard = False
    qtbot.mouseClick(window.top.pause, LEFT)
    qtbot.waitUntil(lambda: window.top.pause.text() == "继续计时")
    qtbot.mouseClick(window.top.pause, LEFT)
    qtbot.waitUntil(lambda: window.top.pause.text() == "暂停计时")
    qtbot.mouseClick(window.top.end, LEFT)
    dialog = window.conductor.findChild(EndRunDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: window.after is not None)
    assert window.band.isHidden()
    assert window.top.paper.isVisible()


def test_a_signature_goes_with_the_step_that_asks_for_one(qtbot: QtBot, conducted: Run) -> None:
    sign = next(
        one.step.no
        for one in conducted.desk.detail(conducted.id).steps
        if one.step.evidence == "sign"
    )
    conducted.at(20)
    conducted.page.ask_about(sign)
    dialog = conducted.page.findChild(MarkDialog)
    assert dialog is not None
    assert dialog.pad is not None
    pad = dialog.pad
    qtbot.mousePress(pad, LEFT, pos=QPoint(20, 20))
    qtbot.mouseMove(pad, QPoint(80, 60))
    qtbot.mouseRelease(pad, LEFT, pos=QPoint(120, 30))
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: bool(conducted.desk.detail(conducted.id).photos))
    (photo,) = conducted.desk.detail(conducted.id).photos
    assert (photo.kind, photo.media, photo.step) == ("sign", "png", sign)


def test_a_photo_is_offered_where_one_is_asked_for(qtbot: QtBot, conducted: Run) -> None:
    steps = conducted.desk.detail(conducted.id).steps
    no = next(one.step.no for one in steps if one.step.evidence == "photo")
    conducted.at(20)
    conducted.page.ask_about(no)
    dialog = conducted.page.findChild(MarkDialog)
    assert dialog is not None
    assert dialog.photo is not None
    qtbot.mouseClick(dialog.photo, LEFT)
    assert dialog.findChild(QFileDialog) is not None


def test_nothing_real_comes_by_a_script(
    qtbot: QtBot, station_for: Callable[[str, str], Station], desk: Desk
) -> None:
    incident = int(desk.run(OpenIncident("MED-01"), OFFICER))
    real = Run(qtbot, station_for("drills", LOBBY_MANAGER), desk, incident)
    real.at(600)
    injects = real.page.injects
    assert injects.title.text() == "可能的变化"
    assert injects.releases[2].text() == "已发生"
    qtbot.mouseClick(injects.releases[2], LEFT)
    qtbot.waitUntil(lambda: injects.count.text() == "已发 1 / 4")
    states = [one.state for one in desk.detail(incident).injects]
    assert states == ["planned", "released", "planned", "planned"]
