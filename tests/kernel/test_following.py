"""Following the journal: which topics changed, by whichever station, and each of them once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from branch.bootstrap import Branch, open_branch
from branch.kernel.clock import SetClock
from branch.kernel.errors import RuleBroken
from branch.kernel.following import Follower
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Greet, Issue
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.commands.day import CloseDay

At = Callable[[str, str], Actor]


@pytest.fixture
def elsewhere(branch: Branch, url: str, clock: SetClock) -> Iterator[Branch]:
    opened = open_branch(url, clock)
    yield opened
    opened.close()


@pytest.fixture
def follower(branch: Branch, elsewhere: Branch) -> Follower:
    """Follows on a connection of its own, as another station does."""
    watching = Follower(elsewhere.store)
    assert watching.look() == frozenset()
    return watching


def test_nothing_new_is_no_topic(follower: Follower) -> None:
    assert follower.look() == frozenset()


def test_topics_of_another_station_are_told_once(
    follower: Follower, branch: Branch, actor: At
) -> None:
    branch.run(Issue("P01"), actor("KIOSK", "kiosk-1"))
    assert follower.look() == {"day", "ticket"}
    assert follower.look() == frozenset()


def test_topics_of_several_commands_come_together(
    follower: Follower, branch: Branch, actor: At
) -> None:
    branch.run(Greet(), actor("100301", "lobby"))
    branch.run(Issue("P01"), actor("KIOSK", "kiosk-1"))
    branch.run(OpenCounter(1), actor("100482", "counter-1"))
    assert follower.look() == {"day", "visit", "ticket", "counter"}


def test_a_refusal_is_a_topic_of_its_own(follower: Follower, branch: Branch, actor: At) -> None:
    with pytest.raises(RuleBroken):
        branch.run(CloseDay(), actor("100301", "lobby"))
    assert follower.look() == {"command"}


def test_ones_own_changes_are_told_too(follower: Follower, elsewhere: Branch, actor: At) -> None:
    elsewhere.run(Greet(), actor("100301", "lobby"))
    assert follower.look() == {"day", "visit"}


def test_what_went_before_is_not_news(branch: Branch, elsewhere: Branch, actor: At) -> None:
    branch.run(Greet(), actor("100301", "lobby"))
    late = Follower(elsewhere.store)
    assert late.look() == frozenset()
    branch.run(Greet(), actor("100301", "lobby"))
    assert late.look() == {"visit"}


def test_a_branch_founded_meanwhile_is_news(empty_url: str, sample, clock: SetClock) -> None:
    branch = open_branch(empty_url, clock)
    follower = Follower(branch.store)
    assert follower.look() == frozenset()
    branch.found(sample)
    assert follower.look() == {"branch"}
    branch.close()


def test_every_entry_is_told_once_and_in_order(
    follower: Follower, branch: Branch, actor: At
) -> None:
    branch.run(Greet(), actor("100301", "lobby"))
    branch.run(Issue("P01"), actor("KIOSK", "kiosk-1"))
    told = follower.news()
    assert [what for _, what in told] == ["day.opened", "visit.greeted", "ticket.issued"]
    revisions = [revision for revision, _ in told]
    assert revisions == list(range(revisions[0], revisions[0] + 3))
    assert follower.news() == []


def test_a_glance_sees_what_others_commit(follower: Follower, branch: Branch, actor: At) -> None:
    assert follower.glance() == frozenset()
    for expected in ({"day", "visit"}, {"visit"}, {"visit"}):
        branch.run(Greet(), actor("100301", "lobby"))
        assert follower.glance() == expected
        assert follower.glance() == frozenset()


def test_a_look_sees_ones_own_commits_where_a_glance_need_not(
    follower: Follower, elsewhere: Branch, branch: Branch, actor: At
) -> None:
    follower.glance()
    elsewhere.run(Greet(), actor("100301", "lobby"))
    assert follower.look() == {"day", "visit"}
    branch.run(Greet(), actor("100301", "lobby"))
    assert follower.glance() == {"visit"}
