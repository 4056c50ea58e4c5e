"""The first start: what the wizard asks, refuses and founds, and that no PIN is lost or leaked."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch, open_branch
from branch.catalogue.queries import counters, services
from branch.kernel.clock import SetClock
from branch.kernel.errors import StoreUnavailable
from branch.kernel.runner import Actor
from branch.kernel.settings import Settings
from branch.lobby.queries.screens import branch_name
from branch.people.commands import SignedIn, SignIn
from branch.people.queries import staff_members
from tests.ui.signin.conftest import press, show, type_pin
from ui.shell.language import language
from ui.shell.worker import Worker
from ui.signin.first_start import FirstStartWizard
from ui.signin.pins import write_private
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.field import FieldEdit

PIN = "471193"
RARE = "云川银行䶮㛃𬭚路支行"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A store without a branch."""
    return f"sqlite:///{tmp_path / 'new' / 'branch.db'}"


@pytest.fixture
def empty(qtbot: QtBot, url: str, clock: SetClock) -> Iterator[Worker]:
    """A worker on a store without a branch."""
    running = Worker(url, clock)
    with qtbot.waitSignal(running.opened, timeout=5000) as opened:
        running.start()
    assert opened.args == [False]
    yield running
    running.stop()


@pytest.fixture
def wizard(qtbot: QtBot, empty: Worker, url: str, tmp_path: Path) -> FirstStartWizard:
    settings = Settings(home=tmp_path, config=tmp_path / "config", database=url)
    window = FirstStartWizard(empty, settings)
    qtbot.addWidget(window, before_close_func=_let_go)
    show(qtbot, window)
    return window


def _let_go(window: FirstStartWizard) -> None:
    window.pins = None


@pytest.fixture
def founded(url: str, clock: SetClock, empty: Worker) -> Iterator[Branch]:
    """The branch as another station finds it."""
    branch = open_branch(url, clock)
    yield branch
    branch.close()


def write(field: FieldEdit, text: str) -> None:
    """Han characters as an input method brings them."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    field.edit.setFocus()
    QApplication.sendEvent(field.edit, event)


def fill_branch(wizard: FirstStartWizard, zh: str = RARE, code: str = "HB002") -> None:
    press(wizard.new)
    write(wizard.branch_page.zh, zh)
    QTest.keyClicks(wizard.branch_page.code.edit, code)
    QTest.keyClick(wizard.branch_page.code.edit, Qt.Key.Key_Return)


def fill_administrator(
    wizard: FirstStartWizard, number: str = "100001", pin: str = PIN, again: str = PIN
) -> None:
    page = wizard.administrator
    page.name.set_text("")
    page.number.set_text("")
    page.pin.clear()
    page.again.clear()
    write(page.name, "钱小䶮")
    QTest.keyClicks(page.number.edit, number)
    type_pin(page.pin, pin)
    type_pin(page.again, again)
    QTest.keyClick(wizard, Qt.Key.Key_Return)


def test_a_new_branch(wizard: FirstStartWizard, founded: Branch, qtbot: QtBot) -> None:
    assert wizard.title() == "欢迎使用厅堂"
    fill_branch(wizard)
    assert wizard.title() == "管理员"
    fill_administrator(wizard)
    assert wizard.title() == "柜台"
    for _ in range(2):
        press(wizard.counters.more)
    press(wizard.counters.fewer)
    assert wizard.next.text() == "建立网点"
    press(wizard.next)
    qtbot.waitUntil(lambda: wizard.title() == "网点已建好", timeout=5000)
    branch = branch_name(founded.store)
    assert (branch.name.zh, branch.code) == (RARE, "HB002")
    assert (branch.opens, branch.closes) == ("09:00", "17:00")
    every = {service.code for service in services(founded.store)}
    assert [c.number for c in counters(founded.store)] == [1, 2, 3, 4, 5]
    assert all(counter.services == every for counter in counters(founded.store))
    answer = founded.run(SignIn("100001", PIN), Actor(0, "admin")).value
    assert isinstance(answer, SignedIn)
    assert (answer.name, answer.roles) == ("钱小䶮", {"administrator"})
    with qtbot.waitSignal(wizard.founded):
        wizard.next.click()


def test_empty_fields_are_named_and_the_first_gets_the_keyboard(wizard: FirstStartWizard) -> None:
    press(wizard.new)
    press(wizard.next)
    page = wizard.branch_page
    assert wizard.title() == "网点"
    assert page.zh.error_text() == "请填写这一项"
    assert page.en.error_text() == ""
    assert page.code.error_text() == "编号为 3 到 12 位字母或数字"
    assert wizard.focusWidget() is page.zh.edit
    language().choose("en")
    wizard.retranslate()
    assert page.zh.error_text() == "Please fill this in"


def test_a_name_of_10000_characters_stays_and_is_explained(wizard: FirstStartWizard) -> None:
    press(wizard.new)
    page = wizard.branch_page
    page.zh.set_text("长" * 10_000)
    page.code.set_text("HB002")
    press(wizard.next)
    assert page.zh.error_text() == "最多 60 个字，现在有 10000 个"
    assert len(page.zh.text()) == 10_000
    assert wizard.title() == "网点"


@pytest.mark.parametrize(
    ("opens", "closes", "first", "second"),
    [
        ("9点", "17:00", "时间请写成 09:00", ""),
        ("09:00", "25:00", "", "时间请写成 09:00"),
        ("17:00", "09:00", "", "关门时间应晚于开门时间"),
        ("8：30", "17:30", "", ""),
    ],
)
def test_opening_hours(
    wizard: FirstStartWizard, opens: str, closes: str, first: str, second: str
) -> None:
    page = wizard.branch_page
    page.zh.set_text(RARE)
    page.code.set_text("HB002")
    page.opens.set_text(opens)
    page.closes.set_text(closes)
    fine = page.check()
    assert (page.opens.error_text(), page.closes.error_text()) == (first, second)
    assert fine == (not first and not second)
    if fine:
        assert page.hours() == ("08:30", "17:30")


@pytest.mark.parametrize("pin", ["123456", "987654", "777777"])
def test_a_pin_too_simple(wizard: FirstStartWizard, pin: str) -> None:
    fill_branch(wizard)
    fill_administrator(wizard, pin=pin, again=pin)
    page = wizard.administrator
    assert page.pin_error.sentence.text() == "密码太简单，请不要用相同或连续的数字"
    assert wizard.title() == "管理员"
    assert (page.name.text(), page.number.text()) == ("钱小䶮", "100001")
    language().choose("en")
    wizard.retranslate()
    assert page.pin_error.sentence.text().startswith("The PIN is too simple")


def test_a_pin_too_short(wizard: FirstStartWizard) -> None:
    fill_branch(wizard)
    fill_administrator(wizard, pin="12", again="12")
    assert wizard.administrator.pin_error.sentence.text() == "密码为六位数字"


def test_the_pin_repeated_wrongly(wizard: FirstStartWizard) -> None:
    fill_branch(wizard)
    fill_administrator(wizard, again="471194")
    page = wizard.administrator
    assert page.again_error.sentence.text() == "两次输入的密码不同，请再输入一次"
    assert (page.pin.pin(), page.again.pin()) == (PIN, "")
    type_pin(page.again, PIN)
    assert page.again_error.sentence.text() == ""
    QTest.keyClick(wizard, Qt.Key.Key_Return)
    assert wizard.title() == "柜台"


def test_a_number_the_branch_refuses_leads_back_to_its_field(
    wizard: FirstStartWizard, qtbot: QtBot
) -> None:
    """Only founding knows that KIOSK is the kiosk's own account."""
    fill_branch(wizard)
    fill_administrator(wizard, number="KIOSK")
    press(wizard.next)
    page = wizard.administrator
    qtbot.waitUntil(lambda: wizard.title() == "管理员", timeout=5000)
    assert page.number.error_text() == "员工号 KIOSK 已有人使用"
    assert (page.name.text(), page.pin.pin()) == ("钱小䶮", PIN)


def test_a_full_disk_loses_nothing(
    wizard: FirstStartWizard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_anything: object) -> None:
        raise StoreUnavailable("store_full")

    monkeypatch.setattr(Branch, "found", full)
    fill_branch(wizard)
    fill_administrator(wizard)
    press(wizard.next)
    said = wizard.error.sentence
    qtbot.waitUntil(lambda: said.text().startswith("磁盘已满，这一步没有保存"), timeout=5000)
    assert wizard.branch_page.zh.text() == RARE
    assert wizard.next.isEnabled()


def test_going_back_keeps_what_was_typed(wizard: FirstStartWizard) -> None:
    fill_branch(wizard)
    press(wizard.back)
    assert wizard.title() == "网点"
    assert wizard.branch_page.zh.text() == RARE
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert wizard.title() == "欢迎使用厅堂"


def test_the_number_of_counters_has_limits(wizard: FirstStartWizard) -> None:
    page = wizard.counters
    page.set_count(1)
    assert not page.fewer.isEnabled()
    page.set_count(99)
    assert page.count == 20
    assert not page.more.isEnabled()


def load_sample(wizard: FirstStartWizard, qtbot: QtBot) -> None:
    press(wizard.sample)
    qtbot.waitUntil(lambda: wizard.pins is not None, timeout=10_000)


def test_the_sample_branch_shows_its_pins_once(
    wizard: FirstStartWizard, founded: Branch, qtbot: QtBot
) -> None:
    load_sample(wizard, qtbot)
    assert wizard.title() == "网点已建好"
    assert wizard.pins is not None
    table = wizard.pins.table
    rows = [
        tuple(table.item(row, column).text() for column in range(4))
        for row in range(table.rowCount())
    ]
    assert len(rows) == 17
    number, name, role, pin = rows[0]
    assert (number, name, role) == ("100482", "王敏", "柜员")
    answer = founded.run(SignIn(number, pin), Actor(0, "counter-1")).value
    assert isinstance(answer, SignedIn)
    people = [m for m in staff_members(founded.store) if not m.is_station]
    assert {m.staff_no for m in people} == {row[0] for row in rows}
    with qtbot.waitSignal(wizard.founded):
        press(wizard.pins.done)
    assert wizard.pins is None


def test_the_pins_go_to_a_file_only_its_owner_can_read(
    wizard: FirstStartWizard, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_sample(wizard, qtbot)
    assert wizard.pins is not None
    target = tmp_path / "pins.txt"
    target.write_text("old")
    target.chmod(0o644)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    press(wizard.pins.save)
    assert wizard.pins.state.text() == "已保存到 pins.txt，只有您的账户能打开"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    pin = wizard.pins.table.item(0, 3).text()
    assert f"100482\t王敏\t柜员\t{pin}" in target.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_said(
    wizard: FirstStartWizard, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_sample(wizard, qtbot)
    assert wizard.pins is not None
    nowhere = tmp_path / "missing" / "pins.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(nowhere), ""))
    press(wizard.pins.save)
    assert wizard.pins.state.text().startswith("没有保存，请换一个文件夹再试")


def test_a_new_file_is_private_from_its_first_moment(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_private(tmp_path / "new.txt", "text")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o600


def test_closing_before_the_pins_are_noted_asks_first(
    wizard: FirstStartWizard, qtbot: QtBot
) -> None:
    load_sample(wizard, qtbot)
    assert not wizard.close()
    question = wizard.findChild(ConfirmDialog)
    assert question is not None
    assert question.windowTitle() == "还没有记下密码"
    press(question.cancel_button)
    assert wizard.isVisible()
    assert not wizard.close()
    second = [d for d in wizard.findChildren(ConfirmDialog) if d.isVisible()][-1]
    press(second.confirm_button)
    qtbot.waitUntil(lambda: not wizard.isVisible())


def test_in_english(wizard: FirstStartWizard, qtbot: QtBot) -> None:
    press(wizard.languages.segment("en"))
    qtbot.waitUntil(lambda: wizard.title() == "Welcome to Tingtang")
    assert wizard.sample.content().title == "Sample branch"
    load_sample(wizard, qtbot)
    assert wizard.pins is not None
    heads = [wizard.pins.table.horizontalHeaderItem(n).text() for n in range(4)]
    assert heads == ["Staff number", "Name", "Role", "PIN"]
    assert wizard.pins.done.text() == "I have noted them"


def test_a_store_lost_and_back_loses_nothing(
    wizard: FirstStartWizard, empty: Worker, qtbot: QtBot
) -> None:
    fill_branch(wizard)
    empty.store_failed.emit(StoreUnavailable("store_unreachable"), 1)
    assert wizard.banner.sentence.text() == "暂时连不上数据库，已填内容保留"
    with qtbot.waitSignal(wizard.banner.pressed):
        press(wizard.banner.button)
    empty.store_back.emit()
    assert not wizard.banner.isVisible()
    assert wizard.branch_page.zh.text() == RARE
