"""The deadline line: days in words, pauses hatched, law and house told apart."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.answering import CloseOther, NoteReceipt, Reply
from branch.complaints.commands.handling import Decide
from branch.complaints.commands.limits import (
    ApproveExtension,
    EndPause,
    RequestExtension,
    StartPause,
    TellExtension,
)
from branch.complaints.commands.reviews import StartReReview
from tests.complaints.desk import ADVISER, HEAD, OFFICER, SUPERIOR, Desk
from tests.conftest import SHANGHAI
from ui.complaints.deadline_course import Course, course_of
from ui.complaints.deadline_line import DeadlineLine
from ui.shell.language import language


def course(desk: Desk, complaint: int) -> Course:
    detail = desk.detail(complaint)
    assert detail is not None
    return course_of(detail, desk.today, SHANGHAI)


def facts(shown: Course) -> dict[str, tuple[str, str]]:
    return {fact.caption: (fact.value, fact.note) for fact in shown.facts}


def test_natural_and_working_days_are_told_apart(desk: Desk) -> None:
    desk.at("2026-09-18 10:00")
    complaint = desk.register()
    desk.at("2026-09-21 10:00")
    shown = course(desk, complaint)
    assert shown.begins_text == "9月18日 收到"
    assert shown.here_text == "今天 第 3 天"
    assert facts(shown) == {
        "法定期限": ("10月3日", "15 个自然日"),
        # The Sunday before the holiday is worked.
        "内部期限": ("9月24日", "5 个工作日"),
        # 3 October is a holiday: by law it is to be seen to on the last working day before.
        "最晚办理日": ("9月24日", "法定 9月30日"),
    }
    assert [fact.first for fact in shown.facts] == [False, True, False]
    assert [(mark.text, mark.kind) for mark in shown.marks] == [
        ("10月3日 答复期限", "other"),
        ("10月18日 情况复杂可延至", "later"),
        ("9月24日 内部期限", "limit"),
    ]
    assert not shown.overdue


def test_the_day_to_act_by_lies_before_a_holiday(desk: Desk) -> None:
    desk.at("2026-09-22 10:00")
    complaint = desk.register(channel="letter")
    # Ten natural days end on 2 October, fifteen on the 7th, both in the holiday.
    assert facts(course(desk, complaint))["最晚办理日"] == (
        "9月30日", "到期日不是工作日，法定 9月30日",
    )  # fmt: skip


def test_the_day_to_act_by_is_told_of_a_re_review_too(desk: Desk) -> None:
    desk.at("2026-09-01 10:00")
    complaint = desk.decided()
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), ADVISER)
    desk.run(NoteReceipt(complaint, desk.today))
    desk.at("2026-09-05 10:00")
    desk.run(StartReReview(complaint, desk.today, True), SUPERIOR)
    assert facts(course(desk, complaint)) == {
        "核查期限": ("10月5日", "30 个自然日"),
        "最晚办理日": ("9月30日", "到期日不是工作日"),
    }


def test_the_legal_limit_wins_over_a_later_one_of_the_house(desk: Desk) -> None:
    desk.at("2026-03-02 09:00")
    complaint = desk.investigated()
    desk.at("2026-03-16 09:00")
    desk.report(complaint)
    desk.run(Decide(complaint), HEAD)
    # Five working days after the decision end on the 23rd, the law's fifteen days on the 17th.
    shown = course(desk, complaint)
    assert shown.sentences == ("决定后 5 个工作日（3月23日）晚于法定期限，以法定期限为准",)
    assert facts(shown)["法定期限"] == ("3月17日", "15 个自然日")


def test_pauses_are_hatched_and_counted_out(qtbot: QtBot, desk: Desk) -> None:
    desk.at("2026-03-02 09:00")
    complaint = desk.investigated()
    desk.at("2026-03-09 09:00")
    pause = desk.run(StartPause(complaint, "mediation", True), ADVISER)
    shown = course(desk, complaint)
    assert shown.here_text == "今天 暂停中，已用 6 天"
    assert shown.sentences == ("恢复后重新计算到期日，暂停的天数不计",)
    assert shown.marks == ()
    desk.at("2026-03-30 09:00")
    desk.run(EndPause(pause), ADVISER)
    shown = course(desk, complaint)
    assert shown.pauses == ((date(2026, 3, 9), date(2026, 3, 30)),)
    assert facts(shown)["法定期限"] == ("4月7日", "15 个自然日")
    assert facts(shown)["暂停不计"] == ("21 天", "")
    assert hatched(qtbot, shown)


def hatched(qtbot: QtBot, shown: Course) -> bool:
    """Whether the ground and the strokes alternate where the clock stood."""
    line = DeadlineLine()
    qtbot.addWidget(line)
    line.show_course(shown)
    line.resize(600, line.sizeHint().height())
    picture = line.grab().toImage()
    start, end = (round(600 * shown.share(day)) for day in shown.pauses[0])
    row = [QColor(picture.pixel(x, 29)).lightness() for x in range(start + 8, end - 16)]
    falls = sum(a > b + 40 for a, b in pairwise(row))
    return max(row) - min(row) > 60 and falls > 3


def test_a_longer_limit_moves_the_mark(desk: Desk) -> None:
    desk.at("2026-07-01 09:00")
    complaint = desk.investigated()
    extension = desk.run(RequestExtension(complaint, "情况复杂"), ADVISER)
    desk.run(ApproveExtension(extension), HEAD)
    desk.run(TellExtension(extension, "phone"), ADVISER)
    shown = course(desk, complaint)
    assert facts(shown)["法定期限"] == ("7月31日", "30 个自然日")
    assert [(mark.text, mark.kind) for mark in shown.marks if mark.kind != "limit"] == [
        ("7月31日 答复期限", "other"),
        ("", "past"),
        ("8月30日 特别复杂可延至", "later"),
    ]


def test_what_is_no_complaint_has_no_legal_limit(desk: Desk) -> None:
    complaint = desk.register(kind="enquiry")
    shown = course(desk, complaint)
    assert "法定期限" not in facts(shown)
    assert shown.here_text == "今天收到"
    assert shown.sentences == ("不是投诉，不计法定期限",)
    desk.run(CloseOther(complaint, "已说明。"), OFFICER)
    assert course(desk, complaint).here_text.endswith("已结案")


def test_late_limits_say_so(desk: Desk) -> None:
    desk.at("2026-03-02 09:00")
    complaint = desk.register()
    desk.run(Accept(complaint, "verified"))
    desk.at("2026-03-18 09:00")
    shown = course(desk, complaint)
    assert shown.overdue
    assert [fact.late for fact in shown.facts] == [True, True, False]


def test_words_find_room_in_both_languages(qtbot: QtBot, desk: Desk) -> None:
    desk.at("2026-09-18 10:00")
    complaint = desk.register()
    for day in ("2026-09-18", "2026-09-19", "2026-09-24", "2026-10-03", "2026-10-20"):
        desk.at(f"{day} 11:00")
        for code in ("zh", "en"):
            language().choose(code)
            line = DeadlineLine()
            qtbot.addWidget(line)
            line.show_course(course(desk, complaint))
            line.resize(520, line.sizeHint().height())
            line.grab()
            assert line.cut_texts() == ()
            assert line.accessibleName()
