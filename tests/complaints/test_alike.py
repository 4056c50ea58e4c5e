"""What is proposed as the same person's or the same matter; a person decides."""

from __future__ import annotations

from typing import Any

import pytest

from branch.complaints.likeness import alike
from branch.complaints.queries.alike import alike_cases, alike_to, same_matter
from tests.complaints.desk import OFFICER, Desk

NOBODY = {"name": "", "phone": "", "anonymous": True}
CARD = {"document": "resident_id", "document_number": "11010519491231002X"}
CODE = {"credit_code": "91350100M000100Y43"}
FEE = {
    "title": "小额账户管理费说不清",
    "facts": "柜员扣了小额账户管理费，没有事先说明。",
    "biz_class": "debit_card",
    "reason": "pricing",
}


def ids(lines: Any) -> list[int]:
    return [line.id for line in lines]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"phone": ""}, {}),
        ({"name": "陈女士"}, {}),
        ({"name": "陈女士", "phone": "", **CARD}, {"phone": "13900000001", **CARD}),
        ({"name": "甲公司", "phone": "", **CODE}, {"name": "甲有限公司", **CODE}),
    ],
    ids=["name", "phone", "document", "code"],
)
def test_one_person_by_any_mark(desk: Desk, one: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = desk.register(who=other), desk.register("letter", who=one)
    desk.register(who={"name": "王强", "phone": "13900000009"})
    staff = desk.staff(OFFICER)
    assert ids(alike_to(desk.store, second, staff)) == [first]
    assert ids(alike_to(desk.store, first, staff)) == [second]


def test_who_is_being_registered_is_known_by_his_document(desk: Desk) -> None:
    first = desk.register(who=CARD)
    staff, since = desk.staff(OFFICER), "2026-01-01"
    number = CARD["document_number"]
    assert ids(alike_cases(desk.store, staff, "", "", since, document=number)) == [first]
    assert ids(alike_cases(desk.store, staff, " 陈小梅 ", "", since)) == [first]
    assert alike_cases(desk.store, staff, "陈小梅", "", "2026-12-01") == ()
    assert alike_cases(desk.store, staff, "", "", since) == ()


def test_one_matter_of_several_also_unsigned(desk: Desk) -> None:
    first = desk.register(what=FEE)
    words = {**FEE, "title": "扣费没有说明", "facts": "扣了我的小额账户管理费，事先没有说明"}
    note = desk.register("book", who=NOBODY, what=words)
    desk.register("book", who=NOBODY, what={**words, "reason": "service"})
    desk.register(
        "book", who=NOBODY, what={**FEE, "title": "换卡收费太贵", "facts": "补卡要收十元工本费"}
    )
    staff = desk.staff(OFFICER)
    assert ids(same_matter(desk.store, note, staff)) == [first]
    assert ids(same_matter(desk.store, first, staff)) == [note]
    desk.clock.advance(31 * 86_400)
    later = desk.register(what=FEE)
    assert same_matter(desk.store, later, staff) == ()


def test_one_place_is_enough(desk: Desk) -> None:
    what = {**FEE, "incident_place": "自助区 2 号机"}
    first = desk.register(what=what)
    other = {**what, "title": "机器多扣", "facts": "钱不对"}
    second = desk.register("book", who=NOBODY, what=other)
    assert ids(same_matter(desk.store, second, desk.staff(OFFICER))) == [first]


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("理财到期收益与宣传不一致", "理财 到期收益，与宣传页不一致！", True),
        ("理财到期收益与宣传不一致", "柜员态度不好，排队太久", False),
        ("", "", False),
        ("差", "差", False),
        ("Fee charged twice", "charged a fee TWICE", True),
    ],
)
def test_like_words(one: str, other: str, like: bool) -> None:
    assert alike(one, other) is like
    assert alike(other, one) is like
