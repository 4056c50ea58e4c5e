"""Emergency access: a quarter of an hour for whoever needs it, an alarm until it is reviewed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from branch.bootstrap import Branch
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.errors import BadInput, NotFound, NotPermitted, Stale
from branch.kernel.runner import Actor
from branch.people.commands import BreakGlass, ReviewBreakGlass
from branch.people.queries import OpenGlass, break_glass_text, glass_until, open_break_glass
from branch.people.rules import GLASS_MS
from tests.conftest import OPENING

At = Callable[[str, str], Actor]
SECRET = "客户张三丰突然晕倒"


@pytest.fixture
def teller(actor: At) -> Actor:
    return actor("100482", "counter-1")


@pytest.fixture
def supervisor(actor: At) -> Actor:
    return actor("100201", "admin")


def glass_of(branch: Branch) -> OpenGlass:
    (only,) = open_break_glass(branch.store)
    return only


def test_it_lasts_for_fifteen_minutes(branch: Branch, clock: SetClock, teller: Actor) -> None:
    assert glass_until(branch.store, teller.staff, clock.now_ms()) is None
    until = branch.run(BreakGlass("medical", SECRET), teller).value
    assert until == OPENING + GLASS_MS == OPENING + 15 * 60 * 1_000
    assert glass_until(branch.store, teller.staff, until - 1) == until
    assert glass_until(branch.store, teller.staff, until) is None
    assert glass_until(branch.store, teller.staff, OPENING - 1) is None
    assert glass_until(branch.store, teller.staff + 1, until - 1) is None


def test_a_second_one_lengthens_the_time(branch: Branch, clock: SetClock, teller: Actor) -> None:
    branch.run(BreakGlass("fire", "疏散"), teller)
    clock.advance(600)
    second = branch.run(BreakGlass("fire", "还在疏散"), teller).value
    assert glass_until(branch.store, teller.staff, clock.now_ms()) == second
    assert len(open_break_glass(branch.store)) == 2


def test_the_alarm_says_who_where_when_and_what_was_seen(
    branch: Branch, clock: SetClock, teller: Actor
) -> None:
    branch.run(BreakGlass("police", SECRET), teller)
    one = glass_of(branch)
    assert (one.staff, one.name, one.station, one.reason, one.at, one.until, one.views) == (
        teller.staff, "王敏", "counter-1", "police", OPENING, OPENING + GLASS_MS, 0,
    )  # fmt: skip
    assert break_glass_text(branch.store, one.id) == SECRET
    assert break_glass_text(branch.store, 987_654) == ""
    look(branch, one.at + 1, teller.staff, "visitor.revealed")
    look(branch, one.until, teller.staff, "visitor.revealed")
    look(branch, one.at + 2, teller.staff + 1, "visitor.revealed")
    look(branch, one.at + 3, teller.staff, "visitor.came")
    assert glass_of(branch).views == 1


def look(branch: Branch, at: int, staff: int, what: str) -> None:
    """An entry as the journal would have it, at an instant and by an account of choice."""
    revision = branch.store.rows("SELECT max(revision) FROM journal", ())[0][0] + 1
    with branch.store.transaction():
        journal.append(branch.store, "", revision, at, "lobby", staff, what, "17", {})


def test_words_are_sealed_and_nowhere_else(
    branch: Branch, teller: Actor, supervisor: Actor
) -> None:
    command = BreakGlass("medical", SECRET)
    branch.run(command, teller)
    review = ReviewBreakGlass(glass_of(branch).id, SECRET)
    assert SECRET not in f"{command!r}{review!r}"
    branch.run(review, supervisor)
    shown = branch.store.rows("SELECT text, finding FROM break_glass", ())
    assert all(sealed and SECRET not in sealed for row in shown for sealed in row)
    assert SECRET not in repr(branch.store.rows("SELECT what, subject, data FROM journal", ()))


@pytest.mark.parametrize(
    ("reason", "text", "code", "field"),
    [
        ("curiosity", "我想看看", "code_unknown", "reason"),
        ("medical", "  ", "field_empty", "text"),
        ("other", "", "field_empty", "text"),
        ("medical", "长" * 501, "field_too_long", "text"),
    ],
)
def test_without_a_reason_in_words_it_stays_closed(
    branch: Branch, teller: Actor, reason: str, text: str, code: str, field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        branch.run(BreakGlass(reason, text), teller)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert open_break_glass(branch.store) == ()


@pytest.mark.parametrize("account", ["KIOSK", "BOARD"])
def test_no_station_without_a_person_breaks_it(branch: Branch, actor: At, account: str) -> None:
    with pytest.raises(NotPermitted, match="not_permitted"):
        branch.run(BreakGlass("fire", "疏散"), actor(account, "kiosk-1"))


def test_a_review_ends_alarm_and_access(
    branch: Branch, clock: SetClock, teller: Actor, supervisor: Actor
) -> None:
    branch.run(BreakGlass("medical", SECRET), teller)
    glass = glass_of(branch).id
    branch.run(ReviewBreakGlass(glass, "确有必要，家属已联系"), supervisor)
    assert open_break_glass(branch.store) == ()
    assert glass_until(branch.store, teller.staff, clock.now_ms()) is None
    last = list(journal.entries(branch.store))[-1]
    assert (last.what, last.subject, last.data) == (
        "glass.reviewed", str(teller.staff), {"id": glass},
    )  # fmt: skip
    with pytest.raises(Stale, match="glass_reviewed"):
        branch.run(ReviewBreakGlass(glass, "再看一次"), supervisor)


def test_nobody_reviews_his_own(branch: Branch, supervisor: Actor, actor: At) -> None:
    branch.run(BreakGlass("medical", SECRET), supervisor)
    glass = glass_of(branch).id
    with pytest.raises(NotPermitted, match="own_glass"):
        branch.run(ReviewBreakGlass(glass, "没问题"), supervisor)
    assert glass_of(branch).id == glass
    branch.run(ReviewBreakGlass(glass, "已核对"), actor("100402", "admin"))
    assert open_break_glass(branch.store) == ()


def test_a_review_says_what_was_found(branch: Branch, teller: Actor, supervisor: Actor) -> None:
    branch.run(BreakGlass("medical", SECRET), teller)
    with pytest.raises(BadInput, match="field_empty"):
        branch.run(ReviewBreakGlass(glass_of(branch).id, " "), supervisor)
    with pytest.raises(NotFound, match="glass_unknown"):
        branch.run(ReviewBreakGlass(987_654, "没有"), supervisor)
