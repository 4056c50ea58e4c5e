"""What staff read and do on the sign-in page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.kernel.clock import SetClock
from branch.kernel.errors import StoreUnavailable
from branch.kernel.settings import Settings, keep_machine_choice, machine_choice
from branch.lobby.commands.counters import CloseCounter, OpenCounter
from branch.people.queries import seats
from tests.ui.signin.conftest import WRONG, Page, press, sign_in, tiles, type_pin
from ui.shell.language import language
from ui.shell.station import Person
from ui.shell.worker import Worker
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import Label

Run = Callable[[str, str, object], Any]


def test_what_the_page_offers(page: Page) -> None:
    window = page()
    assert window.windowTitle() == "登录厅堂"
    assert window.form.greeting() == "早上好"
    assert window.form.line.text() == "连续输错 10 次将锁定账户"
    assert window.where.whole_text() == "数据保存在这台电脑上"
    assert tiles(window) == [
        *(f"counter-{n}" for n in range(1, 9)), "lobby", "kiosk-1", "board-1", "register",
        "complaints", "room", "drills", "dashboard", "admin",
    ]  # fmt: skip
    names = [window.grid.tile(key).accessibleName() for key in tiles(window)]
    assert names[:3] == ["1 号柜台，现金、转账、社保", "2 号柜台，现金、转账、社保",
                         "3 号柜台，现金、账户、转账等"]  # fmt: skip
    assert names[7:] == [
        "8 号柜台，理财室",
        "大堂，大堂经理",
        "取号机，客户自己取号",
        "叫号屏，大厅里的显示屏",
        "来访登记，门岗、访客和点名",
        "投诉处理，受理、期限和答复",
        "接待室，当面接待投诉客户",
        "演练巡检，应急演练和日常巡检",
        "经营，等候、承诺和公平",
        "设置，网点、员工和柜台",
    ]


@pytest.mark.parametrize(
    ("hours", "zh", "en"),
    [
        (0, "早上好", "Good morning"),
        (2, "中午好", "Good day"),
        (5, "下午好", "Good afternoon"),
        (10, "晚上好", "Good evening"),
        (19, "晚上好", "Good evening"),
    ],
)
def test_the_greeting_follows_the_hour(
    page: Page, clock: SetClock, hours: int, zh: str, en: str
) -> None:
    clock.advance(hours * 3600)
    window = page()
    assert window.form.greeting() == zh
    window.languages.segment("en").click()
    assert language().code == "en"
    window.retranslate()
    assert window.form.greeting() == en


def test_a_good_sign_in(
    page: Page, pins: dict[str, str], qtbot: QtBot, settings: Settings, other: Branch
) -> None:
    window = page()
    press(window.grid.tile("counter-1"))
    with qtbot.waitSignal(window.signed_in, timeout=3000) as signed:
        sign_in(window, "100482", pins["100482"])
    person, place = signed.args
    assert isinstance(person, Person)
    assert (person.staff_no, person.name, person.roles) == ("100482", "王敏", {"teller"})
    assert place == "counter-1"
    assert machine_choice(settings, "last_place") == "counter-1"
    assert [(seat.station, seat.name) for seat in seats(other.store)] == [("counter-1", "王敏")]
    assert window.form.pin.pin() == ""


def test_the_last_place_is_chosen_again(page: Page, settings: Settings) -> None:
    keep_machine_choice(settings, "last_place", "counter-4")
    window = page()
    assert window.grid.choice() == "counter-4"
    assert window._last_label.whole_text() == "上次 4 号柜台"


def test_a_wrong_pin_keeps_the_number_and_says_how_many_tries_are_left(
    page: Page, qtbot: QtBot
) -> None:
    window = page()
    press(window.grid.tile("counter-1"))
    sign_in(window, "100482", WRONG)
    qtbot.waitUntil(lambda: window.form.line.text() == "员工号或密码不对，还可以试 9 次")
    assert window.form.number.text().replace(" ", "") == "100482"
    assert window.form.pin.pin() == ""
    assert window.form.button.isEnabled()
    type_pin(window.form.pin, "1")
    assert window.form.line.text() == "连续输错 10 次将锁定账户"


def test_an_unknown_number_reads_like_a_wrong_pin(page: Page, qtbot: QtBot) -> None:
    window = page()
    press(window.grid.tile("counter-1"))
    sign_in(window, "999999", WRONG)
    qtbot.waitUntil(lambda: window.form.line.text() == "员工号或密码不对，请再输入一次")


def test_the_delay_is_counted_down(page: Page, clock: SetClock, qtbot: QtBot) -> None:
    window = page()
    line = window.form.line
    press(window.grid.tile("counter-1"))
    for left in (9, 8):
        sign_in(window, "100482", WRONG)
        qtbot.waitUntil(lambda left=left: f"还可以试 {left} 次" in line.text())
    sign_in(window, "100482", WRONG)
    qtbot.waitUntil(lambda: line.text() == "员工号或密码不对，还可以试 7 次，请等 5 秒 再试")
    assert not window.form.button.isEnabled()
    clock.advance(3)
    qtbot.waitUntil(lambda: "请等 2 秒" in line.text(), timeout=3000)
    clock.advance(2)
    qtbot.waitUntil(lambda: line.text() == "员工号或密码不对，还可以试 7 次", timeout=3000)
    assert window.form.button.isEnabled()


def test_another_number_need_not_wait(page: Page, pins: dict[str, str], qtbot: QtBot) -> None:
    window = page()
    press(window.grid.tile("counter-2"))
    for _ in range(3):
        sign_in(window, "100482", WRONG)
        qtbot.waitUntil(lambda: not window.form._busy)
    assert window.form.line.waiting()
    with qtbot.waitSignal(window.signed_in, timeout=3000):
        sign_in(window, "100483", pins["100483"])


def test_ten_wrong_pins_lock(
    page: Page, pins: dict[str, str], clock: SetClock, qtbot: QtBot
) -> None:
    window = page()
    press(window.grid.tile("counter-1"))
    locked = "密码连续输错十次，账户已锁定，请网点负责人或管理员重置密码"
    for number in range(10):
        sign_in(window, "100482", WRONG)
        text = locked if number == 9 else f"还可以试 {9 - number} 次"
        qtbot.waitUntil(lambda text=text: text in window.form.line.text())
        clock.advance(700)
        qtbot.waitUntil(lambda: not window.form.line.waiting())
        window.form.line.tick()
    sign_in(window, "100482", pins["100482"])
    qtbot.waitUntil(lambda: window.form.line.text() == locked)
    language().choose("en")
    qtbot.waitUntil(lambda: window.form.line.text().startswith("Ten wrong PINs in a row"))


def test_what_is_missing_is_said(page: Page, pins: dict[str, str]) -> None:
    window = page()
    press(window.form.button)
    assert window.form.number.error_text() == "请输入员工号"
    QTest.keyClicks(window.form.number.edit, "100482")
    assert window.form.number.error_text() == ""
    type_pin(window.form.pin, "471")
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert window.form.line.text() == "请输入六位数字密码"
    window.form.pin.clear()
    type_pin(window.form.pin, pins["100482"])
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert window.place_words() == "请先选择工作位置"
    press(window.grid.tile("counter-5"))
    assert window.place_words() == "选择工作位置"


def test_a_taken_counter_shows_who_is_there_and_cannot_be_chosen(
    page: Page, run: Run, qtbot: QtBot
) -> None:
    run("100484", "counter-3", OpenCounter(3))
    window = page()
    tile = window.grid.tile("counter-3")
    assert tile.accessibleName() == "3 号柜台，现金，张伟在用"
    assert not tile.isEnabled()
    press(tile)
    assert window.grid.choice() == ""
    run("100484", "counter-3", CloseCounter(3))
    qtbot.waitUntil(tile.isEnabled, timeout=3000)
    press(tile)
    assert window.grid.choice() == "counter-3"


def test_a_colleague_takes_the_chosen_counter(page: Page, run: Run, qtbot: QtBot) -> None:
    window = page()
    press(window.grid.tile("counter-3"))
    run("100484", "counter-3", OpenCounter(3))
    qtbot.waitUntil(lambda: window.grid.choice() == "", timeout=3000)


def test_whoever_is_at_a_counter_can_come_back_to_it(
    page: Page, run: Run, pins: dict[str, str], qtbot: QtBot
) -> None:
    """After a crash the counter is still open in his name."""
    run("100484", "counter-3", OpenCounter(3))
    window = page()
    QTest.keyClicks(window.form.number.edit, "100 484")
    tile = window.grid.tile("counter-3")
    assert tile.isEnabled()
    press(tile)
    with qtbot.waitSignal(window.signed_in, timeout=3000):
        sign_in(window, "100484", pins["100484"])


def test_at_a_shared_desk_its_place_is_chosen(page: Page, run: Run) -> None:
    run("100484", "counter-3", OpenCounter(3))
    window = page()
    window.choose_place("counter-3")
    assert window.grid.choice() == "counter-3"


@pytest.mark.parametrize(
    ("number", "place", "words"),
    [
        ("100482", "lobby", "您的岗位不能在“大堂”工作，请另选"),
        ("100482", "admin", "您的岗位不能在“设置”工作，请另选"),
        ("100482", "dashboard", "您的岗位不能在“经营”工作，请另选"),
        ("100001", "dashboard", "您的岗位不能在“经营”工作，请另选"),
        ("100482", "kiosk-1", "您的岗位不能在“取号机”工作，请另选"),
        ("100301", "counter-1", "您的岗位不能在“1 号柜台”工作，请另选"),
        ("100401", "lobby", "您的岗位不能在“大堂”工作，请另选"),
        ("100001", "counter-1", "您的岗位不能在“1 号柜台”工作，请另选"),
    ],
)
def test_a_role_does_not_open_every_place(
    page: Page,
    pins: dict[str, str],
    qtbot: QtBot,
    other: Branch,
    number: str,
    place: str,
    words: str,
) -> None:
    window = page()
    press(window.grid.tile(place))
    sign_in(window, number, pins[number])
    qtbot.waitUntil(lambda: window.place_words() == words)
    assert seats(other.store) == ()
    assert window.form.pin.pin() == pins[number]
    press(window.grid.tile("counter-2"))
    assert window.place_words() == "选择工作位置"


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("100301", "lobby"),
        ("100101", "lobby"),
        ("100301", "kiosk-1"),
        ("100001", "board-1"),
        ("100001", "admin"),
        ("100302", "counter-8"),
        ("100101", "dashboard"),
        ("100201", "dashboard"),
        ("100301", "dashboard"),
        ("100402", "dashboard"),
        ("100401", "register"),
        ("100482", "register"),
    ],
)
def test_roles_and_their_places(
    page: Page, pins: dict[str, str], qtbot: QtBot, number: str, place: str
) -> None:
    window = page()
    press(window.grid.tile(place))
    with qtbot.waitSignal(window.signed_in, timeout=3000) as signed:
        sign_in(window, number, pins[number])
    assert signed.args[1] == place


def test_a_wrong_pin_is_told_before_a_wrong_place(page: Page, qtbot: QtBot) -> None:
    window = page()
    press(window.grid.tile("lobby"))
    sign_in(window, "100482", WRONG)
    qtbot.waitUntil(lambda: "还可以试 9 次" in window.form.line.text())
    assert window.place_words() == "选择工作位置"


def test_forgotten_pin(page: Page, qtbot: QtBot) -> None:
    window = page()
    press(window.form.forgotten)
    dialog = window.findChild(PanelDialog)
    assert dialog is not None
    words = [label.text() for label in dialog.findChildren(Label)]
    assert words[0] == "忘记密码"
    assert "系统管理员或网点负责人" in words[1]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_store_lost_and_back(page: Page, worker: Worker, qtbot: QtBot) -> None:
    window = page()
    QTest.keyClicks(window.form.number.edit, "100482")
    worker.store_failed.emit(StoreUnavailable("store_unreachable"), 1)
    assert window.banner.isVisible()
    assert window.banner.sentence.text() == "暂时连不上数据库，已填内容保留"
    assert not window.where.isVisible()
    with qtbot.waitSignal(window.banner.pressed):
        press(window.banner.button)
    worker.store_back.emit()
    assert not window.banner.isVisible()
    assert window.where.isVisible()
    assert window.form.number.text() == "100 482"


def test_a_store_that_fails_during_the_try(
    page: Page, pins: dict[str, str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = page()
    press(window.grid.tile("counter-1"))

    def full(*_anything: object) -> None:
        raise StoreUnavailable("store_full")

    monkeypatch.setattr("ui.signin.window.sign_in_at", full)
    sign_in(window, "100482", pins["100482"])
    qtbot.waitUntil(lambda: window.form.line.text().startswith("磁盘已满，这一步没有保存"))
    assert window.form.pin.pin() == pins["100482"]
    assert window.form.button.isEnabled()


def test_on_a_server_the_page_names_it(
    page: Page, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "postgresql://anna:secret@10.1.2.3/tingtang"
    monkeypatch.setattr(Settings, "on_server", True)
    monkeypatch.setattr(Settings, "shown_database", "postgresql://10.1.2.3/tingtang")
    window = page()
    assert window.where.whole_text() == "已连接服务器 10.1.2.3/tingtang"
    assert "secret" not in window.where.whole_text(), url


def test_a_folder_that_cannot_be_written_keeps_nobody_out(
    page: Page, pins: dict[str, str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_anything: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("ui.signin.window.keep_machine_choice", refused)
    window = page()
    press(window.grid.tile("counter-1"))
    with qtbot.waitSignal(window.signed_in, timeout=3000):
        sign_in(window, "100482", pins["100482"])


def test_tab_reaches_everything(page: Page) -> None:
    window = page()
    window.form.number.edit.setFocus()
    reached = set()
    for _ in range(30):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        focus = window.focusWidget()
        assert focus is not None
        reached.add(focus.accessibleName() or focus.property("text"))
    for name in ("六位密码", "登录", "忘记密码", "员工号"):
        assert name in reached
    assert any("号柜台" in str(name) or "大堂" in str(name) for name in reached)
