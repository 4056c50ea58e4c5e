"""The manager's page 反馈: a week of receptions beside the one before, and as a PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from branch.visitors.commands.reception import FinishFollowUp, RecordReception
from tests.ui.dashboard.conftest import Days
from ui.dashboard.feedback import FeedbackPage
from ui.dashboard.window import DashboardWindow
from ui.shell.language import language

Show = Callable[..., DashboardWindow]


def note(days: Days, service: str = "P01", **more: Any) -> int:
    return int(days.run("100301", "lobby", RecordReception(None, service, **more)))


def page_of(window: DashboardWindow, qtbot: QtBot) -> FeedbackPage:
    page = window.show_page("feedback")
    assert isinstance(page, FeedbackPage)
    qtbot.waitUntil(lambda: page.shown is not None and not page.asking.under_way, timeout=5000)
    return page


def two_weeks(days: Days) -> None:
    """One record on Friday 13, four on Friday 20 November."""
    note(days, feedback="praise", feedback_text="谢谢")
    days.next_day(7)
    note(days, "P05", advice=frozenset({"room"}), feedback="dissatisfied",
         feedback_text="等太久，回电 13812345172")  # fmt: skip
    note(days, "P05", advice=frozenset({"explained"}), feedback="suggestion")
    note(days, follow_up="answer", follow_by="2026-11-27")
    done = note(days, follow_up="other", follow_by="2026-11-28")
    days.run("100301", "lobby", FinishFollowUp(done, "answered"))


def figures(page: FeedbackPage) -> list[str]:
    return [figure.accessibleName() for figure in page.figures]


def test_a_week_without_records_says_what_will_be_here(show: Show, qtbot: QtBot) -> None:
    page = page_of(show(), qtbot)
    assert page.no_counts.isVisible()
    assert page.no_counts.title.text() == "这一周没有接待记录"
    assert page.no_voices.title.text() == "这一周没有记下客户的话"
    assert page.weeks.currentText() == "2026-11-16 至 2026-11-22，本周到现在"


def test_figures_counts_and_words_of_a_week(days: Days, show: Show, qtbot: QtBot) -> None:
    two_weeks(days)
    page = page_of(show(), qtbot)
    assert figures(page) == [
        "接待记录数 4 前一周 1",
        "表扬 0 前一周 1",
        "建议 1 前一周 0",
        "不满 1 前一周 0",
        "要求回访 2 前一周 0",
        "回访逾期 0 办完 1",
    ]
    assert page.table.texts() == [
        ["个人存款", "2", "1", "+1"],
        ["开立个人账户（借记卡）", "2", "0", "+2"],
    ]
    assert page.voices.sentences() == [
        "11-27，等太久，回电 ****，不满，11月27日 星期五，开立个人账户（借记卡）"
    ]
    assert "13812345172" not in str(page.shown)


def test_counted_by_advice_and_by_feedback(days: Days, show: Show, qtbot: QtBot) -> None:
    two_weeks(days)
    page = page_of(show(), qtbot)
    page.part.segment("advice").click()
    assert page.table.texts() == [["已说明", "1", "0", "+1"], ["请进接待室", "1", "0", "+1"]]
    page.part.segment("kind").click()
    assert page.table.texts() == [
        ["没有反馈", "2", "0", "+2"],
        ["表扬", "0", "1", "−1"],
        ["建议", "1", "0", "+1"],
        ["不满", "1", "0", "+1"],
    ]


def test_an_earlier_week_can_be_chosen(days: Days, show: Show, qtbot: QtBot) -> None:
    two_weeks(days)
    page = page_of(show(), qtbot)
    assert [page.weeks.itemText(at) for at in range(page.weeks.count())] == [
        "2026-11-23 至 2026-11-29，本周到现在",
        "2026-11-16 至 2026-11-22",
    ]
    # An answer about this week that is on its way does not take the choice back.
    page.asking.ask()
    page.weeks.setCurrentIndex(1)
    page.weeks.activated.emit(1)
    qtbot.waitUntil(
        lambda: page.voices.sentences() == ["11-20，谢谢，表扬，11月20日 星期五，个人存款"]
    )
    assert page.weeks.code() == "2026-11-16"
    # What comes in this week leaves the chosen one as it is.
    note(days)
    qtbot.waitUntil(lambda: not page.asking.under_way)
    assert page.weeks.code() == "2026-11-16"


def test_it_follows_what_the_lobby_notes(days: Days, show: Show, qtbot: QtBot) -> None:
    page = page_of(show(), qtbot)
    note(days, feedback="praise", feedback_text="很好")
    qtbot.waitUntil(lambda: figures(page)[1] == "表扬 1 前一周 0")
    assert not page.no_voices.isVisible()


def test_an_overdue_follow_up_is_urgent(days: Days, show: Show, qtbot: QtBot) -> None:
    note(days, follow_up="answer", follow_by="2026-11-20")
    days.next_day()
    page = page_of(show(), qtbot)
    assert figures(page)[-1] == "回访逾期 1 办完 0"


def test_printed_with_what_stands_there(days: Days, show: Show, qtbot: QtBot, paper: Path) -> None:
    two_weeks(days)
    page = page_of(show(), qtbot)
    page.papers.print_button.click()
    qtbot.waitUntil(lambda: page.papers.outcome.whole_text() == "已送去打印", timeout=10_000)
    (file,) = paper.iterdir()
    assert file.name == "客户反馈 2026-11-23.pdf"
    text = "".join(page.extract_text() for page in PdfReader(file).pages)
    assert "客户反馈周报" in text.replace(" ", "")
    assert "13812345172" not in text


def test_in_english(days: Days, show: Show, qtbot: QtBot) -> None:
    two_weeks(days)
    page = page_of(show(), qtbot)
    language().choose("en")
    qtbot.waitUntil(lambda: figures(page)[0] == "Reception records 4 before 1")
    assert page.table.texts()[0] == ["Cash deposit", "2", "1", "+1"]
    assert page.weeks.currentText() == "2026-11-23 to 2026-11-29, so far"


def test_its_key(show: Show, qtbot: QtBot) -> None:
    window = show()
    assert window.choice.segment("feedback").text() == "反馈"
    window.choice.segment("feedback").click()
    assert isinstance(window.stack.currentWidget(), FeedbackPage)
