"""The command runner: permission, one transaction, every fact and every refusal kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from branch.bootstrap import Branch, open_branch
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.errors import BadInput, NotPermitted, RuleBroken, StoreDamaged, StoreUnavailable
from branch.kernel.runner import Actor, Handler, Outcome, Runner, Work
from branch.kernel.setting import keep_setting, setting
from branch.lobby.commands.arrivals import Issue
from branch.people.commands import AddStaff, SignIn, roles_of
from tests.conftest import OPENING


@dataclass(frozen=True)
class Probe:
    """A command whose doing is the test's."""

    facts: int = 1
    refuse: bool = False
    break_down: bool = False


@dataclass(frozen=True)
class Forbidden:
    """A command that no table opens to anybody."""


class Bench:
    """A runner with the probe on a branch's store, and a note of what it was given."""

    def __init__(self, branch: Branch) -> None:
        self.store = branch.store
        self.works: list[Work] = []
        self.before: list[str] = []
        self.prepared_at_depth: list[int] = []
        self._runner = Runner(
            branch.store,
            branch.clock,
            {Probe: Handler(self.probe, self.prepare), Forbidden: Handler(self.probe)},
            roles_of,
            lambda name, roles: name == "Probe" and bool(roles),
            self.beforehand,
        )

    def prepare(self, store: object, command: Probe, actor: Actor) -> str:
        self.prepared_at_depth.append(self.store.database.transaction_depth())
        return f"prepared for {actor.station}"

    def beforehand(self, work: Work, command: object) -> None:
        self.before.append(type(command).__name__)

    def probe(self, work: Work, command: Probe) -> str:
        self.works.append(work)
        keep_setting(work.store, "elderly_age", 70)
        for number in range(command.facts):
            work.record("probe.tried", number, ordinal=number)
        if command.refuse:
            raise RuleBroken("day_not_open")
        if command.break_down:
            raise ZeroDivisionError
        return str(work.prepared)

    def run(self, command: object, actor: Actor) -> Outcome[str]:
        return self._runner.run(command, actor)

    @property
    def entries(self) -> list[journal.Entry]:
        return list(journal.entries(self.store))


@pytest.fixture
def bench(branch: Branch) -> Bench:
    return Bench(branch)


@pytest.fixture
def me(actor: Callable[[str, str], Actor]) -> Actor:
    return actor("100301", "lobby")


def test_a_command_is_one_fact_one_revision_and_one_topic(bench: Bench, me: Actor) -> None:
    before, _ = journal.head(bench.store)
    outcome = bench.run(Probe(), me)
    assert outcome == Outcome("prepared for lobby", before + 1, frozenset({"probe"}))
    fact = bench.entries[-1]
    assert (fact.revision, fact.at, fact.station, fact.staff) == (
        before + 1,
        OPENING,
        "lobby",
        me.staff,
    )
    assert (fact.what, fact.topic, fact.subject, fact.data) == (
        "probe.tried",
        "probe",
        "0",
        {"ordinal": 0},
    )
    assert journal.head(bench.store) == (before + 1, fact.hash)


@pytest.mark.parametrize("facts", [0, 1, 2, 7])
def test_the_revision_grows_by_the_number_of_facts(bench: Bench, me: Actor, facts: int) -> None:
    before, _ = journal.head(bench.store)
    outcome = bench.run(Probe(facts=facts), me)
    assert outcome.revision == before + facts == journal.head(bench.store)[0]
    assert len(bench.entries) == before + facts
    assert journal.verify(bench.store) == before + facts
    again = bench.run(Probe(), me)
    assert again.revision == before + facts + 1


def test_a_command_without_a_fact_leaves_revision_and_head(bench: Bench, me: Actor) -> None:
    before = journal.head(bench.store)
    assert bench.run(Probe(facts=0), me).changes == frozenset()
    assert journal.head(bench.store) == before


def test_a_refused_command_leaves_only_its_refusal(bench: Bench, me: Actor) -> None:
    before, _ = journal.head(bench.store)
    with pytest.raises(RuleBroken):
        bench.run(Probe(facts=3, refuse=True), me)
    assert setting(bench.store, "elderly_age") == 60
    assert len(bench.entries) == before + 1
    refusal = bench.entries[-1]
    assert (refusal.what, refusal.subject, refusal.staff, refusal.station, refusal.data) == (
        "command.refused",
        "Probe",
        me.staff,
        "lobby",
        {"code": "day_not_open"},
    )
    assert journal.verify(bench.store) == before + 1


def test_a_defect_takes_everything_back_and_keeps_nothing(bench: Bench, me: Actor) -> None:
    before = journal.head(bench.store)
    with pytest.raises(ZeroDivisionError):
        bench.run(Probe(facts=3, break_down=True), me)
    assert setting(bench.store, "elderly_age") == 60
    assert journal.head(bench.store) == before
    assert len(bench.entries) == before[0]
    assert bench.run(Probe(), me).revision == before[0] + 1


def test_permission_comes_before_everything(bench: Bench, me: Actor) -> None:
    with pytest.raises(NotPermitted) as refused:
        bench.run(Forbidden(), me)
    assert refused.value.code == "not_permitted"
    assert bench.works == []
    assert bench.before == []
    assert bench.entries[-1].data == {"code": "not_permitted"}
    assert bench.entries[-1].subject == "Forbidden"


@pytest.mark.parametrize("staff", [-2, -1, 987_654])  # 0 is the program itself
def test_an_unknown_account_may_nothing(bench: Bench, staff: int) -> None:
    with pytest.raises(NotPermitted):
        bench.run(Probe(), Actor(staff, "lobby"))
    assert bench.works == []
    assert bench.prepared_at_depth == []
    assert bench.entries[-1].staff == staff
    assert bench.entries[-1].what == "command.refused"


def test_slow_work_is_done_before_the_transaction(bench: Bench, me: Actor) -> None:
    assert bench.run(Probe(), me).value == "prepared for lobby"
    assert bench.prepared_at_depth == [0]


def test_what_a_branch_always_does_first_is_done_first(bench: Bench, me: Actor) -> None:
    bench.run(Probe(), me)
    assert bench.before == ["Probe"]


def test_the_work_in_hand_knows_time_zone_day_and_roles(bench: Bench, me: Actor) -> None:
    bench.run(Probe(), me)
    work = bench.works[0]
    assert (work.now, str(work.zone), work.day, work.actor) == (OPENING, "Asia/Shanghai", "", me)
    assert work.roles == {"lobby_manager"}


def test_a_refusal_before_the_transaction_is_kept_too(
    branch: Branch, actor: Callable[[str, str], Actor]
) -> None:
    with pytest.raises(BadInput, match="pin_form"):
        branch.run(
            AddStaff("100999", "新人", frozenset({"teller"}), "12"), actor("100001", "admin")
        )
    entry = list(journal.entries(branch.store))[-1]
    assert (entry.what, entry.subject, entry.data["code"]) == (
        "command.refused",
        "AddStaff",
        "pin_form",
    )


def test_nobody_without_permission_learns_what_is_wrong(
    branch: Branch, actor: Callable[[str, str], Actor]
) -> None:
    with pytest.raises(NotPermitted):
        branch.run(AddStaff("100999", "新人", frozenset({"teller"}), "12"), actor("100482", "x"))


def test_whoever_signs_in_needs_no_account(branch: Branch, sample) -> None:
    member = next(staff for staff in sample.staff if staff.staff_no == "100482")
    outcome = branch.run(SignIn("100482", member.pin), Actor(0, "counter-1"))
    assert outcome.value.name == "王敏"
    assert outcome.changes == {"session"}


def test_a_store_without_a_branch_takes_no_command(empty_url: str) -> None:
    branch = open_branch(empty_url, SetClock(OPENING))
    with pytest.raises(StoreDamaged):
        branch.run(Issue("P01"), Actor(1, "kiosk-1"))
    assert not branch.founded
    branch.close()


def test_a_closed_store_is_unavailable(branch: Branch) -> None:
    branch.close()
    with pytest.raises(StoreUnavailable):
        branch.run(Issue("P01"), Actor(1, "kiosk-1"))
