"""The register that leaves the branch: masked, whole in pages, without the one who asks."""

from __future__ import annotations

from datetime import date

from branch.complaints.commands.acceptance import Merge
from branch.complaints.commands.answering import Reopen, Reply
from branch.complaints.commands.handling import Decide
from branch.complaints.commands.limits import ApproveExtension, RequestExtension, TellExtension
from branch.complaints.commands.registration import LinkRepeat, SetSubjects
from branch.complaints.commands.reviews import RecordVisit
from branch.complaints.queries.late import late_cases
from branch.complaints.queries.register import RegisterRow, register_rows
from tests.complaints.desk import ADVISER, HEAD, OFFICER, REPORT, SUPERVISOR, WHAT, Desk
from tests.complaints.month import one_to_the_end, replied

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def rows(
    desk: Desk, by: str = OFFICER, period: tuple[date, date] = YEAR, **page: int
) -> tuple[RegisterRow, ...]:
    return register_rows(desk.store, desk.staff(by), *period, desk.today, **page)


def test_a_line_of_the_register(desk: Desk) -> None:
    desk.at("2026-11-02 09:00")
    facts = "陈小梅本人（13812345172）2026-11-01 来行，证件 110101199003077758。"
    complaint = desk.investigated(
        who={"document": "id_card", "document_number": "110101199003077758", "parties": 3},
        what={"facts": facts, "amount": 120_050},
    )
    desk.at("2026-11-20 09:00")
    desk.report(complaint, verified="已向陈小梅核实。", redress=50_000)
    desk.run(Decide(complaint), HEAD)
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), ADVISER)
    (row,) = rows(desk)
    assert (row.number, row.kind, row.state) == ("TS-HB001-20261102-0001", "complaint", "replied")
    assert (row.name, row.phone, row.document) == ("陈*梅", "138****5172", "****7758")
    assert row.facts == "陈*梅本人（****）2026-11-01 来行，证件 ****。"
    assert row.verified == "已向陈*梅核实。"
    assert (row.amount, row.redress, row.parties) == (120_050, 50_000, 3)
    assert (row.told_on, row.gross_days, row.net_days, row.late) == ("2026-11-20", 18, 18, True)
    assert (row.legal_due, row.stood) == ("2026-11-17", "investigating")
    assert row.remedies == ("apology",)
    assert row.handler
    for secret in ("陈小梅", "13812345172", "110101199003077758"):
        assert secret not in repr(row)


def test_where_he_can_be_found_is_hidden_in_the_words_too(desk: Desk) -> None:
    desk.register(
        who={"email": "wang@example.com", "address": "湖滨路9号2单元"},
        what={
            "facts": "请回信到湖滨路9号2单元或 wang@example.com，同事 li.si@bank.example.cn",
        },
    )
    (row,) = rows(desk)
    assert row.email == "w***@example.com"
    assert row.facts == "请回信到****或 ****，同事 ****"


def test_who_is_liable_stands_as_the_report_of_the_round_says(desk: Desk) -> None:
    complaint = desk.decided()
    (row,) = rows(desk)
    assert (row.liability, row.accountability, row.visitor) == ("", "", "")
    said = {"liability": "partly", "accountability": "陈小梅的经办柜员提醒谈话"}
    desk.paper(complaint, "TS-04", "round:1", HEAD, **REPORT, **said)
    replied(desk, complaint)
    desk.run(RecordVisit(complaint, "phone", True, "satisfied"), SUPERVISOR)
    (row,) = rows(desk)
    assert (row.liability, row.accountability) == ("partly", "陈*梅的经办柜员提醒谈话")
    assert row.visitor == "陈刚"
    # A corrected copy holds, and another round has said nothing yet.
    said["liability"] = "liable"
    desk.paper(complaint, "TS-04", "round:1", HEAD, **REPORT, **said)
    assert rows(desk)[0].liability == "liable"
    desk.run(Reopen(complaint, "有新情况"), HEAD)
    assert rows(desk)[0].liability == ""


def test_an_anonymous_one_has_no_name(desk: Desk) -> None:
    desk.register("book", who={"name": "", "phone": "", "anonymous": True})
    (row,) = rows(desk)
    assert (row.name, row.phone, row.anonymous) == ("", "", True)


def test_repeats_and_merges_by_their_numbers(desk: Desk) -> None:
    first, second, third = desk.register(), desk.register(), desk.register()
    desk.run(LinkRepeat(second, first))
    desk.run(Merge(third, first), HEAD)
    numbers = [row.number for row in rows(desk)]
    assert [row.repeat_of for row in rows(desk)] == ["", numbers[0], ""]
    assert [row.merged_into for row in rows(desk)] == ["", "", numbers[0]]
    # The number of a case about him is not told either, and what was merged into it is one with it.
    desk.run(SetSubjects(first, frozenset({desk.staff(ADVISER)})))
    mine = rows(desk, ADVISER)
    assert [row.number for row in mine] == numbers[1:2]
    assert [(row.repeat_of, row.merged_into) for row in mine] == [("", "")]


def test_pages_are_full_though_some_are_kept_back(desk: Desk) -> None:
    cases = [desk.register() for _ in range(6)]
    for complaint in cases[1:3]:
        desk.run(SetSubjects(complaint, frozenset({desk.staff(ADVISER)})))
    found = rows(desk, ADVISER, most=2)
    assert [row.id for row in found] == [cases[0], cases[3]]
    found = rows(desk, ADVISER, after=found[-1].id, most=2)
    assert [row.id for row in found] == cases[4:]
    assert rows(desk, ADVISER, after=found[-1].id, most=2) == ()
    assert rows(desk, period=(date(2025, 1, 1), date(2025, 1, 2))) == ()


def test_titles_hide_names_too(desk: Desk) -> None:
    desk.register(what={"title": "陈小梅投诉手续费"})
    (row,) = rows(desk)
    assert row.title == "陈*梅投诉手续费"
    assert WHAT.title not in row.title


def test_what_is_not_told_after_the_laws_day_is_late_while_it_runs(desk: Desk) -> None:
    desk.at("2026-11-02 09:00")
    desk.investigated()
    desk.at("2026-11-17 18:00")
    (row,) = rows(desk)
    assert (row.legal_due, row.late, row.stood) == ("2026-11-17", False, "")
    desk.at("2026-11-18 09:00")
    (row,) = rows(desk)
    assert (row.late, row.stood, row.gross_days) == (True, "investigating", None)
    (late,) = late_cases(desk.store, desk.staff(OFFICER), desk.today, desk.today, desk.today).lines
    assert (late.legal, late.stood) == (True, "investigating")


def test_why_it_took_longer_without_names(desk: Desk) -> None:
    desk.at("2026-11-02 09:00")
    complaint, other = desk.investigated(), desk.investigated()
    desk.at("2026-11-16 09:00")
    words = "陈小梅（13812345172）提供的合同要送总行鉴定"
    extension = desk.run(RequestExtension(complaint, words), ADVISER)
    desk.run(RequestExtension(other, "还没有批"), ADVISER)
    assert [row.longer for row in rows(desk)] == ["", ""]
    desk.run(ApproveExtension(extension), HEAD)
    desk.run(TellExtension(extension, "phone"), OFFICER)
    hidden = "陈*梅（****）提供的合同要送总行鉴定"
    assert [(row.extended, row.longer) for row in rows(desk)] == [(30, hidden), (0, "")]
    # Late all the same, by then: the list says why the limit was longer.
    desk.at("2026-12-03 09:00")
    lines = late_cases(desk.store, desk.staff(OFFICER), desk.today, desk.today, desk.today).lines
    assert {line.id: line.longer for line in lines} == {complaint: (hidden,), other: ()}


def test_the_visit_of_the_round_and_what_it_brought(desk: Desk) -> None:
    desk.at("2026-11-02 09:00")
    complaint = desk.decided()
    replied(desk, complaint)
    desk.at("2026-11-04 09:00")
    desk.run(RecordVisit(complaint, "phone", False, text="无人接听"), SUPERVISOR)
    (row,) = rows(desk)
    assert (row.visited_on, row.reached, row.visit) == ("2026-11-04", False, "无人接听")
    assert (row.accepted_on, row.systemic, row.reply_wish) == ("2026-11-02", "single", "phone")
    desk.at("2026-11-05 09:00")
    said = "陈小梅表示认可，13812345172 可再联系"
    desk.run(RecordVisit(complaint, "phone", True, "satisfied", text=said), SUPERVISOR)
    (row,) = rows(desk)
    assert (row.visited_on, row.reached, row.visit) == (
        "2026-11-05",
        True,
        "陈*梅表示认可，**** 可再联系",
    )


def test_days_of_a_later_round_run_from_its_beginning(desk: Desk) -> None:
    """As the statistics count them."""
    complaint = one_to_the_end(desk, "2026-11-02 09:00", "2026-11-04 09:00", "2026-11-05 09:00")
    desk.at("2026-11-09 09:00")
    desk.run(Reopen(complaint, "有新情况"), HEAD)
    (row,) = rows(desk)
    assert (row.told_on, row.gross_days, row.reached) == ("", None, None)
    desk.at("2026-11-12 09:00")
    desk.report(complaint)
    desk.run(Decide(complaint), HEAD)
    replied(desk, complaint)
    (row,) = rows(desk)
    assert (row.told_on, row.gross_days, row.net_days) == ("2026-11-12", 3, 3)
