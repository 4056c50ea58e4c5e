"""The counter's window: opening, calling, steps, documents, help, trouble, language, the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from branch.complaints.queries.desk import running_cases
from branch.lobby.commands.calling import CallNext
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.rules import State
from tests.ui.counter.conftest import CTRL, Beside, Key, Teller
from ui.shell.language import language
from ui.widgets.choice import CheckRow
from ui.widgets.dialog import ReasonDialog
from ui.widgets.intake.dialog import DONE, RegisterDialog

Sit = Callable[..., Teller]


@pytest.fixture
def teller(sit: Sit, beside: Beside) -> Teller:
    """At counter 1, open, two customers in line."""
    beside.at(1, OpenCounter(1))
    beside.issue()
    beside.issue("P01")
    return sit()


def rows(teller: Teller) -> list[CheckRow]:
    return [row for row in teller.window.documents.findChildren(CheckRow) if row.isVisible()]


def test_a_closed_counter_is_opened(sit: Sit, beside: Beside) -> None:
    teller = sit()
    teller.reads("本柜台还没有开始服务")
    teller.key(Key.Key_F2)
    assert teller.told() == ["请先开始服务"]
    assert teller.window.serving.start.text() == "开始服务"
    teller.click(teller.window.serving.start)
    teller.reads("柜台空闲")
    teller.reads("新客户取号后会出现在右边")
    assert beside.desk().counter.state == "open"
    assert beside.desk().counter.staff_name == "王敏"
    assert teller.window.chip.text() == "空闲"


def test_f2_calls_and_then_finishes_and_calls(teller: Teller, beside: Beside) -> None:
    assert teller.window.keys.next.text() == "叫下一位"
    teller.reads("有 2 位客户在等，按 F2 叫下一位")
    teller.key(Key.Key_F2)
    teller.sees("A001")
    assert teller.window.serving.service.text() == "个人取款"
    assert teller.window.keys.next.text() == "办结，叫下一位"
    assert teller.window.chip.text() == "服务中"
    teller.key(Key.Key_F2)
    teller.sees("A002")
    assert beside.ticket(1).state == State.FINISHED
    assert beside.ticket(2).state == State.CALLED


def test_a_trembling_f2_calls_one_customer(teller: Teller, beside: Beside, qtbot: QtBot) -> None:
    teller.key(Key.Key_F2)
    QTest.keyClick(teller.window, Key.Key_F2)
    teller.sees("A001")
    QTest.keyClick(teller.window, Key.Key_F2)
    teller.key(Key.Key_F9)
    teller.until_told("已请大堂经理过来")
    assert beside.ticket(1).state == State.CALLED
    assert beside.ticket(2).state == State.WAITING


def test_space_goes_through_the_steps(teller: Teller) -> None:
    steps = teller.window.steps
    teller.key(Key.Key_Space)
    assert teller.told() == ["现在没有客户在柜台"]
    assert steps.say.text() == ""
    teller.key(Key.Key_F2)
    teller.sees("A001")
    sentences = [steps.say.text()]
    for _ in range(4):
        teller.key(Key.Key_Space)
        sentences.append(steps.say.text())
    assert sentences == [
        "“您好，请坐。”",
        "“请问您今天办什么业务？”",
        "“请您稍等，大约需要 5 分钟。”",
        "“请您核对一下，没有问题请在这里签字。”",
        "“请带好您的物品，谢谢，再见。”",
    ]
    assert not steps.next_button.isVisible()
    teller.key(Key.Key_Space)
    teller.until_told("五步都走完了，办结按 F5")


def test_the_step_can_be_clicked(teller: Teller) -> None:
    teller.key(Key.Key_F2)
    teller.sees("A001")
    teller.click(teller.window.steps.next_button)
    assert teller.window.steps.say.text() == "“请问您今天办什么业务？”"


def test_digits_tick_documents(teller: Teller) -> None:
    assert not teller.window.documents.isVisible()
    teller.key(Key.Key_F2)
    teller.sees("A001")
    teller.until(lambda: len(rows(teller)) == 3)
    assert [row.text() for row in rows(teller)] == [
        "银行卡或存折",
        "身份证件（现金5万元以上或大额预约）",
        "代理人身份证件及授权（代办时）",
    ]
    count = teller.window.documents.count
    assert count.text() == "已齐 0 / 1"
    teller.key(Key.Key_1)
    assert count.text() == "已齐 1 / 1"
    assert [row.isChecked() for row in rows(teller)] == [True, False, False]
    teller.key(Key.Key_9)
    assert teller.told() == ["没有第 9 项材料"]
    teller.click(rows(teller)[1])
    assert [row.isChecked() for row in rows(teller)] == [True, True, False]
    teller.key(Key.Key_F2)
    teller.sees("A002")
    assert not any(row.isChecked() for row in rows(teller))


def test_f5_finishes_and_calls_nobody(teller: Teller, beside: Beside) -> None:
    teller.key(Key.Key_F2)
    teller.sees("A001")
    teller.key(Key.Key_F5)
    teller.reads("有 1 位客户在等，按 F2 叫下一位")
    assert beside.ticket(1).state == State.FINISHED
    assert beside.desk().counter.ticket is None
    teller.key(Key.Key_F5)
    teller.until_told("现在没有客户在柜台")
    teller.key(Key.Key_F2)
    teller.sees("A002")


def test_a_recall_waits_five_seconds(teller: Teller, beside: Beside) -> None:
    recall = teller.window.keys.recall
    teller.key(Key.Key_F2)
    teller.sees("A001")
    assert recall.text() == "重呼 5 秒"
    assert not recall.isEnabled()
    teller.later(2)
    assert recall.text() == "重呼 3 秒"
    teller.key(Key.Key_F3)
    assert teller.told() == ["刚刚叫过，3 秒后可以重呼"]
    assert beside.ticket(1).calls == 1
    teller.later(3)
    assert recall.text() == "重呼"
    assert recall.isEnabled()
    teller.key(Key.Key_F3)
    teller.until(lambda: teller.window.serving.calls.text() == "已叫 2 次")
    assert beside.ticket(1).calls == 2
    assert beside.facts("ticket.recalled")


def test_the_timer_runs_against_the_target(teller: Teller) -> None:
    serving = teller.window.serving
    teller.key(Key.Key_F2)
    teller.sees("A001")
    assert (serving.timer.text(), serving.target.text()) == ("00:00", "目标 05:00")
    teller.later(245)
    assert serving.timer.text() == "04:05"
    assert serving.late.text() == ""
    teller.later(67)
    assert serving.timer.text() == "05:12"
    assert serving.late.text() == "已超 00:12"


def test_care_is_shown_with_advice_and_no_name(sit: Sit, beside: Beside) -> None:
    beside.at(1, OpenCounter(1))
    beside.issue("P02", "elderly", care=("write_down",))
    teller = sit()
    teller.key(Key.Key_F2)
    teller.sees("A001")
    serving = teller.window.serving
    assert [chip.text() for chip in serving._chips] == ["老年", "听力"]
    assert serving.advice.text() == "请放慢语速，必要时用手写板"


def test_f8_pauses_with_a_reason_and_goes_on(teller: Teller, beside: Beside) -> None:
    teller.key(Key.Key_F8)
    dialog = teller.panel(ReasonDialog)
    assert not dialog.confirm_button.isEnabled()
    teller.click(dialog.tile("cash"))
    teller.click(dialog.confirm_button)
    teller.reads("暂停服务：换钞")
    teller.reads("已暂停 0 分钟")
    assert beside.desk().counter.reason == "cash"
    assert teller.window.chip.text() == "暂停"
    teller.key(Key.Key_F2)
    assert "请先继续服务" in teller.told()
    teller.later(180)
    teller.reads("已暂停 3 分钟")
    assert teller.window.pause.text() == "继续服务"
    teller.key(Key.Key_F8)
    teller.reads("柜台空闲")
    assert beside.desk().counter.state == "open"


def test_a_pause_lets_the_customer_be_finished(teller: Teller, beside: Beside) -> None:
    teller.key(Key.Key_F2)
    teller.sees("A001")
    teller.click(teller.window.pause)
    dialog = teller.panel(ReasonDialog)
    teller.click(dialog.tile("break"))
    teller.key(Key.Key_Return)
    teller.until(lambda: teller.window.pause.text() == "继续服务")
    assert teller.number() == "A001"
    teller.key(Key.Key_F5)
    teller.reads("暂停服务：休息")
    assert beside.ticket(1).state == State.FINISHED


def test_escape_closes_a_panel_and_changes_nothing(teller: Teller, beside: Beside) -> None:
    teller.key(Key.Key_F8)
    teller.panel(ReasonDialog)
    teller.key(Key.Key_Escape)
    teller.until(lambda: not teller.window.findChildren(ReasonDialog))
    assert beside.desk().counter.state == "open"


def test_f9_asks_the_lobby_manager_once(teller: Teller, beside: Beside) -> None:
    teller.key(Key.Key_F2)
    teller.sees("A001")
    for _ in range(2):
        teller.key(Key.Key_F9)
        teller.until_told("已请大堂经理过来")
    assert beside.rows("SELECT station, kind, ticket FROM help") == [("counter-1", "counter", 1)]


def test_what_another_station_does_appears(teller: Teller, beside: Beside) -> None:
    line = teller.window.line
    teller.until(lambda: line.count.text() == "本柜可办 2 人")
    beside.issue("P02", "elderly")
    teller.until(lambda: line.count.text() == "本柜可办 3 人")
    beside.at(2, OpenCounter(2))
    called = beside.at(2, CallNext(2))
    teller.until(lambda: line.count.text() == "本柜可办 2 人")
    assert called.number not in [ticket.number for ticket in line._line]


def test_nobody_in_line_is_said(sit: Sit, beside: Beside) -> None:
    beside.at(1, OpenCounter(1))
    teller = sit()
    assert teller.window.line.empty.isVisible()
    assert teller.window.line.empty.title.text() == "没有人等候"
    teller.key(Key.Key_F2)
    assert teller.told() == ["现在没有人等候"]


def test_a_lost_store_turns_the_keys_off_and_loses_nothing(teller: Teller, beside: Beside) -> None:
    window = teller.window
    teller.key(Key.Key_F2)
    teller.sees("A001")
    teller.key(Key.Key_1)
    teller.key(Key.Key_Space)
    station = window._station
    station.offline.emit("暂时连不上数据库，已填内容保留", 2)
    assert window.banner.isVisible()
    assert window.banner.sentence.text() == "暂时连不上数据库，已填内容保留。正在重试，第 2 次"
    buttons = [*window.keys.buttons().values(), window.pause, window.help, window.leave]
    assert not any(button.isEnabled() for button in buttons)
    serving = window.serving
    window.resize(1180, 760)
    teller.until(lambda: not serving.geometry().intersects(window.steps.geometry()))
    assert serving.height() >= serving.minimumHeight()
    assert window.keys.geometry().bottom() < window.height()
    teller.key(Key.Key_F5)
    assert teller.told() == ["暂时连不上数据库，恢复后再按"]
    assert beside.ticket(1).state == State.CALLED
    station.online.emit()
    teller.until(window.keys.finish.isEnabled)
    assert not window.banner.isVisible()
    assert (teller.number(), window.steps.strip.current()) == ("A001", 1)
    assert window.documents.count.text() == "已齐 1 / 1"


def test_english_at_run_time(teller: Teller, qtbot: QtBot) -> None:
    window = teller.window
    teller.key(Key.Key_F2)
    teller.sees("A001")
    teller.key(Key.Key_1)
    language().choose("en")
    teller.until(lambda: window.keys.next.text() == "Done, call next")
    assert window.serving.service.text() == "Cash withdrawal"
    assert window.windowTitle() == "Counter 1"
    assert window.steps.say.text() == "“Hello, please take a seat.”"
    assert window.documents.count.text() == "1 / 1 ready"
    assert rows(teller)[0].text() == "Card or passbook"
    assert window.chip.text() == "Serving"
    teller.later(1)
    assert window.strip.hold.text() == "Hold"
    language().choose("zh")
    teller.until(lambda: window.keys.next.text() == "办结，叫下一位")
    assert window.serving.service.text() == "个人取款"


def test_the_counter_of_a_colleague(sit: Sit, beside: Beside) -> None:
    beside.at(1, OpenCounter(1))
    beside.issue()
    teller = sit(1, "100483")
    teller.reads("这个柜台有同事在用")
    teller.reads("由 王敏 负责")
    assert not teller.window.serving.start.isVisible()
    assert not teller.window.keys.next.isEnabled()
    teller.key(Key.Key_F2)
    assert teller.told() == ["这个柜台由另一位同事负责"]
    assert beside.ticket(1).state == State.WAITING
    with teller.qtbot.waitSignal(teller.window._station.sign_out_wanted):
        teller.click(teller.window.leave)
    assert beside.desk().counter.state == "open"


def test_the_end_of_service(teller: Teller, beside: Beside) -> None:
    teller.key(Key.Key_F2)
    teller.sees("A001")
    gone: list[bool] = []
    teller.window._station.sign_out_wanted.connect(lambda: gone.append(True))
    teller.click(teller.window.leave)
    teller.until_told("1 号柜台还在办理 A001，请先办结")
    assert gone == []
    assert beside.desk().counter.state == "open"
    teller.key(Key.Key_F5)
    teller.reads("柜台空闲")
    # A key has no tremor, so it may follow a click at once.
    teller.window.leave.setFocus()
    teller.key(Key.Key_Return)
    teller.until(lambda: gone == [True])
    assert beside.desk().counter.state == "closed"


def test_ctrl_l_locks(teller: Teller, qtbot: QtBot) -> None:
    with qtbot.waitSignal(teller.window._station.lock_wanted):
        teller.key(Key.Key_L, CTRL)


def test_whoever_is_told_of_a_complaint_registers_it_at_the_counter(
    sit: Sit, beside: Beside
) -> None:
    beside.at(1, OpenCounter(1))
    beside.issue("P02")
    teller = sit()
    teller.reads("有 1 位客户在等，按 F2 叫下一位")
    teller.key(Key.Key_F2)
    teller.sees("A001")
    teller.key(Key.Key_F10)
    dialog = teller.panel(RegisterDialog)
    # Of whoever is served, with his ticket; he stands here.
    assert dialog.place.text().startswith("号票 A001，第 1 步")
    assert dialog.source.source.channels.code() == "on_site"
    dialog.source.person.name.set_text("陈小梅")
    dialog.next_button.click()
    dialog.matter.matter.facts.set_text("理财收益与宣传不一致。")
    dialog.next_button.click()
    dialog.read_back.said.click()
    dialog.next_button.click()
    teller.until(lambda: dialog.page() == DONE)
    # His work goes on at this counter: the case is opened at the complaint desk.
    assert not dialog.done_page.open_button.isVisible()
    dialog.accept()
    (case,) = running_cases(beside.branch.store, 0)
    teller.until_told(f"{case.number} 已登记")
    assert teller.number() == "A001"


def test_without_a_customer_somebody_else_may_complain_too(sit: Sit, beside: Beside) -> None:
    beside.at(1, OpenCounter(1))
    teller = sit()
    teller.reads("新客户取号后会出现在右边")
    assert teller.window.top.complaint.text() == "转投诉"
    teller.click(teller.window.top.complaint)
    assert teller.panel(RegisterDialog).place.text().startswith("第 1 步")
