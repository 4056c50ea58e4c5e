"""The worked cases of 2026 as people see them: what the desk shows and offers, in its windows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.limits import RequestExtension
from tests.complaints.desk import ADVISER, HEAD, OFFICER, SUPERIOR, SUPERVISOR, Desk
from tests.ui.complaints.steps import confirm, press, solid, state
from ui.complaints.window import ComplaintsWindow
from ui.widgets.intake.person_part import PersonPart

Open = Callable[..., ComplaintsWindow]
ANONYMOUS = {"name": "", "phone": "", "anonymous": True}


def words(part: QWidget) -> list[str]:
    """All that stands there."""
    labels = (label for label in part.findChildren(QLabel) if not label.isHidden())
    return [label.text() for label in labels if label.text() and label.isVisibleTo(part)]


def due_days(window: ComplaintsWindow) -> dict[str, str]:
    """The due days below the line, by name."""
    told = words(window.view.deadline)
    names = ("法定期限", "内部期限", "最晚办理日", "暂停不计")
    return {name: told[told.index(name) + 1] for name in names if name in told}


def chip(window: ComplaintsWindow) -> str:
    return window.view.head.chip.chip().text


def offered(window: ComplaintsWindow) -> set[str]:
    """Every step on a button or in the menu, in words."""
    steps = window.side.steps
    return {button.text() for button in steps.buttons.values()} | {
        action.text() for action in steps.menu.actions()
    }


def shows(window: ComplaintsWindow, complaint: int) -> bool:
    record = window.view.record()
    return record is not None and record.detail.line.id == complaint


def test_1_national_day_with_shifted_sundays(desk: Desk, open_desk: Open) -> None:
    desk.at("2026-09-18 10:00")
    desk.register()
    desk.at("2026-09-21 10:00")
    window = open_desk()
    # 3 October is a holiday and not rolled forward; the Sunday before the holiday is worked.
    assert due_days(window) == {
        "法定期限": "10月3日", "内部期限": "9月24日", "最晚办理日": "9月24日",
    }  # fmt: skip
    assert chip(window) == "剩 3 天"
    assert "15 个自然日" in words(window.view.deadline)
    assert "5 个工作日" in words(window.view.deadline)


def test_2_an_extension_on_the_last_day(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.at("2026-07-01 10:00")
    complaint = desk.investigated()
    desk.at("2026-07-16 16:00")
    handler = open_desk(ADVISER)
    asked = press(qtbot, handler, "RequestExtension")
    asked.fields["text"].set_text("需要调阅录像")
    confirm(qtbot, asked)
    head = open_desk(HEAD)
    qtbot.waitUntil(lambda: solid(head) == ["同意延期"])
    confirm(qtbot, press(qtbot, head, "ApproveExtension"))
    desk.at("2026-07-16 21:00")
    qtbot.waitUntil(lambda: solid(handler) == ["告知延期"])
    told = press(qtbot, handler, "TellExtension")
    told.fields["mode"].chips.tile("phone").click()
    confirm(qtbot, told)
    qtbot.waitUntil(lambda: due_days(handler).get("法定期限") == "7月31日")
    # The second one is the superior's: the head is not offered it.
    again = press(qtbot, handler, "RequestExtension")
    again.fields["text"].set_text("仍需鉴定")
    confirm(qtbot, again)
    superior = open_desk(SUPERIOR)
    qtbot.waitUntil(lambda: "同意延期" in offered(superior))
    assert "同意延期" not in offered(open_desk(HEAD))
    assert desk.due(complaint)[0] == "2026-07-31"


def test_2b_told_a_day_too_late_it_is_overdue(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.at("2026-07-01 10:00")
    complaint = desk.investigated()
    desk.at("2026-07-16 16:00")
    desk.run(RequestExtension(complaint, "需要调阅录像"), ADVISER)
    head = open_desk(HEAD)
    confirm(qtbot, press(qtbot, head, "ApproveExtension"))
    handler = open_desk(ADVISER)
    qtbot.waitUntil(lambda: "告知延期" in offered(handler))
    # The question stands open over midnight: it is refused in words, and what was chosen stays.
    shown = press(qtbot, handler, "TellExtension")
    shown.fields["mode"].chips.tile("phone").click()
    desk.at("2026-07-17 00:00")
    confirm(qtbot, shown)
    qtbot.waitUntil(shown.error.isVisible)
    assert shown.fields["mode"].chips.code() == "phone"
    shown.reject()
    handler.tick()
    qtbot.waitUntil(lambda: "告知延期" not in offered(handler))
    assert chip(handler).startswith("逾期")
    qtbot.waitUntil(lambda: due_days(handler).get("法定期限") == "7月16日")


def test_3_mediation_stops_the_clock(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.at("2026-03-02 09:00")
    desk.investigated()
    desk.at("2026-03-09 09:00")
    window = open_desk(ADVISER)
    shown = press(qtbot, window, "StartPause")
    shown.fields["kind"].chips.tile("mediation").click()
    shown.fields["told"].row.click()
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: chip(window) == "暂停中")
    assert "恢复后重新计算到期日，暂停的天数不计" in words(window.view.deadline)
    desk.at("2026-03-30 09:00")
    window.tick()
    window.side.steps.wanted.emit("EndPause")
    qtbot.waitUntil(lambda: due_days(window).get("法定期限") == "4月7日")
    assert due_days(window)["暂停不计"] == "21 天"


def test_4_an_anonymous_note_from_the_box(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.at("2026-11-02 09:00")
    complaint = desk.register("book", who=ANONYMOUS)
    window = open_desk()
    accepted = press(qtbot, window, "Accept")
    assert "匿名投诉同样受理和调查，不答复、不核查" in words(accepted)
    confirm(qtbot, accepted)
    qtbot.waitUntil(lambda: state(window) == "accepted")
    qtbot.waitUntil(lambda: "匿名" in words(window.view.head))
    assert due_days(window)["法定期限"] == "11月17日"
    # He calls with details: his name joins, the history stays, a reply is owed from today.
    desk.at("2026-11-10 09:00")
    window.tick()
    given = press(qtbot, window, "GiveIdentity")
    part = given.findChild(PersonPart)
    assert part is not None
    confirm(qtbot, given)
    # Nothing typed yet: said at the field.
    qtbot.waitUntil(lambda: bool(part.name.error_text()))
    part.name.set_text("陈小梅")
    part.phone.set_text("13812345172")
    confirm(qtbot, given)
    qtbot.waitUntil(lambda: due_days(window).get("法定期限") == "11月25日")
    assert "匿名" not in words(window.view.head)
    assert desk.detail(complaint) is not None


def test_4b_closed_inside_and_never_reviewed(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.investigated(channel="book", who=ANONYMOUS)
    desk.report(complaint, finding="not_true")
    head = open_desk(HEAD)
    confirm(qtbot, press(qtbot, head, "Decide"))
    qtbot.waitUntil(lambda: state(head) == "decided")
    officer = open_desk(OFFICER)
    shown = press(qtbot, officer, "Reply")
    assert shown.fields["mode"].chips.code() == "internal"
    # A second press takes the only way back: what is missing is said at its place.
    shown.fields["mode"].chips.tile("internal").click()
    confirm(qtbot, shown)
    qtbot.waitUntil(shown.fields["mode"].error.isVisible)
    assert "请选一项" in words(shown)
    shown.fields["mode"].chips.tile("internal").click()
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: state(officer) == "replied")
    confirm(qtbot, press(qtbot, officer, "Close"))
    qtbot.waitUntil(lambda: state(officer) == "closed")
    superior = open_desk(SUPERIOR)
    superior.open_case(complaint)
    qtbot.waitUntil(lambda: shows(superior, complaint))
    assert not {"受理核查", "开始核查"} & offered(superior)
    # He calls after all: it is taken up again, and a reply is owed.
    given = press(qtbot, officer, "GiveIdentity")
    assert any("重新办理并答复本人" in said for said in words(given))
    part = given.findChild(PersonPart)
    assert part is not None
    part.name.set_text("陈小梅")
    part.phone.set_text("13812345172")
    confirm(qtbot, given)
    qtbot.waitUntil(lambda: state(officer) == "investigating")


def test_5_a_complaint_about_the_handler(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    subject = desk.staff(ADVISER)
    complaint = desk.register(subjects=frozenset({subject}))
    desk.run(Accept(complaint, "verified"))
    window = open_desk()
    shown = press(qtbot, window, "Assign")
    combo = shown.fields["handler"].combo
    qtbot.waitUntil(lambda: combo.count() > 0)
    listed = {combo.itemData(at) for at in range(combo.count())}
    assert str(subject) not in listed
    combo.choose(str(desk.staff(SUPERVISOR)))
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: state(window) == "assigned")
    his = open_desk(ADVISER)
    assert his.list.list.rows.lines == ()
    his.top.search.setText("理财到期")
    his.top.search.wanted.emit("理财到期")
    qtbot.waitUntil(lambda: his.list.title.whole_text() == "找到 0 件")
    his.go_to_case(complaint)
    qtbot.waitUntil(lambda: not his.case_asking.under_way)
    assert his.view.record() is None


def test_5b_about_the_head_the_superior_decides(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.investigated(subjects=frozenset({desk.staff(HEAD)}))
    desk.report(complaint)
    assert open_desk(HEAD).list.list.rows.lines == ()
    window = open_desk(SUPERIOR)
    confirm(qtbot, press(qtbot, window, "Decide"))
    qtbot.waitUntil(lambda: state(window) == "decided")


def test_6_a_group_of_twenty(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    nineteen = desk.investigated(who={"parties": 19})
    twenty = desk.investigated(who={"parties": 20})
    for complaint in (nineteen, twenty):
        desk.report(complaint)
    head = open_desk(HEAD)
    head.open_case(nineteen)
    qtbot.waitUntil(lambda: shows(head, nineteen))
    qtbot.waitUntil(lambda: "群体 19 人" in words(head.view.head))
    assert "重大" not in words(head.view.head)
    assert "Decide" in head.side.steps.buttons
    head.open_case(twenty)
    qtbot.waitUntil(lambda: shows(head, twenty))
    qtbot.waitUntil(lambda: {"重大", "群体 20 人"} <= set(words(head.view.head)))
    # The superior decides it; whoever presses before is told so.
    shown = press(qtbot, head, "Decide")
    confirm(qtbot, shown)
    qtbot.waitUntil(shown.error.isVisible)
    shown.reject()
    superior = open_desk(SUPERIOR)
    superior.open_case(twenty)
    qtbot.waitUntil(lambda: shows(superior, twenty))
    confirm(qtbot, press(qtbot, superior, "Decide"))
    qtbot.waitUntil(lambda: desk.state(twenty) == "decided")


def test_7_not_our_responsibility(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    fee = desk.register(what={"biz_class": "debit_card", "reason": "pricing"})
    head = open_desk(HEAD)
    shown = press(qtbot, head, "Refer")
    confirm(qtbot, shown)
    # Nobody is sent away without being told where to.
    qtbot.waitUntil(shown.fields["to"].error.isVisible)
    shown.fields["to"].chips.tile("other_bank").click()
    shown.fields["text"].set_text("请联系发卡行 95588")
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: desk.state(fee) == "referred")


def test_7b_sold_through_us_it_is_ours(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.register(what={"biz_class": "agency"})
    head = open_desk(HEAD)
    shown = press(qtbot, head, "Refuse")
    assert "代销业务由本机构负责，不能以与本机构无关为由" in words(shown)
    tiles = shown.fields["reason"].chips.offered()
    assert "not_this_institution" not in tiles
    shown.reject()
    shown = press(qtbot, head, "Refer")
    assert "third_party" not in shown.fields["to"].chips.offered()
