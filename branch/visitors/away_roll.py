"""A roll call worked without the store: begun from the kept roster, or gone on with; pure.

It is kept sealed on its machine and handed in when the store is back (``HandInRoll``). Names in
it are whole, as in the roster it comes from.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace

from branch.kernel.errors import StoreDamaged
from branch.kernel.sealing import Sealer
from branch.visitors.queries.rollcall import RollCall, RollMark
from branch.visitors.queries.roster import Roster, Somebody
from branch.visitors.rules import ROLL_KINDS, ROLL_STATES, require_known

_CONTEXT = "away_roll"
_UNLISTED = "unlisted"


@dataclass(frozen=True)
class AwayRoll:
    """The roll call as this machine sees it without the store.

    ``token`` is its own for ever, so that it is handed in once only. ``call.id`` is 0 for one
    begun here. ``touched`` are the marks set here since; who was added has a negative id.
    ``as_of`` (milliseconds) is how old the list of people is.
    """

    token: str
    call: RollCall
    as_of: int
    touched: frozenset[int] = frozenset()

    @property
    def added(self) -> tuple[RollMark, ...]:
        """Who was added here as safe."""
        return tuple(mark for mark in self.call.marks if mark.id < 0)

    def marked(self, marks: Collection[int], state: str, now: int, by: str) -> AwayRoll:
        """With these people marked at ``now`` (milliseconds); raises BadInput for no state."""
        require_known(state, ROLL_STATES, "state")
        known = frozenset(mark.id for mark in self.call.marks if mark.id in marks)
        call = self.call.marked(known, state, now, by)
        return replace(self, call=call, touched=self.touched | known)

    def with_added(self, name: str, place: str, now: int, by: str) -> AwayRoll:
        """With somebody on no list, who is safe; the name as ``checked_name`` left it."""
        one = RollMark(
            min((mark.id for mark in self.added), default=0) - 1,
            _UNLISTED, None, name, "", "", place, (), None, "safe", now, by,
        )  # fmt: skip
        return replace(self, call=replace(self.call, marks=(*self.call.marks, one)))

    def ended(self, now: int, by: str) -> AwayRoll:
        """Over at ``now`` (milliseconds)."""
        return replace(self, call=replace(self.call, ended_at=now, ended_by=by))


def begun_away(token: str, roster: Roster, kind: str, now: int, by: str) -> AwayRoll:
    """A roll call of everybody on a kept roster; raises BadInput for an unknown kind."""
    require_known(kind, ROLL_KINDS, "kind")
    marks = tuple(_unconfirmed(number, one) for number, one in enumerate(roster.people, 1))
    return AwayRoll(token, RollCall(0, kind, now, by, None, "", marks), roster.at)


def _unconfirmed(number: int, one: Somebody) -> RollMark:
    came_at = one.since if one.kind == "visitor" else None
    return RollMark(
        number, one.kind, one.ref, one.label, one.unit, one.badge, one.place, one.help, came_at,
        "unconfirmed", None, "",
    )  # fmt: skip


def sealed_roll(sealer: Sealer, roll: AwayRoll) -> str:
    """The roll call as one sealed text, for the file beside the roster's."""
    told = {**asdict(roll), "touched": sorted(roll.touched)}
    return sealer.seal(json.dumps(told, ensure_ascii=False), _CONTEXT)


def opened_roll(sealer: Sealer, sealed: str) -> AwayRoll:
    """The roll call from its sealed text; raises StoreDamaged or StoreLocked for another's."""
    loaded = json.loads(sealer.open(sealed, _CONTEXT))
    try:
        marks = tuple(
            RollMark(**{**mark, "help": tuple(mark["help"])}) for mark in loaded["call"]["marks"]
        )
        call = RollCall(**{**loaded["call"], "marks": marks})
        return AwayRoll(loaded["token"], call, loaded["as_of"], frozenset(loaded["touched"]))
    except (KeyError, TypeError) as error:  # another version of the program has written it
        raise StoreDamaged("seal_broken") from error
