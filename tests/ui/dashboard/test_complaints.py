"""The page 投诉: what stands there, who may see it, its papers, and the register as a file."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.catalogue.commands import ChangeSetting
from branch.complaints.commands.acceptance import Accept, Refer
from branch.complaints.commands.handling import SolveOnTheSpot
from branch.complaints.commands.registration import Register, SetSubjects
from branch.complaints.description import Matter
from branch.kernel.clock import SetClock
from branch.kernel.journal import entries
from branch.kernel.phrases import phrases
from branch.kernel.runner import Actor
from branch.people.queries import account_id
from branch.quality.commands import AddAction
from branch.quality.queries import open_actions
from tests.complaints.desk import ADVISER, AUDITOR, HEAD, OFFICER, SUPERIOR, WHAT, WHO
from tests.ui.dashboard.conftest import Days, Run
from ui.dashboard.complaint_periods import PERIODS, before, days_of
from ui.dashboard.complaints import ComplaintsPage
from ui.dashboard.proposal_dialog import ProposalDialog
from ui.dashboard.window import DashboardWindow
from ui.shell.language import language

Show = Callable[..., DashboardWindow]


def register(run: Run, clock: SetClock, **other: Any) -> int:
    values = {name: getattr(WHAT, name) for name in ("title", "facts", "claims", "biz_channel")}
    values |= {"biz_class": "credit_card", "reason": "pricing", **other}
    command = Register("phone", clock.now_ms(), WHO, Matter(**values))
    return int(run("100301", "lobby", command).id)


def page_of(window: DashboardWindow, qtbot: QtBot) -> ComplaintsPage:
    page = window.show_page("complaints")
    assert isinstance(page, ComplaintsPage)
    qtbot.waitUntil(lambda: page.shown is not None and not page.asking.under_way, timeout=5000)
    return page


def some(days: Days) -> list[int]:
    """Four received in November, one settled on the spot, one referred; one of the four late."""
    run, clock = days.run, days.clock
    first = register(run, clock)
    run(OFFICER, "complaints", Accept(first, "verified"))
    run(HEAD, "complaints", SolveOnTheSpot(first, "已更正", True, "people"))
    second = register(run, clock, biz_class="loan", reason="service")
    run(HEAD, "complaints", Refer(second, "other_bank", "请联系发卡行"))
    return [first, second, register(run, clock), register(run, clock)]


def test_without_complaints_it_says_what_will_be_here(show: Show, qtbot: QtBot) -> None:
    page = page_of(show(), qtbot)
    assert page.empty.isVisible()
    assert page.empty.title.text() == "这段时间没有投诉"


def test_figures_pictures_and_tables(days: Days, show: Show, qtbot: QtBot) -> None:
    some(days)
    page = page_of(show(), qtbot)
    assert [figure.accessibleName() for figure in page.figures] == [
        "收到投诉 4 件，合并后 4，上期 0",
        "了结 1 件，期末在办 3",
        "平均办理用时 – 天，扣除暂停 – 天",
        "按法定期限答复 0 / 0 件，超过行内期限 0 件",
        "满意率 –，0 人回应，回应率 –",
        "每万名到店客户 –，申请核查 0，改变 0",
    ]
    assert page.reasons.accessibleDescription() == "定价收费 3，75%\n服务态度及质量 1，100%"
    assert page.table.texts() == [["信用卡", "3", "75%", "0"], ["贷款", "1", "25%", "0"]]
    page.part.choose("ended")
    page.part.activated.emit(0)
    assert page.table.texts() == [["移送", "1", "100%", "0"]]
    assert "2026-11，收到 4，了结 1" in page.flow.accessibleDescription()
    assert page.no_late.isVisible()


def part(page: ComplaintsPage, code: str) -> list[list[str]]:
    page.part.choose(code)
    page.part.activated.emit(0)
    assert page.part.code() == code
    return page.table.texts()


def test_shares_kinds_and_weeks(days: Days, show: Show, qtbot: QtBot) -> None:
    some(days)
    page = page_of(show(OFFICER), qtbot)
    assert part(page, "rates")[:2] == [
        ["重复投诉，占收到", "0.0%", "0/4"],
        ["当场解决，占办结", "–", "0/0"],
    ]
    assert part(page, "crossed") == [
        ["营业现场、信用卡、定价收费", "3", "75%"],
        ["营业现场、贷款、服务态度及质量", "1", "25%"],
    ]
    assert part(page, "weeks")[-2:] == [
        ["11-09 至 11-15", "0", "0"],
        ["11-16 至 11-22", "4", "1"],
    ]
    # By handler is for those who lead and those who audit.
    assert page.part.findData("handlers") < 0
    assert page.shown is not None
    assert page.shown.handlers is None


@pytest.mark.parametrize("by", [HEAD, SUPERIOR, AUDITOR])
def test_by_handler(days: Days, show: Show, qtbot: QtBot, by: str) -> None:
    some(days)
    page = page_of(show(by), qtbot)
    # Settled at once or referred, nobody was given one.
    assert part(page, "handlers") == [["没有转办", "4", "0", "1"]]


@pytest.mark.parametrize(
    ("period", "title"),
    [("month", "投诉统计月报"), ("quarter", "投诉统计季报"), ("last_year", "投诉统计年报")],
)
def test_the_sheet_is_called_by_its_period(
    days: Days, show: Show, qtbot: QtBot, paper: Path, period: str, title: str
) -> None:
    some(days)
    page = page_of(show(), qtbot)
    page.period.choose(period)
    page.period.activated.emit(0)
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.kind in period, timeout=5000)
    page.papers.print_button.click()
    qtbot.waitUntil(lambda: page.papers.outcome.whole_text() == "已送去打印", timeout=10_000)
    (file,) = paper.iterdir()
    assert title in text_of(file)


def test_three_alike_ask_for_an_action(days: Days, show: Show, qtbot: QtBot) -> None:
    some(days)
    page = page_of(show(), qtbot)
    assert page.asked.isVisible()
    assert page.asked.sentence.text() == "信用卡，定价收费：30 天内 3 件，建议登记整改"


def test_the_figures_that_are_set_stand_in_the_sentence(
    days: Days, show: Show, qtbot: QtBot, other: Branch
) -> None:
    some(days)
    head = account_id(other.store, HEAD)
    assert head is not None
    other.run(ChangeSetting("complaint_alike_days", 60), Actor(head, "admin"))
    page = page_of(show(), qtbot)
    assert page.asked.sentence.text() == "信用卡，定价收费：60 天内 3 件，建议登记整改"


def test_the_action_asked_for_is_added_there(
    days: Days, show: Show, qtbot: QtBot, other: Branch
) -> None:
    _first, _second, _third, newest = some(days)
    window = show(OFFICER)
    page = page_of(window, qtbot)
    assert page.asked.button.text() == "登记整改"
    page.asked.button.click()
    (dialog,) = window.findChildren(ProposalDialog)
    assert dialog.isVisible()
    assert dialog.text.text() == "信用卡，定价收费："
    assert dialog.cause.currentText() == "人员"  # of the one that was settled on the spot
    qtbot.waitUntil(dialog.confirm_button.isEnabled, timeout=5000)
    dialog.confirm_button.repeat_guard = False
    dialog.confirm_button.click()
    # What is to be done is still to be said, and by whom.
    assert dialog.text.error_text() == "请写明要改什么、怎么改"
    dialog.text.set_text("信用卡，定价收费：年费政策在办卡时当面说明并请客户签字")
    dialog.confirm_button.click()
    qtbot.waitUntil(lambda: dialog.owner.error_text() == "请选择在职的责任人", timeout=5000)
    adviser = account_id(other.store, ADVISER)
    assert adviser is not None
    dialog.owner.choose(adviser)
    dialog.confirm_button.click()
    qtbot.waitUntil(lambda: not page.asked.isVisible(), timeout=5000)
    (action,) = open_actions(other.store)
    assert (action.source, action.ref, action.owner, action.cause) == (
        "complaint", newest, adviser, "people",
    )  # fmt: skip
    assert action.due_on == "2026-12-20"


def test_who_comes_second_is_told_that_an_action_was_raised(
    days: Days, show: Show, qtbot: QtBot, other: Branch
) -> None:
    newest = some(days)[-1]
    window = show(OFFICER)
    page = page_of(window, qtbot)
    page.asked.button.click()
    (dialog,) = window.findChildren(ProposalDialog)
    qtbot.waitUntil(dialog.confirm_button.isEnabled, timeout=5000)
    adviser = account_id(other.store, ADVISER)
    assert adviser is not None
    due = date(2026, 12, 20)
    days.run(HEAD, "dashboard", AddAction("complaint", newest, "改宣传页", adviser, due, "people"))
    qtbot.waitUntil(dialog.error.isVisible, timeout=5000)
    assert dialog.error.sentence.text() == "已有同事登记了整改。请先核对，还需要的再登记"
    assert dialog.text.text() == "信用卡，定价收费："


def test_who_only_reads_is_not_asked_to_act(days: Days, show: Show, qtbot: QtBot) -> None:
    some(days)
    page = page_of(show("100402"), qtbot)
    assert page.asked.isVisible()
    assert not page.asked.button.isVisible()


def test_late_ones_say_where_they_stood(days: Days, show: Show, qtbot: QtBot) -> None:
    register(days.run, days.clock)
    days.next_day(16)
    page = page_of(show(), qtbot)
    assert page.late_note.whole_text() == "法定 1 件，行内 0 件"
    (line,) = page.late.sentences()
    assert line == (
        f"1天，{WHAT.title}，TS-HB001-20261120-0001，法定期限 2026-12-05，还没有答复，到期时已接收"
    )


def test_another_period(days: Days, show: Show, qtbot: QtBot) -> None:
    some(days)
    days.next_day(14)  # the fourth of December
    page = page_of(show(), qtbot)
    assert page.figures[0].accessibleName() == "收到投诉 0 件，合并后 0，上期 4"
    page.period.choose("last_month")
    page.period.activated.emit(1)
    qtbot.waitUntil(
        lambda: page.figures[0].accessibleName() == "收到投诉 4 件，合并后 4，上期 0", timeout=5000
    )
    assert page.days.whole_text() == "11-01–11-30"


def test_it_follows_the_desk(days: Days, show: Show, qtbot: QtBot) -> None:
    page = page_of(show(), qtbot)
    register(days.run, days.clock)
    qtbot.waitUntil(
        lambda: page.figures[0].accessibleName().startswith("收到投诉 1 件"), timeout=5000
    )


def test_nobody_sees_himself(days: Days, show: Show, qtbot: QtBot, other: Branch) -> None:
    first, *_ = some(days)
    manager = account_id(other.store, HEAD)
    assert manager is not None
    days.run(OFFICER, "complaints", SetSubjects(first, frozenset({manager})))
    page = page_of(show(), qtbot)
    assert page.figures[0].accessibleName() == "收到投诉 3 件，合并后 3，上期 0"


def test_the_sheet_for_the_house_and_for_outside(
    days: Days, show: Show, qtbot: QtBot, paper: Path
) -> None:
    some(days)
    page = page_of(show(), qtbot)
    page.papers.print_button.click()
    qtbot.waitUntil(lambda: page.papers.outcome.whole_text() == "已送去打印", timeout=10_000)
    (file,) = paper.iterdir()
    assert file.name == "投诉统计 2026-11-01 至 2026-11-20.pdf"
    inside = text_of(file)
    assert "投诉统计月报" in inside
    assert "期末在办3" in inside
    assert "＊" not in inside
    file.unlink()
    page.papers.outcome.set_text("")
    page.reader.segment("outside").click()
    page.papers.print_button.click()
    qtbot.waitUntil(lambda: page.papers.outcome.whole_text() == "已送去打印", timeout=10_000)
    (file,) = paper.iterdir()
    assert "＊表示件数少于三件" in text_of(file)


def text_of(file: Path) -> str:
    text = "".join(page.extract_text() for page in PdfReader(file).pages)
    return "".join(text.split())


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_register_is_noted_and_kept(
    days: Days, show: Show, qtbot: QtBot, other: Branch, tmp_path: Path, kind: str
) -> None:
    some(days)
    page = page_of(show(), qtbot)
    file = tmp_path / f"register.{kind}"
    page.register.start(kind, str(file))
    assert not page.register.buttons[kind].isEnabled()
    qtbot.waitUntil(lambda: page.register.outcome.whole_text().startswith("已导出"), timeout=10_000)
    assert page.register.outcome.whole_text() == f"已导出 4 件到 register.{kind}"
    rows = [[str(cell) for cell in row] for row in told(file, kind)]
    assert sum(WHAT.title in row for row in rows) == 4
    assert WHO.name not in str(rows)
    assert "陈*梅" in str(rows)
    last = list(entries(other.store))[-1]
    assert (last.what, last.subject) == ("export.made", f"complaint_register_{kind}")
    assert last.data == {"rows": 4}


def told(file: Path, kind: str) -> list[Any]:
    if kind == "csv":
        with file.open(encoding="utf-8-sig", newline="") as text:
            return list(csv.reader(text))
    return list(load_workbook(file).worksheets[0].values)


def test_who_may_read_it(show: Show) -> None:
    for staff_no in (HEAD, OFFICER, "100102", "100402"):
        assert "complaints" in show(staff_no).choice._segments
    assert "complaints" not in show("100301").choice._segments


def test_in_english(days: Days, show: Show, qtbot: QtBot) -> None:
    some(days)
    page = page_of(show(), qtbot)
    language().choose("en")
    qtbot.waitUntil(lambda: page.figures[0].accessibleName().startswith("Received 4 cases"))
    assert page.table.texts()[0][0] == phrases("complaints").say("biz_class.credit_card", "en")


@pytest.mark.parametrize("key", PERIODS)
def test_periods_follow_on(key: str) -> None:
    for today in (date(2026, 11, 20), date(2026, 1, 1), date(2028, 2, 29), date(2026, 12, 31)):
        first, last = days_of(key, today)
        former = before(key, today)
        assert (first.day, former[0].day) == (1, 1)
        assert (first - former[1]).days == 1
        assert last == today if not key.startswith("last_") else last < today


def test_the_quarters() -> None:
    today = date(2026, 11, 20)
    assert days_of("quarter", today) == (date(2026, 10, 1), today)
    assert days_of("last_quarter", today) == (date(2026, 7, 1), date(2026, 9, 30))
    assert before("last_quarter", today) == (date(2026, 4, 1), date(2026, 6, 30))
    assert days_of("last_year", today) == (date(2025, 1, 1), date(2025, 12, 31))
