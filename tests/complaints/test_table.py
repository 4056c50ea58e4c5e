"""The state table, driven: every step from every state by every role, allowed or refused."""

from __future__ import annotations

from typing import Any

import pytest

from branch.complaints.commands import HANDLERS, acceptance, answering, handling, reviews
from branch.complaints.queries.desk import running_cases
from branch.complaints.records import ComplaintRow, ReReviewRow
from branch.complaints.rules import (
    OPEN,
    ROLES_OF,
    STEPS,
    State,
    Who,
    permission_of,
    steps_for,
)
from branch.kernel.errors import NotPermitted, Stale
from branch.people.rules import PERMISSIONS, Role
from branch.tools.scratch import spare_the_disk
from tests.complaints import make_steps
from tests.complaints.desk import (
    ADVISER,
    AUDITOR,
    GUARD,
    HEAD,
    LOBBY_MANAGER,
    OFFICER,
    SUPERIOR,
    SUPERVISOR,
    TELLER,
    Desk,
)

PEOPLE = {
    Role.LOBBY_MANAGER: LOBBY_MANAGER,
    Role.TELLER: TELLER,
    Role.ADVISER: ADVISER,
    Role.COMPLAINT_OFFICER: OFFICER,
    Role.SUPERVISOR: SUPERVISOR,
    Role.BRANCH_MANAGER: HEAD,
    Role.SUPERIOR: SUPERIOR,
    Role.GUARD: GUARD,
    Role.AUDITOR: AUDITOR,
}
MOVES = {code: step for code, step in STEPS.items() if step.froms}


def command(desk: Desk, step: str, case: int, other: int) -> object:
    """A command of this step that nothing but state and person could stand against."""
    now = desk.clock.now_ms()
    made: dict[str, object] = {
        "Accept": acceptance.Accept(case),
        "ProposeRefusal": acceptance.ProposeRefusal(case, "not_by_complainant", "并非本人"),
        "Refuse": acceptance.Refuse(case, "not_by_complainant", "并非本人"),
        "Refer": acceptance.Refer(case, "other_bank", "已告知联系他行"),
        "ProposeMerge": acceptance.ProposeMerge(case, other),
        "DeclineProposal": acceptance.DeclineProposal(case, "请继续办理"),
        "Merge": acceptance.Merge(case, other),
        "UndoMerge": acceptance.UndoMerge(case),
        "Withdraw": acceptance.Withdraw(case, own=True),
        "Assign": handling.Assign(case, desk.staff(SUPERVISOR)),
        "HandBack": handling.HandBack(case, "不属本部门"),
        "TakeOver": handling.TakeOver(case),
        "Investigate": handling.Investigate(case),
        "SolveOnTheSpot": handling.SolveOnTheSpot(case, "当场致歉", True, "people"),
        "Report": handling.Report(
            case,
            "not_true",
            "属实情况",
            "",
            "依据",
            "people",
            "single",
            frozenset(),
            "不予补偿",
            no_interest=True,
        ),
        "SendBack": handling.SendBack(case, "证据不足"),
        "Decide": handling.Decide(case),
        "Reply": answering.Reply(case, "internal", now),
        "Close": answering.Close(case),
        "Reopen": answering.Reopen(case, "有新情况"),
        "Archive": answering.Archive(case),
        "Unarchive": answering.Unarchive(case, "上级行 2026-1 号"),
        "StartReReview": reviews.StartReReview(case, desk.today, in_writing=True),
        "UpholdDecision": reviews.UpholdDecision(case, False, "维持"),
        "OrderRedo": reviews.OrderRedo(case, "重办"),
    }
    return made[step]


def put(desk: Desk, case: int, other: int, state: State, step: str, handler: int) -> None:
    """Bring a complaint to a state with everything any step asks for."""
    values: dict[str, Any] = {
        "state": state,
        "round": 1,
        "anonymous": step != "StartReReview",
        "handler": handler,
        "assigned_at": desk.clock.now_ms(),
        "handed_back": 0,
        "proposed": "merge" if step == "DeclineProposal" else "",
        "proposed_by": None,
        "reported_by": desk.staff(TELLER),
        "decided_by": desk.staff(TELLER),
        "decided_on": "",
        "decision": "不予补偿",
        "verified": "属实情况",
        "grounds": "依据",
        "finding": "not_true",
        "cause": "people",
        "notified_at": desk.clock.now_ms(),
        "reply_received_on": desk.today.isoformat(),
        # Settled at once, so that no report is owed before it is archived.
        "outcome": "on_the_spot" if step == "Archive" else "",
        "merged_into": other,
        "merged_state": "accepted",
        "closed_at": None,
        "archived_at": None,
    }
    database = desk.store.database
    with desk.store.transaction():
        ComplaintRow.update(values).where(ComplaintRow.id == case).execute(database)
        there = "closed" if step == "Archive" else "accepted"
        ComplaintRow.update(state=there).where(ComplaintRow.id == other).execute(database)
        ReReviewRow.delete().execute(database)
        if state is State.RE_REVIEW:
            ReReviewRow.insert(
                complaint=case, applied_on=desk.today.isoformat(), due="", reviewer=1, process="",
                time_limit="", result="", decision="", text="", told_on="",
            ).execute(database)  # fmt: skip


@pytest.mark.parametrize("role", list(PEOPLE))
def test_every_step_from_every_state(desk: Desk, role: Role) -> None:
    spare_the_disk(desk.store)
    case, other = desk.register(), desk.register()
    by = PEOPLE[role]
    his = bool(ROLES_OF[Who.HAND] & {role})
    for state in State:
        for code, step in MOVES.items():
            # Nobody decides on what he has investigated himself.
            handler = desk.staff(by if his and code != "Decide" else ADVISER)
            put(desk, case, other, state, code, handler)
            allowed = any(role in ROLES_OF[who] for who in step.who)
            wish = command(desk, code, case, other)
            if not allowed:
                # What may fall to him in another case is asked after the state.
                falls = role in permission_of(code) and state not in step.froms
                with pytest.raises(Stale if falls else NotPermitted):
                    desk.run(wish, by)
            elif state not in step.froms:
                with pytest.raises(Stale, match="complaint_step"):
                    desk.run(wish, by)
            else:
                desk.run(wish, by)
                after = desk.store.rows(f"SELECT state FROM complaint WHERE id = {case}", ())[0][0]
                expected = "accepted" if code == "UndoMerge" else str(step.to or state)
                assert after == expected, (state, code)


@pytest.mark.parametrize("code", [c for c, s in MOVES.items() if Who.HAND in s.who])
def test_a_handlers_step_is_his_alone(desk: Desk, code: str) -> None:
    case, other = desk.register(), desk.register()
    state = sorted(MOVES[code].froms)[0]
    put(desk, case, other, State(state), code, desk.staff(ADVISER))
    with pytest.raises(NotPermitted, match="complaint_part"):
        desk.run(command(desk, code, case, other), SUPERVISOR)


def test_the_permission_table_is_drawn_from_the_state_table() -> None:
    for code in STEPS:
        assert PERMISSIONS[code] == permission_of(code), code
    assert {kind.__name__ for kind in HANDLERS} >= set(STEPS)


def test_the_documentation_is_drawn_from_the_state_table() -> None:
    kept = make_steps.PATH.read_text("utf-8")
    assert kept == make_steps.text(), "run: .venv/bin/python -m tests.complaints.make_steps"
    for code in STEPS:
        assert f"`{code}`" in kept


def test_every_state_can_be_reached_and_left() -> None:
    reached = {step.to for step in STEPS.values() if step.to}
    assert reached == set(State)
    left = {state for step in STEPS.values() for state in step.froms}
    assert left == set(State)


def test_the_screens_offer_what_the_table_allows() -> None:
    assert steps_for("received", {"complaint_officer"}, False) == (
        "Accept",
        "ProposeRefusal",
        "ProposeMerge",
        "Withdraw",
    )
    assert steps_for("assigned", {"adviser"}, True) == ("HandBack", "TakeOver")
    assert steps_for("assigned", {"adviser"}, False) == ()
    assert steps_for("received", {"auditor"}, False) == ()
    assert steps_for("received", {"complaint_officer"}, False, kind="enquiry") == ()


def test_what_runs_is_on_the_desk(desk: Desk) -> None:
    case, other = desk.register(), desk.register()
    for state in State:
        put(desk, case, other, state, "Accept", desk.staff(ADVISER))
        listed = {line.id for line in running_cases(desk.store, desk.staff(OFFICER))}
        assert (case in listed) is (state in OPEN or state is State.REPLIED)
