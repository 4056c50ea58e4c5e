"""Follow-up visits: who, reached or not, satisfied or not, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.answering import CloseOther, NoteReceipt, Reply
from branch.complaints.commands.handling import SolveOnTheSpot
from branch.complaints.commands.registration import LinkRepeat
from branch.complaints.commands.reviews import RecordVisit, StartReReview
from tests.complaints.desk import ADVISER, HEAD, OFFICER, SUPERIOR, TELLER, Desk
from tests.ui.complaints.care import Care
from ui.complaints.offers import offers_of
from ui.complaints.re_review_dialog import ReReviewDialog
from ui.complaints.visit_dialog import VisitDialog
from ui.complaints.visits_section import VisitsSection
from ui.shell.language import language
from ui.shell.station import Station


@pytest.fixture
def care(qtbot: QtBot, desk: Desk, station_for: Callable[[str, str], Station]) -> Care:
    """A window with nothing in it, beside the desk."""
    return Care(qtbot, desk, station_for)


def visit_dialog(care: Care, case: int, by: str = OFFICER) -> VisitDialog:
    return care.open(VisitDialog(care.window, care.station(by), care.detail(case, by)))


def section(care: Care, case: int, by: str = OFFICER) -> VisitsSection:
    part = care.show(VisitsSection(care.station(by)))
    part.said.connect(care.said.append)
    part.step_wanted.connect(care.steps.append)
    part.show_case(care.detail(case, by))
    return part


# -- the dialog ---------------------------------------------------------------------------------


def test_satisfied_and_closed_next(care: Care) -> None:
    case = care.replied()
    dialog = visit_dialog(care, case)
    assert not dialog.next_field.isVisible()
    care.press(dialog.has_received)
    assert dialog.received.day() == care.desk.today
    care.press(dialog.kept.tile("kept"))
    care.press(dialog.satisfaction.tile("satisfied"))
    assert dialog.next_step.offered() == ("close", "follow_on")
    assert dialog.next_step.code() == "close"
    assert dialog.text.label.text() == "客户怎么说，可不填"
    care.write(dialog.text.edit, "感谢致歉")
    care.send(dialog)
    assert care.said == ["已记录回访，客户表示满意"]
    found = care.detail(case)
    visit = found.visits[-1]
    assert (visit.satisfaction, visit.kept, visit.text, visit.next_step) == (
        "satisfied", "kept", "感谢致歉", "close",
    )  # fmt: skip
    assert found.values["reply_received_on"] == care.desk.today.isoformat()


def test_not_satisfied_leads_on(care: Care) -> None:
    case = care.replied()
    dialog = visit_dialog(care, case)
    care.press(dialog.satisfaction.tile("dissatisfied"))
    assert dialog.next_step.offered() == ("follow_on", "re_review", "new_complaint")
    assert dialog.next_step.code() == ""
    assert dialog.text.label.text() == "哪里不满意，还希望什么"
    care.send(dialog)
    assert dialog.next_field.error.sentence.text() == "投诉人不满意，请选择下一步"
    care.press(dialog.next_step.tile("re_review"))
    assert dialog.next_field.error.sentence.text() == ""
    assert dialog.meaning.text() == (
        "请告知客户：收到答复之日起 30 日内可以书面向上级行申请核查（办法第二十条）"
    )
    care.press(dialog.has_received)
    assert dialog.meaning.text().startswith("请告知客户：最晚 12月20日 可以书面向上级行申请核查")
    care.press(dialog.next_step.tile("new_complaint"))
    assert dialog.meaning.text() == "请登记新投诉，并关联本件"
    care.press(dialog.next_step.tile("follow_on"))
    care.send(dialog)
    assert care.said == ["已记录回访，客户表示不满意"]
    assert care.detail(case).visits[-1].next_step == "follow_on"


def test_satisfaction_is_asked_for(care: Care) -> None:
    case = care.replied()
    dialog = visit_dialog(care, case)
    care.send(dialog)
    assert dialog.isVisible()
    assert care.said == []
    assert care.detail(case).visits == ()


def test_not_reached_says_how_many_tries_are_left(care: Care) -> None:
    case = care.replied()
    for count in (1, 2, 3):
        dialog = visit_dialog(care, case)
        care.press(dialog.reached.segment("no"))
        assert not dialog.answers.isVisible()
        told = dialog.tries.text()
        if count < 3:
            assert told.startswith(f"这是第 {count} 次没有联系上，还差 {3 - count} 次才能办结")
        else:
            assert told == "这是第 3 次没有联系上，记录后可以办结"
        care.send(dialog)
    assert [visit.reached for visit in care.detail(case).visits] == [False] * 3


def test_the_handler_is_refused_in_words(care: Care) -> None:
    case = care.replied()
    dialog = visit_dialog(care, case, ADVISER)
    care.press(dialog.satisfaction.tile("satisfied"))
    care.send(dialog)
    assert dialog.error.sentence.text() == "回访由承办人以外的同事做"


def test_a_day_before_dispatch_is_wrong_at_its_field(care: Care) -> None:
    case = care.replied()
    dialog = visit_dialog(care, case)
    care.press(dialog.has_received)
    dialog.received.set_day(date(2026, 11, 19))
    care.press(dialog.satisfaction.tile("no_answer"))
    care.send(dialog)
    assert dialog.received.error.sentence.text() == "收到日期应在发出之后、今天以前"


def test_it_fits_the_smallest_window_in_english(care: Care) -> None:
    language().choose("en")
    case = care.replied()
    dialog = visit_dialog(care, case)
    care.press(dialog.satisfaction.tile("dissatisfied"))
    care.press(dialog.next_step.tile("re_review"))
    care.press(dialog.has_received)
    assert dialog.panel.height() <= 800
    assert dialog.panel.width() <= 1280


# -- the section --------------------------------------------------------------------------------


def test_nothing_before_the_reply(care: Care) -> None:
    case = care.desk.decided()
    assert section(care, case).isHidden()


def test_nothing_about_an_answered_enquiry(care: Care) -> None:
    case = care.desk.register(kind="enquiry")
    care.desk.run(CloseOther(case, "已说明"))
    assert section(care, case).isHidden()


def test_until_when_a_visit_is_due(care: Care) -> None:
    case = care.replied()
    part = section(care, case)
    # Ten working days after Friday 20 November.
    care.until(lambda: part.told.text() == "请在 12月4日前回访")
    assert part.button.isVisible()
    own = section(care, case, ADVISER)
    care.until(lambda: own.told.text() == "回访由承办人以外的同事在 12月4日前做")
    assert not own.button.isVisible()


def test_who_settled_it_at_once_is_offered_no_visit(care: Care) -> None:
    case = care.desk.register()
    care.desk.run(Accept(case, "verified"))
    care.desk.run(SolveOnTheSpot(case, "当场退回手续费", accepted=True, cause="people"), HEAD)
    care.desk.run(Reply(case, "phone", care.desk.clock.now_ms(), True))
    assert not section(care, case, HEAD).button.isVisible()
    assert section(care, case, TELLER).button.isVisible()
    for by, offered in ((HEAD, False), (TELLER, True)):
        person = care.station(by).person
        offers = offers_of(care.detail(case, by), person.staff, person.roles, care.desk.today)
        assert ("RecordVisit" in (*offers.others, *offers.more)) is offered


def test_the_button_asks_and_tells(care: Care) -> None:
    case = care.replied()
    part = section(care, case, TELLER)
    care.press(part.button)
    dialog = care.window.findChild(VisitDialog)
    assert dialog is not None
    care.press(dialog.satisfaction.tile("rather_satisfied"))
    care.send(dialog)
    assert care.said == ["已记录回访，客户基本满意"]
    part.show_case(care.detail(case, TELLER))
    assert [line.what for line in part.shown] == ["电话回访"]
    assert part.shown[0].chip is not None
    assert part.shown[0].chip.text == "基本满意"
    assert (part.shown[0].who, part.told.text()) == ("王敏", "")


def test_three_tries_may_be_closed(care: Care) -> None:
    case = care.replied()
    for _ in range(3):
        care.desk.run(RecordVisit(case, "phone", False, next_step="follow_on"))
    part = section(care, case)
    assert part.told.text() == "已满 3 次没有联系上，可以办结"
    assert {line.chip.text for line in part.shown if line.chip} == {"没有联系上"}


def test_what_follows_is_said_and_one_press_away(care: Care) -> None:
    case = care.replied()
    care.desk.run(NoteReceipt(case, care.desk.today), ADVISER)
    care.desk.run(RecordVisit(case, "phone", True, "dissatisfied", next_step="re_review"))
    part = section(care, case)
    assert part.way.sentence.text() == "客户不满意：等他书面申请核查，到 12月20日为止"
    shown = {code for code, button in part.way_buttons.items() if button.isVisible()}
    assert shown == set()
    head = section(care, case, HEAD)
    care.press(head.way_buttons["Reopen"])
    assert care.steps == ["Reopen"]
    superior = section(care, case, SUPERIOR)
    care.press(superior.way_buttons["StartReReview"])
    assert care.steps == ["Reopen", "StartReReview"]
    care.desk.at("2026-12-21 09:00")
    part.show_case(care.detail(case))
    assert (
        part.way.sentence.text()
        == "客户不满意：核查申请期 12月20日已过，可以办结；有新情况可登记新投诉"
    )
    care.press(part.way_buttons["Close"])
    assert care.steps[-1] == "Close"


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("follow_on", "客户不满意：请继续跟进，处理后再回访"),
        ("new_complaint", "客户不满意：请登记新投诉，并关联本件"),
        ("re_review", "客户不满意：等他书面申请核查"),
    ],
)
def test_every_way_is_said(care: Care, step: str, told: str) -> None:
    case = care.replied()
    care.desk.run(RecordVisit(case, "phone", True, "dissatisfied", next_step=step))
    part = section(care, case)
    assert part.way.sentence.text() == told
    assert not part.way_buttons["Close"].isVisible()
    assert part.way_buttons["RegisterAgain"].isVisible() is (step == "new_complaint")


def test_a_new_complaint_of_his_lets_this_one_end(care: Care) -> None:
    case = care.replied()
    care.desk.run(RecordVisit(case, "phone", True, "dissatisfied", next_step="new_complaint"))
    part = section(care, case)
    care.press(part.way_buttons["RegisterAgain"])
    assert care.steps == ["RegisterAgain"]
    again = care.desk.register()
    care.desk.run(LinkRepeat(again, case))
    part.show_case(care.detail(case))
    number = care.detail(again).line.number
    assert part.way.sentence.text() == f"客户不满意：已登记新投诉 {number}，本件可以办结"
    assert not part.way_buttons["RegisterAgain"].isVisible()
    care.press(part.way_buttons["Close"])
    assert care.steps == ["RegisterAgain", "Close"]


def test_satisfied_needs_no_strip_and_english_follows(care: Care) -> None:
    case = care.replied()
    care.desk.run(RecordVisit(case, "phone", True, "satisfied", "partly"))
    part = section(care, case)
    assert not part.way.isVisible()
    assert part.shown[0].what == "电话回访，答应的事部分办到"
    language().choose("en")
    care.until(lambda: part.caption.text() == "Visits and re-reviews")
    assert part.shown[0].what == "Visit: Telephone, what was promised: Partly kept"


# -- re-reviews ---------------------------------------------------------------------------------


def test_a_re_review_from_application_to_decision(care: Care) -> None:
    case = care.replied()
    care.desk.run(NoteReceipt(case, care.desk.today), ADVISER)
    station = care.station(SUPERIOR)
    start = care.open(
        ReReviewDialog(care.window, station, care.detail(case, SUPERIOR), "StartReReview")
    )
    assert start.window_told.text() == "客户 11月20日 收到答复，最晚 12月20日 可以申请"
    assert start.due.text() == "12月20日前作出核查决定并告知客户（办法第二十条）"
    care.send(start)
    assert start.fields["in_writing"].error.sentence.text() == "核查申请应为书面（办法第二十条）"
    care.press(start.in_writing)
    care.send(start)
    assert care.said == ["已开始核查"]
    part = section(care, case, SUPERIOR)
    assert part.shown[-1].what == "核查，12月20日前决定"
    decide = care.open(
        ReReviewDialog(care.window, station, care.detail(case, SUPERIOR), "UpholdDecision")
    )
    care.press(decide.decision.segment("changed"))
    care.send(decide)
    assert decide.text.error_text() != ""
    care.write(decide.text.edit, "时限符合，补偿偏低")
    care.send(decide)
    assert care.said[-1] == "已作出核查决定"
    review = care.detail(case).reviews[-1]
    assert (review.decision, review.text) == ("changed", "时限符合，补偿偏低")
    part.show_case(care.detail(case, SUPERIOR))
    assert part.shown[-1].chip is not None
    assert (part.shown[-1].chip.text, part.shown[-1].text) == ("变更", "时限符合，补偿偏低")


def test_a_redo_is_ordered_in_words(care: Care) -> None:
    case = care.replied()
    care.desk.run(NoteReceipt(case, care.desk.today), ADVISER)
    care.desk.run(StartReReview(case, care.desk.today, True), SUPERIOR)
    station = care.station(SUPERIOR)
    dialog = care.open(
        ReReviewDialog(care.window, station, care.detail(case, SUPERIOR), "OrderRedo")
    )
    care.write(dialog.text.edit, "补充调阅双录")
    care.send(dialog)
    assert care.said == ["已责令重办"]
    assert care.desk.state(case) == "investigating"


def test_without_a_receipt_the_dialog_says_what_is_missing(care: Care) -> None:
    case = care.replied()
    station = care.station(SUPERIOR)
    dialog = care.open(
        ReReviewDialog(care.window, station, care.detail(case, SUPERIOR), "StartReReview")
    )
    assert dialog.window_told.text() == "还没有登记客户收到答复的日期，请先登记"
