"""What happens while a visitor is received: his words sealed, steps, mood, promises, help."""

from __future__ import annotations

from datetime import date

import pytest

from branch.complaints.commands.registration import SetSubjects
from branch.complaints.queries.actions import actions_to
from branch.kernel.errors import BranchError, NotFound, NotPermitted, RuleBroken
from branch.people.commands import BreakGlass
from branch.quality.commands import CheckAction, FinishAction
from branch.rooms.commands.ending import RevealSession
from branch.rooms.commands.talk import (
    AddCheck,
    AddPromise,
    AnswerSupport,
    AskSupport,
    ChangeCheck,
    GoToStep,
    MarkCalming,
    NoteMaterials,
    RemoveCheck,
    SaveStatement,
    SetMood,
    SetWishes,
)
from branch.rooms.queries.alarms import support_calls
from branch.rooms.queries.sessions import Check, open_sessions, session_view, sessions_of
from branch.rooms.session import Visitor
from tests.complaints.desk import ADVISER, HEAD, LOBBY_MANAGER, OFFICER, SUPERVISOR, TELLER
from tests.rooms.house import SAID, House

ANSWER_BY = date(2026, 11, 22)


def code(house: House, command: object, by: str = OFFICER) -> str:
    with pytest.raises(BranchError) as refused:
        house.in_room(command, by)
    return refused.value.code


def roles(house: House, *names: str) -> frozenset[str]:
    return frozenset(names)


def test_words_are_kept_at_each_step_and_sealed(house: House) -> None:
    session = house.held()
    house.in_room(SaveStatement(session, SAID))
    house.in_room(GoToStep(session, 2))
    assert (house.view(session).step, house.view(session).statement) == (2, SAID)
    house.in_room(GoToStep(session, 3, f"{SAID}\n也没人跟我讲。"))
    assert house.view(session).statement == f"{SAID}\n也没人跟我讲。"
    (kept,) = house.store.rows("SELECT statement, visitors FROM room_session", ())
    assert "年化" not in kept[0]
    assert "陈" not in kept[1]
    assert SAID not in repr(SaveStatement(session, SAID))
    assert code(house, GoToStep(session, 6)) == "step_unknown"
    assert code(house, SaveStatement(session, "很" * 5_001)) == "field_too_long"


def test_the_view_shows_masked_names(house: House) -> None:
    session = house.held(visitors=(Visitor("周建军"), Visitor("陈晓", "companion")))
    assert [(v.name, v.capacity) for v in house.view(session).visitors] == [
        ("周*军", "self"),
        ("陈*", "companion"),
    ]
    revealed = house.in_room(RevealSession(session, "contact"))
    assert [visitor.name for visitor in revealed] == ["周建军", "陈晓"]
    assert house.last.data == {"field": "visitors", "reason": "contact", "by_glass": False}
    assert code(house, RevealSession(session, "curiosity")) == "code_unknown"


def test_others_break_the_glass_for_the_names(house: House) -> None:
    session = house.held()
    assert code(house, RevealSession(session, "contact"), TELLER) == "reveal_not_permitted"
    house.run(BreakGlass("medical", "客户晕倒，须联系家属"), TELLER)
    (visitor, _companion) = house.in_room(RevealSession(session, "emergency"), TELLER)
    assert visitor.name == "陈小梅"
    assert house.last.data["by_glass"] is True


def test_wishes_and_materials(house: House) -> None:
    session = house.held()
    house.in_room(SetWishes(session, frozenset({"explanation", "compensation"})))
    house.in_room(NoteMaterials(session, "宣传页一张，已给收条"))
    view = house.view(session)
    assert view.wishes == {"explanation", "compensation"}
    assert view.materials == "宣传页一张，已给收条"
    assert code(house, SetWishes(session, frozenset({"revenge"}))) == "code_unknown"
    assert "收条" not in "".join(map(repr, house.entries))


def test_points_to_verify(house: House) -> None:
    session = house.held()
    first = house.in_room(AddCheck(session, "产品协议与风险揭示书"))
    second = house.in_room(AddCheck(session, "宣传页", "风险提示不在同一位置", "differs"))
    house.in_room(ChangeCheck(first, "产品协议与风险揭示书", "已看，客户本人签字", "true"))
    assert house.view(session).checks == (
        Check(first, "产品协议与风险揭示书", "已看，客户本人签字", "true"),
        Check(second, "宣传页", "风险提示不在同一位置", "differs"),
    )
    house.in_room(RemoveCheck(second))
    assert len(house.view(session).checks) == 1
    assert code(house, RemoveCheck(second)) == "check_unknown"
    assert code(house, AddCheck(session, " ")) == "field_empty"
    assert code(house, AddCheck(session, "录像", "", "maybe")) == "code_unknown"
    for n in range(59):
        house.in_room(AddCheck(session, f"材料 {n}"))
    assert code(house, AddCheck(session, "多一项")) == "checks_most"


def test_a_promise_becomes_its_owners_task(house: House) -> None:
    session = house.held()
    case = house.view(session).line.complaint
    assert case is not None
    adviser = house.staff(ADVISER)
    action = house.in_room(AddPromise(session, "出具书面答复", adviser, ANSWER_BY))
    (promise,) = house.view(session).promises
    assert (promise.text, promise.owner_name, promise.due_on) == (
        "出具书面答复",
        "郑岚",
        "2026-11-22",
    )
    assert [one.id for one in actions_to(house.store, adviser)] == [action]
    detail = house.detail(case)
    assert detail is not None
    assert [one.id for one in detail.actions] == [action]
    house.in_room(FinishAction(action, "已答复"), ADVISER)
    house.in_room(CheckAction(action, good=True), SUPERVISOR)
    assert house.view(session).promises[0].state == "closed"


def test_a_promise_needs_a_case_an_owner_and_a_day_to_come(house: House) -> None:
    session = house.start()
    with pytest.raises(RuleBroken) as refused:
        house.in_room(AddPromise(session, "答复", house.staff(ADVISER), ANSWER_BY))
    assert refused.value.code == "promise_needs_case"
    other = house.held(
        room=house.room(1).id, staff_1=house.staff(ADVISER), staff_2=house.staff(SUPERVISOR)
    )
    assert code(house, AddPromise(other, "答复", 999, ANSWER_BY)) == "owner_unknown"
    past = AddPromise(other, "答复", house.staff(ADVISER), date(2026, 11, 19))
    assert code(house, past) == "due_past"


def test_whom_it_is_about_sees_no_promise_of_it(house: House) -> None:
    session = house.held()
    case = house.view(session).line.complaint
    assert case is not None
    action = house.in_room(AddPromise(session, "整改宣传页", house.staff(OFFICER), ANSWER_BY))
    house.run(SetSubjects(case, frozenset({house.staff(SUPERVISOR)})))
    assert actions_to(house.store, house.staff(SUPERVISOR)) == ()
    house.in_room(FinishAction(action, "已换"))
    with pytest.raises(NotFound):
        house.in_room(CheckAction(action, good=True), SUPERVISOR)


def test_calming_steps_are_ticked_and_unticked(house: House) -> None:
    session = house.held()
    house.in_room(MarkCalming(session, "seated"))
    before = len(house.entries)
    house.in_room(MarkCalming(session, "seated"))
    assert len(house.entries) == before
    house.in_room(MarkCalming(session, "listened"))
    assert house.view(session).calming == {"seated", "listened"}
    house.in_room(MarkCalming(session, "seated", done=False))
    assert house.view(session).calming == {"listened"}
    assert code(house, MarkCalming(session, "argued")) == "code_unknown"


def test_somebody_upset_calls_the_manager_by_himself(house: House) -> None:
    session = house.held(mood=2)
    manager = roles(house, "branch_manager")
    assert support_calls(house.store, manager) == ()
    house.in_room(SetMood(session, 3))
    assert support_calls(house.store, manager) == ()
    house.in_room(SetMood(session, 4))
    house.in_room(SetMood(session, 5))
    (call,) = support_calls(house.store, manager)
    assert (call.kind, call.room_name) == ("manager", "接待室 1")
    assert support_calls(house.store, roles(house, "lobby_manager")) == ()
    house.in_room(AnswerSupport(session, "manager"), HEAD)
    assert support_calls(house.store, manager) == ()
    assert code(house, AnswerSupport(session, "manager"), HEAD) == "support_answered"
    view = house.view(session)
    assert (view.mood_start, view.mood) == (2, 5)
    assert [(one.kind, one.answered_at is None) for one in view.support] == [("manager", False)]


def test_somebody_who_comes_upset_calls_him_at_once(house: House) -> None:
    house.held(mood=4)
    assert len(support_calls(house.store, roles(house, "branch_manager"))) == 1


def test_tea_and_five_minutes_rest(house: House) -> None:
    session = house.held()
    house.in_room(AskSupport(session, "rest"))
    before = len(house.entries)
    house.in_room(AskSupport(session, "rest"))
    assert len(house.entries) == before
    lobby = roles(house, "lobby_manager")
    assert [one.kind for one in support_calls(house.store, lobby)] == ["rest"]
    assert support_calls(house.store, roles(house, "guard")) == ()
    assert code(house, AskSupport(session, "cake")) == "code_unknown"
    house.end(session)
    assert support_calls(house.store, lobby) == ()


def test_only_the_two_and_the_desk_write(house: House) -> None:
    session = house.held(staff_1=house.staff(ADVISER), staff_2=house.staff(LOBBY_MANAGER))
    for by in (ADVISER, LOBBY_MANAGER, OFFICER, SUPERVISOR, HEAD):
        house.in_room(SaveStatement(session, SAID), by)
    with pytest.raises(NotPermitted) as refused:
        house.in_room(SaveStatement(session, "别的话"), TELLER)
    assert refused.value.code == "session_part"


def test_whom_it_is_about_finds_no_session(house: House) -> None:
    session = house.held()
    case = house.view(session).line.complaint
    assert case is not None
    house.run(SetSubjects(case, frozenset({house.staff(HEAD)})))
    head, now = house.staff(HEAD), house.clock.now_ms()
    assert session_view(house.store, session, head, now) is None
    assert open_sessions(house.store, head) == ()
    assert sessions_of(house.store, case, head) == ()
    assert len(sessions_of(house.store, case, house.staff(OFFICER))) == 1
    with pytest.raises(NotFound):
        house.in_room(SaveStatement(session, "别的话"), HEAD)


def test_which_time_this_year(house: House) -> None:
    house.register()
    session = house.held()
    assert house.view(session).this_year == 2
    house.end(session)
    house.tidy()
    assert house.view(house.start()).this_year == 0
