"""Help is asked for and answered once; a finished service is rated once, or declined."""

from __future__ import annotations

import pytest

from branch.kernel.errors import BadInput, NotFound, Stale
from branch.lobby.commands.calling import Finish, Undo
from branch.lobby.commands.floor import AnswerHelp, AskHelp, Rate
from branch.lobby.queries.screens import console, rating_due
from branch.lobby.queries.summary import day_summary
from branch.lobby.rules import HELP_KINDS
from tests.conftest import OPENING
from tests.lobby.hall import Hall


def asked(hall: Hall) -> list[tuple[str, str, str, int]]:
    return [
        (call.station, call.kind, call.number, call.asked_at) for call in console(hall.store).help
    ]


@pytest.mark.parametrize("kind", HELP_KINDS)
def test_help_is_asked_from_a_station_and_answered(hall: Hall, kind: str) -> None:
    ticket = hall.issue()
    hall.wait(60)
    help_id = hall.kiosk(AskHelp(kind, ticket.id))
    assert asked(hall) == [("kiosk-1", kind, "A001", OPENING + 60_000)]
    assert hall.last.data == {"kind": kind, "ticket": ticket.id}
    hall.lobby(AnswerHelp(help_id))
    assert asked(hall) == []
    assert (hall.last.what, hall.last.subject) == ("help.answered", str(help_id))


def test_asking_again_while_one_is_open_changes_nothing(hall: Hall) -> None:
    first = hall.kiosk(AskHelp())
    before = hall.last
    assert hall.kiosk(AskHelp()) == first
    assert hall.last == before
    hall.lobby(AnswerHelp(first))
    assert hall.kiosk(AskHelp()) != first


def test_each_station_and_each_kind_asks_for_itself(hall: Hall) -> None:
    hall.kiosk(AskHelp())
    hall.kiosk(AskHelp("printer"))
    hall.at(1, AskHelp("counter"))
    hall.at(2, AskHelp("counter"))
    assert [(station, kind) for station, kind, *_ in asked(hall)] == [
        ("kiosk-1", "customer"),
        ("kiosk-1", "printer"),
        ("counter-1", "counter"),
        ("counter-2", "counter"),
    ]


def test_the_first_to_answer_goes(hall: Hall) -> None:
    help_id = hall.kiosk(AskHelp())
    hall.lobby(AnswerHelp(help_id))
    with pytest.raises(Stale, match="help_answered"):
        hall.by("100302", "lobby-2", AnswerHelp(help_id))


@pytest.mark.parametrize(
    ("command", "error", "code"),
    [
        (AskHelp("fire"), BadInput, "code_unknown"),
        (AskHelp("x" * 10_000), BadInput, "code_unknown"),
        (AskHelp("customer", 987_654), NotFound, "ticket_unknown"),
        (AnswerHelp(987_654), NotFound, "help_unknown"),
    ],
)
def test_help_that_cannot_stand_is_refused(
    hall: Hall, command: object, error: type[Exception], code: str
) -> None:
    with pytest.raises(error, match=code):
        hall.lobby(command)
    assert asked(hall) == []


@pytest.fixture
def finished(hall: Hall) -> int:
    hall.open(1)
    ticket = hall.serving()
    hall.wait(90)
    hall.at(1, Finish(1))
    return ticket


def ratings(hall: Hall) -> list[tuple[object, ...]]:
    return hall.store.rows("SELECT ticket, score, counter FROM rating", ())


@pytest.mark.parametrize("score", [1, 2, 3, 4, 5])
def test_a_service_is_rated_from_1_to_5(hall: Hall, finished: int, score: int) -> None:
    hall.at(1, Rate(finished, score))
    assert ratings(hall) == [(finished, score, 1)]
    assert hall.last.data == {"score": score, "counter": 1}
    summary = day_summary(hall.store, "2026-11-20")
    assert summary is not None
    assert summary.ratings == {score: 1}


@pytest.mark.parametrize("score", [0, 6, -1, 100])
def test_other_scores_are_refused(hall: Hall, finished: int, score: int) -> None:
    with pytest.raises(BadInput, match="score_range"):
        hall.at(1, Rate(finished, score))
    assert ratings(hall) == []


def test_a_given_rating_stands(hall: Hall, finished: int) -> None:
    hall.at(1, Rate(finished, 2))
    for again in (5, None):
        with pytest.raises(Stale, match="rating_given"):
            hall.at(1, Rate(finished, again))
    assert ratings(hall) == [(finished, 2, 1)]


def test_a_declined_rating_can_still_be_given(hall: Hall, finished: int) -> None:
    hall.at(1, Rate(finished, None))
    assert ratings(hall) == [(finished, None, 1)]
    hall.at(1, Rate(finished, 4))
    assert ratings(hall) == [(finished, 4, 1)]
    summary = day_summary(hall.store, "2026-11-20")
    assert summary is not None
    assert summary.ratings == {4: 1}


def test_an_unknown_ticket_is_not_rated(hall: Hall) -> None:
    with pytest.raises(NotFound, match="ticket_unknown"):
        hall.at(1, Rate(987_654, 5))


def test_the_newest_service_awaits_its_rating(hall: Hall, finished: int) -> None:
    due = rating_due(hall.store, 1, OPENING)
    assert due is not None
    assert (due.ticket, due.number, due.ended_at) == (finished, "A001", OPENING + 90_000)
    assert rating_due(hall.store, 2, OPENING) is None
    assert rating_due(hall.store, 1, OPENING + 90_001) is None
    hall.at(1, Rate(finished, None))
    assert rating_due(hall.store, 1, OPENING) is None


def test_a_service_taken_back_awaits_no_rating(hall: Hall, finished: int) -> None:
    hall.at(1, Undo(finished))
    assert rating_due(hall.store, 1, OPENING) is None
    hall.at(1, Finish(1))
    assert rating_due(hall.store, 1, OPENING) is not None


def test_a_rating_of_yesterday_is_not_counted_today(hall: Hall, finished: int) -> None:
    hall.wait(minutes=24 * 60)
    hall.issue()
    hall.at(1, Rate(finished, 5))
    today = day_summary(hall.store, "2026-11-21")
    assert today is not None
    assert today.ratings == {}
