"""On the floor: somebody asks for help, somebody answers; a customer rates the service."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.errors import BadInput, NotFound, RuleBroken, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.lobby.records import HelpRow, RatingRow
from branch.lobby.rules import HELP_KINDS, State, require_known
from branch.lobby.ticket import find_ticket


@dataclass(frozen=True)
class AskHelp:
    """Call the lobby manager to the actor's station; asking again meanwhile changes nothing."""

    kind: str = "customer"
    ticket: int | None = None


@dataclass(frozen=True)
class AnswerHelp:
    """Take a call for help on."""

    help: int


@dataclass(frozen=True)
class Rate:
    """Rate a finished service from 1 to 5, or decline with None."""

    ticket: int
    score: int | None


_OPEN = Prepared(
    lambda station, kind: HelpRow.select(HelpRow.id).where(
        HelpRow.station == station, HelpRow.kind == kind, HelpRow.answered_at.is_null()
    )
)
_ASK = Prepared(
    lambda station, kind, ticket, asked_at: HelpRow.insert(
        {
            HelpRow.station: station,
            HelpRow.kind: kind,
            HelpRow.ticket: ticket,
            HelpRow.asked_at: asked_at,
        }
    ).returning(HelpRow.id)
)
_HELP = Prepared(
    lambda help: HelpRow.select(HelpRow.station, HelpRow.answered_at).where(HelpRow.id == help)
)
_ANSWER = Prepared(
    lambda help, now: HelpRow.update({HelpRow.answered_at: now}).where(HelpRow.id == help)
)
_RATING = Prepared(
    lambda ticket: RatingRow.select(RatingRow.score).where(RatingRow.ticket == ticket)
)
_RATE = Prepared(
    lambda ticket, score, counter, at: RatingRow.insert(
        {
            RatingRow.ticket: ticket,
            RatingRow.score: score,
            RatingRow.counter: counter,
            RatingRow.at: at,
        }
    ).on_conflict(
        conflict_target=[RatingRow.ticket],
        update={RatingRow.score: score, RatingRow.at: at},
    )
)


def ask_help(work: Work, command: AskHelp) -> int:
    """Ask; returns the id of the open request."""
    require_known(command.kind, HELP_KINDS, "kind")
    if command.ticket is not None:
        find_ticket(work.store, command.ticket)
    standing = _OPEN.one(work.store, station=work.actor.station, kind=command.kind)
    if standing is not None:
        return int(standing[0])
    row = _ASK.one(
        work.store,
        station=work.actor.station,
        kind=command.kind,
        ticket=command.ticket,
        asked_at=work.now,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    work.record("help.asked", row[0], kind=command.kind, ticket=command.ticket)
    return int(row[0])


def answer_help(work: Work, command: AnswerHelp) -> None:
    """Answer; raises Stale when a colleague has gone already."""
    row = _HELP.one(work.store, help=command.help)
    if row is None:
        raise NotFound("help_unknown")
    if row[1] is not None:
        raise Stale("help_answered")
    _ANSWER.run(work.store, help=command.help, now=work.now)
    work.record("help.answered", command.help)


def rate(work: Work, command: Rate) -> None:
    """Keep a rating; a declined one can still be given, a given one stands."""
    if command.score is not None and not 1 <= command.score <= 5:
        raise BadInput("score_range", field="score")
    ticket = find_ticket(work.store, command.ticket)
    if ticket.state != State.FINISHED:
        raise RuleBroken("rating_before_end")
    standing = _RATING.one(work.store, ticket=command.ticket)
    if standing is not None and standing[0] is not None:
        raise Stale("rating_given")
    _RATE.run(
        work.store,
        ticket=command.ticket,
        score=command.score,
        counter=ticket.counter,
        at=work.now,
    )
    work.record("rating.given", command.ticket, score=command.score, counter=ticket.counter)


HANDLERS: dict[type, Handler] = {
    AskHelp: Handler(ask_help),
    AnswerHelp: Handler(answer_help),
    Rate: Handler(rate),
}
