"""The conductor's screen: the clock, injects by time, marks, the stop word, the head count."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.drills.commands.incidents import OpenIncident
from branch.drills.commands.running import ReleaseInject, StartMuster
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.queries.freezing import frozen
from tests.drills.desk import LOBBY_MANAGER, OFFICER, Desk
from tests.ui.drills.conducting import Run
from tests.ui.drills.conftest import OpenDrills
from ui.drills.run_dialogs import EndRunDialog, ObserveDialog, StopWordDialog
from ui.shell.station import Station
from ui.widgets.dialog import ConfirmDialog

LEFT = Qt.MouseButton.LeftButton


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


def test_where_nothing_happened_the_plan_is_stood_down(
    qtbot: QtBot, open_drills: OpenDrills, desk: Desk
) -> None:
    run = int(desk.run(OpenIncident("CON-01", "room", 7)))
    window = open_drills(run)
    qtbot.waitUntil(lambda: window.top.end.text() == "结束处置")
    qtbot.mouseClick(window.top.end, LEFT)
    assert window.conductor is not None
    dialog = window.conductor.findChild(EndRunDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.how.segment("needless"), LEFT)
    assert dialog.news.text() == "预案撤下，不用写险情报告；记录留着"
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    qtbot.waitUntil(lambda: desk.detail(run).line.state == "cancelled")
    # Back among the records, where it says so; nothing more is asked for.
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.home)
    assert [toast.accessibleName() for toast in window.toaster.toasts()] == [
        "没有发生险情，预案已撤下"
    ]
    lines = window.home.runs.lines
    qtbot.waitUntil(lambda: lines.index(lines.row_of(str(run)), 0).data() == "没有发生险情")
    assert window.top.choice.isVisible()


def test_a_drill_cannot_be_said_not_to_have_been(qtbot: QtBot, conducted: Run) -> None:
    conducted.at(20)
    conducted.page.ask_end()
    dialog = conducted.page.findChild(EndRunDialog)
    assert dialog is not None
    assert list(dialog.how._segments) == ["finished", "stopped"]


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
