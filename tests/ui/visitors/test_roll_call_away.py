"""The roll call without the store: from this machine's copy, marked here, handed in afterwards."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.kernel.errors import BadInput, TingtangError
from branch.kernel.journal import entries
from branch.kernel.settings import Settings, keep_machine_choice
from branch.visitors.away_roll import opened_roll
from branch.visitors.commands.register import SignOutVisitor
from branch.visitors.commands.rollcall import EndRollCall, MarkRoll, StartRollCall
from branch.visitors.queries.rollcall import open_roll_call, past_roll_calls
from branch.visitors.queries.roster import roster
from tests.ui.visitors.roll_room import GUARD, RollRoom
from ui.shell.roster_keeper import kept_roster, read_sealed
from ui.shell.station import Station
from ui.shell.worker import Worker
from ui.visitors.away_book import ROLL_FILE
from ui.visitors.roll_call_page import RollCallPage
from ui.visitors.roll_call_panel import RollCallPanel
from ui.visitors.roll_desk import RollDesk


@pytest.fixture
def room(
    qtbot: QtBot,
    worker: Worker,
    other: Branch,
    run: Callable[[str, str, object], Any],
    clock: SetClock,
    station_for: Callable[[str, str], Station],
) -> RollRoom:
    """Two visitors and a customer inside, and the guard at the register."""
    room = RollRoom(qtbot, worker, other, run, clock, station_for("register", GUARD))
    room.come("周大军")
    room.come("何平")
    room.customer("step_free")
    return room


def states(room: RollRoom) -> dict[str, str]:
    return {mark.label: mark.state for mark in room.stored().marks}


def mark(room: RollRoom, desk: RollDesk, label: str, state: str) -> None:
    desk.mark((room.mark(desk.call, label).id,), state)


def roll_file(room: RollRoom) -> Path:
    return room.station.settings.home / ROLL_FILE


def kept_states(room: RollRoom) -> dict[str, str]:
    """What the file of marks says, nothing without one."""
    sealed = read_sealed(roll_file(room))
    if not sealed:
        return {}
    roll = opened_roll(room.other.store.sealer, sealed)
    return {mark.label: mark.state for mark in roll.call.marks}


def never(error: TingtangError) -> None:
    raise AssertionError(error.code)


def test_it_is_begun_from_the_copy_and_handed_in(room: RollRoom) -> None:
    room.keep_roster()
    desk = room.desk()
    room.lose(desk)
    room.clock.advance(60)
    desk.start("drill")
    assert desk.call is not None
    assert sorted(one.label for one in desk.call.marks) == sorted(["周大军", "何平", "A001"])
    mark(room, desk, "周大军", "safe")
    mark(room, desk, "何平", "missing")
    desk.add("快递员", "正门", lambda: None, never)
    assert open_roll_call(room.other.store) is None
    room.clock.advance(300)
    room.find()
    room.until(lambda: open_roll_call(room.other.store) is not None)
    assert states(room) == {
        "周大军": "safe",
        "何平": "missing",
        "A001": "unconfirmed",
        "快递员": "safe",
    }
    assert room.stored().kind == "drill"
    room.until(lambda: room.told == ["断网期间的点名已补登"])
    room.until(lambda: desk.call is not None and desk.call.id > 0)
    room.until(lambda: not roll_file(room).exists())


def test_one_under_way_goes_on_and_the_later_mark_counts(room: RollRoom) -> None:
    room.keep_roster()
    desk = room.desk()
    number = room.manager(StartRollCall())
    room.until(lambda: desk.call is not None)
    room.lose(desk)
    mark(room, desk, "周大军", "missing")
    room.clock.advance(60)
    zhou = room.mark(room.stored(), "周大军").id
    room.manager(MarkRoll(number, (zhou,), "safe"))
    room.clock.advance(60)
    mark(room, desk, "何平", "safe")
    assert room.mark(desk.call, "周大军").state == "missing"
    room.find()
    room.until(lambda: states(room)["何平"] == "safe")
    assert states(room)["周大军"] == "safe"
    room.until(lambda: room.mark(desk.call, "周大军").state == "safe")


def test_a_mark_under_which_the_store_is_lost_is_kept(room: RollRoom) -> None:
    """Nobody is told to press again in an emergency."""
    room.keep_roster()
    desk = room.desk()
    room.manager(StartRollCall())
    room.until(lambda: desk.call is not None)
    room.lose(desk)
    room.find()
    room.until(lambda: not desk.away)
    room.break_next()
    mark(room, desk, "周大军", "safe")
    room.until(lambda: desk.away and desk.as_of is not None)
    assert room.mark(desk.call, "周大军").state == "safe"
    room.find()
    room.until(lambda: states(room)["周大军"] == "safe")


def test_undo_works_without_the_store(room: RollRoom) -> None:
    room.keep_roster()
    desk = room.desk()
    room.lose(desk)
    desk.start("test")
    mark(room, desk, "周大军", "missing")
    assert desk.can_undo
    desk.undo()
    assert room.mark(desk.call, "周大军").state == "unconfirmed"
    assert not desk.can_undo


def test_a_name_that_is_none_is_refused_here_too(room: RollRoom) -> None:
    room.keep_roster()
    desk = room.desk()
    room.lose(desk)
    desk.start("test")
    refused: list[TingtangError] = []
    desk.add("  ", "", lambda: None, refused.append)
    (error,) = refused
    assert isinstance(error, BadInput)
    assert error.field == "name"


def test_the_file_of_marks_is_sealed_and_for_this_user_only(room: RollRoom) -> None:
    room.keep_roster()
    desk = room.desk()
    room.lose(desk)
    desk.start("real")
    desk.add("孙丽华", "正门", lambda: None, never)
    kept = roll_file(room)
    room.until(kept.exists)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    text = kept.read_text(encoding="ascii")
    for secret in ("孙丽华", "周大军", "正门"):
        assert secret not in text


def test_a_program_that_ended_meanwhile_hands_it_in_at_the_next_start(
    qtbot: QtBot, room: RollRoom
) -> None:
    room.keep_roster()
    desk = room.desk()
    room.lose(desk)
    desk.start("real")
    mark(room, desk, "周大军", "safe")
    room.until(lambda: kept_states(room).get("周大军") == "safe")
    # The window is gone with its memory; only the file is left.
    desk.setParent(None)
    room.station.online.disconnect(desk._on_online)
    room.find()
    again = room.desk()
    room.until(lambda: open_roll_call(room.other.store) is not None)
    assert states(room)["周大军"] == "safe"
    room.until(lambda: again.call is not None)
    room.until(lambda: not roll_file(room).exists())


def test_one_ended_without_the_store_and_the_next_are_both_handed_in(room: RollRoom) -> None:
    room.keep_roster()
    desk = room.desk()
    room.lose(desk)
    desk.start("test")
    desk.end()
    assert desk.call is None
    desk.start("real")
    mark(room, desk, "何平", "safe")
    room.find()
    room.until(lambda: open_roll_call(room.other.store) is not None)
    assert [call.kind for call in past_roll_calls(room.other.store)] == ["test"]
    assert (room.stored().kind, states(room)["何平"]) == ("real", "safe")


def test_ended_elsewhere_meanwhile_it_is_said(room: RollRoom) -> None:
    room.keep_roster()
    desk = room.desk()
    number = room.manager(StartRollCall())
    room.until(lambda: desk.call is not None)
    said: list[str] = []
    room.station.complained.connect(said.append)
    room.lose(desk)
    mark(room, desk, "周大军", "safe")
    room.manager(EndRollCall(number, despite=True))
    room.find()
    room.until(lambda: said == ["这次点名已经结束"])
    room.until(lambda: desk.call is None)
    room.until(lambda: not roll_file(room).exists())


def test_without_a_copy_it_says_so(qtbot: QtBot, room: RollRoom) -> None:
    desk = room.desk()
    room.lose(desk, copy=False)
    desk.start("real")
    assert desk.call is None
    assert room.told == ["本机没有名册，请用打印的名册点名"]


def test_the_screen_says_how_old_the_list_is(qtbot: QtBot, room: RollRoom) -> None:
    room.clock.advance(85 * 60)
    room.keep_roster()
    desk = room.desk()
    panel, page = RollCallPanel(desk), RollCallPage(desk)
    for widget in (panel, page):
        qtbot.addWidget(widget)
        widget.resize(1304, 700)
        widget.show()
    room.lose(desk)
    room.clock.advance(60)
    desk.start("real")
    assert panel.away_chip.text() == page.away_chip.text() == "离线，名册截至 10:25"
    assert page.away_chip.isVisible()
    place = page.list.press_place(room.mark(desk.call, "周大军").id, "safe").toPoint()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert room.mark(desk.call, "周大军").state == "safe"
    assert panel.bars.bars["visitor"].count.text() == "1 / 2"
    assert not panel.phone_button.isVisible()
    room.find()
    room.until(lambda: not page.away_chip.isVisible())


def test_the_list_is_printed_and_the_print_recorded_later(
    room: RollRoom, settings: Settings, tmp_path: Path
) -> None:
    keep_machine_choice(settings, "printer", f"folder:{tmp_path / 'paper'}")
    room.keep_roster()
    desk = room.desk()
    room.lose(desk)
    desk.print_roster()
    room.until(lambda: room.told == ["名册已送去打印"])
    assert len(list((tmp_path / "paper").iterdir())) == 1
    room.find()
    room.until(lambda: list(entries(room.other.store))[-1].what == "roster.printed")


def test_who_left_meanwhile_is_counted(room: RollRoom) -> None:
    room.keep_roster()
    desk = room.desk()
    room.lose(desk)
    desk.start("real")
    kept = kept_ids(room)
    room.manager(SignOutVisitor(kept["周大军"], True))
    room.come("吴一")
    room.find()
    room.until(lambda: room.told == ["断网期间的点名已补登，1 人新到，1 人已离开"])


def kept_ids(room: RollRoom) -> dict[str, int]:
    people = roster(room.other.store, room.clock.now_ms()).people
    return {one.label: one.ref for one in people}


def test_no_copy_is_read_without_the_key(room: RollRoom) -> None:
    """The copy is of use with the branch's key only."""
    room.keep_roster()
    with pytest.raises(TingtangError) as locked:
        kept_roster(room.station.settings)
    assert locked.value.code == "store_key_missing"
