"""Step 8: what was closed before it is asked for no effect, what is closed after it is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from branch.bootstrap import Branch, open_branch
from branch.complaints.commands.registration import Register
from branch.complaints.description import Complainant, Matter
from branch.kernel import journal, migrations
from branch.kernel.clock import SetClock
from branch.kernel.errors import Stale
from branch.kernel.runner import Actor
from branch.kernel.store import open_store
from branch.people.queries import account_id
from branch.quality.commands import CheckAction, CheckEffect
from branch.quality.queries import Action, closed_actions, effects_due, open_actions
from tests.conftest import OPENING
from tests.migrations.make_stored import STORED, plan

CHECKER = "200001"
# As the program of version 7 wrote them: one closed, one done and not looked at.
INSERT = (
    "INSERT INTO corrective_action (source, ref, text, cause, owner, due_on, state, evidence,"
    " made_at, made_by, done_at, checked_by, checked_at, reopened, raised, rev) VALUES"
    " ('complaint', {ref}, '更换宣传页', 'marketing', {owner}, '2026-10-01', '{state}', '已换',"
    " 1, {owner}, 2, {checker}, {checker}, 0, 0, 1)"
)


@pytest.fixture
def old_url(empty_url: str, tmp_path: Path) -> str:
    """A store of version 7: the one that was kept, and one on a server."""
    if empty_url.startswith("sqlite"):
        path = Path(empty_url.removeprefix("sqlite:///"))
        path.parent.mkdir()
        shutil.copy(STORED / "v0007.db", path)
        return empty_url
    shutil.copytree(
        migrations._STEPS, tmp_path / "steps", ignore=shutil.ignore_patterns("0008*", "__pycache__")
    )
    with pytest.MonkeyPatch.context() as then:
        then.setattr(migrations, "_STEPS", tmp_path / "steps")
        branch = open_branch(empty_url, SetClock(OPENING))
        branch.found(plan())
        branch.close()
    return empty_url


def put_actions(url: str, ref: int) -> None:
    store = open_store(url)
    owner, checker = account_id(store, "200301"), account_id(store, CHECKER)
    with store.transaction():
        for state, by in (("closed", checker), ("done", "NULL")):
            store.database.execute_sql(INSERT.format(ref=ref, owner=owner, state=state, checker=by))
    store.close()


@pytest.fixture
def upgraded(old_url: str) -> Iterator[Branch]:
    put_actions(old_url, 1)
    branch = open_branch(old_url, SetClock(OPENING))
    yield branch
    branch.close()


def test_the_actions_are_there_and_none_is_asked_for_its_effect(upgraded: Branch) -> None:
    (before,) = closed_actions(upgraded.store)
    (done,) = open_actions(upgraded.store)
    assert (before.text, before.evidence, before.checker) == ("更换宣传页", "已换", "管理员")
    for one in (before, done):
        assert (one.effect_due, one.effect, one.effect_note, one.effect_at) == ("", "", "", None)
        assert one.effect_checker == ""
    assert effects_due(upgraded.store, "2099-12-31") == ()
    checker = Actor(account_id(upgraded.store, CHECKER) or 0, "dashboard")
    with pytest.raises(Stale, match="action_moved_on"):
        upgraded.run(CheckEffect(before.id, good=True), checker)
    assert journal.verify(upgraded.store)


def test_what_is_closed_after_it_waits_for_its_effect(upgraded: Branch) -> None:
    registered = upgraded.run(
        Register(
            "on_site",
            complainant=Complainant("陈小梅", "13812345172"),
            matter=Matter("收益不一致", "与宣传不一致。", "说明原因", biz_channel="counter"),
            received_at=OPENING,
        ),
        Actor(account_id(upgraded.store, "200301") or 0, "lobby"),
    )
    assert registered.value.id == 1
    (done,) = open_actions(upgraded.store)
    checker = Actor(account_id(upgraded.store, CHECKER) or 0, "dashboard")
    upgraded.run(CheckAction(done.id, good=True), checker)
    closed: dict[int, Action] = {one.id: one for one in closed_actions(upgraded.store)}
    assert closed[done.id].effect_due == "2026-12-20"
