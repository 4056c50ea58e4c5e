"""A complainant's full values: with a permission or broken glass, a reason, and an entry."""

from __future__ import annotations

import pytest

from branch.complaints.commands.revealing import FIELDS, RevealCase
from branch.complaints.queries.alike import alike_to
from branch.kernel.errors import BadInput, NotFound, NotPermitted
from branch.people.commands import BreakGlass
from tests.complaints.desk import ADVISER, AUDITOR, HEAD, OFFICER, TELLER, Desk

WHOLE = {
    "name": "陈小梅",
    "phone": "13812345172",
    "address": "湖滨路 1 号",
    "email": "chen@example.com",
    "agent": "周军",
    "agent_phone": "13700001111",
}


def test_every_field_is_shown_whole_and_recorded(desk: Desk) -> None:
    who = {name: value for name, value in WHOLE.items() if name not in ("name", "phone")}
    complaint = desk.register(who={**who, "capacity": "agent"})
    assert set(FIELDS) == set(WHOLE)
    for field, value in WHOLE.items():
        assert desk.run(RevealCase(complaint, field, "contact"), ADVISER) == value
        assert desk.last.what == "complaint.revealed"
        assert desk.last.data == {"field": field, "reason": "contact", "by_glass": False}


def test_others_need_broken_glass(desk: Desk) -> None:
    complaint = desk.register()
    with pytest.raises(NotPermitted, match="reveal_not_permitted"):
        desk.run(RevealCase(complaint, "phone", "contact"), TELLER)
    desk.run(BreakGlass("medical", "客户晕倒，须联系家属"), TELLER)
    assert desk.run(RevealCase(complaint, "phone", "emergency"), TELLER) == WHOLE["phone"]
    assert desk.last.data["by_glass"] is True
    with pytest.raises(NotPermitted):
        desk.run(RevealCase(complaint, "phone", "contact"), AUDITOR)


def test_to_whom_it_is_about_it_is_not_there(desk: Desk) -> None:
    complaint = desk.register(subjects=frozenset({desk.staff(HEAD)}))
    with pytest.raises(NotFound, match="complaint_unknown"):
        desk.run(RevealCase(complaint, "name", "contact"), HEAD)
    desk.run(BreakGlass("police", "调查需要"), HEAD)
    with pytest.raises(NotFound, match="complaint_unknown"):
        desk.run(RevealCase(complaint, "name", "police"), HEAD)


def test_a_reason_and_a_field_of_the_list(desk: Desk) -> None:
    complaint = desk.register()
    with pytest.raises(BadInput):
        desk.run(RevealCase(complaint, "name", "curiosity"), OFFICER)
    with pytest.raises(NotFound, match="field_unknown"):
        desk.run(RevealCase(complaint, "document", "contact"), OFFICER)
    with pytest.raises(NotFound, match="complaint_unknown"):
        desk.run(RevealCase(complaint + 1, "name", "contact"), OFFICER)


def test_alike_are_those_of_the_same_telephone_or_name(desk: Desk) -> None:
    first = desk.register()
    renamed = desk.register(who={"name": "陈女士"})
    elsewhere = desk.register(who={"phone": "13900000000"})
    numberless = desk.register(who={"phone": ""})
    officer = desk.staff(OFFICER)
    assert [line.id for line in alike_to(desk.store, first, officer)] == [
        numberless,
        elsewhere,
        renamed,
    ]
    assert [line.id for line in alike_to(desk.store, renamed, officer)] == [first]
    # Without a number the name has to do.
    found = [line.id for line in alike_to(desk.store, numberless, officer)]
    assert found == [elsewhere, first]
    assert alike_to(desk.store, numberless + 1, officer) == ()


def test_alike_tells_nobody_of_himself(desk: Desk) -> None:
    first = desk.register()
    about = desk.register(subjects=frozenset({desk.staff(OFFICER)}))
    officer = desk.staff(OFFICER)
    assert alike_to(desk.store, first, officer) == ()
    assert alike_to(desk.store, about, officer) == ()
