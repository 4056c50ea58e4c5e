"""What is ticked off before a step agrees with what the step itself asks for."""

from __future__ import annotations

from datetime import timedelta

from branch.complaints.commands.acceptance import Accept
from branch.papers.commands import DeliverPaper
from branch.quality.commands import AddAction
from tests.complaints.desk import ADVISER, OFFICER, Desk
from tests.conftest import SHANGHAI
from ui.complaints.checks import checks_of


def ticks(desk: Desk, complaint: int) -> dict[str, bool]:
    """The list before the next step: what stands there, whether it is done."""
    detail = desk.detail(complaint)
    assert detail is not None
    found = checks_of(detail, frozenset(), desk.today, SHANGHAI)
    return {check.text: check.done for check in found.items}


def test_the_notice_of_acceptance_in_his_hands_tells_the_customer(desk: Desk) -> None:
    complaint = desk.register()
    desk.run(Accept(complaint, "verified"))
    assert ticks(desk, complaint)["已告知客户受理和期限"] is False
    notice = desk.paper(complaint, "TS-02A")
    assert ticks(desk, complaint)["已告知客户受理和期限"] is False
    desk.run(DeliverPaper(notice, "in_person", desk.clock.now_ms(), receiver="陈小梅"), OFFICER)
    assert ticks(desk, complaint)["已告知客户受理和期限"] is True


def test_a_promise_is_no_corrective_action(desk: Desk) -> None:
    complaint = desk.decided()
    desk.run(
        DeliverPaper(desk.letter(complaint), "in_person", desk.clock.now_ms(), receiver="陈小梅"),
        ADVISER,
    )
    due = desk.today + timedelta(days=3)
    owner = desk.staff(ADVISER)
    desk.run(AddAction("promise", complaint, "三个工作日内给书面说明", owner, due))
    assert ticks(desk, complaint)["整改措施已登记"] is False
    desk.run(AddAction("complaint", complaint, "更换宣传页", owner, due, cause="marketing"))
    assert ticks(desk, complaint)["整改措施已登记"] is True
