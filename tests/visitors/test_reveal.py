"""A full value needs a permission or emergency access, a reason, and leaves an entry."""

from __future__ import annotations

import pytest

from branch.kernel.errors import BadInput, NotFound, NotPermitted, StoreDamaged
from branch.people.commands import BreakGlass
from branch.visitors.commands.reveal import Reveal
from tests.visitors.gate import ADMINISTRATOR, GUARD, LOBBY_MANAGER, Gate

PHONE, PLATE = "13812345172", "云A12345"


def visitor(gate: Gate) -> int:
    return gate.come(
        phone=PHONE, plate=PLATE, is_minor=True, guardian="周大海", consented=True, signature="M1 2"
    ).id


def test_every_sealed_field_comes_out_whole(gate: Gate) -> None:
    noted = visitor(gate)
    said = {
        field: gate.run(Reveal("visitor", noted, field, "contact"), by=LOBBY_MANAGER)
        for field in ("name", "phone", "plate", "guardian", "signature")
    }
    assert said == {
        "name": "周大军",
        "phone": PHONE,
        "plate": PLATE,
        "guardian": "周大海",
        "signature": "M1 2",
    }


def test_the_view_is_in_the_journal_and_the_value_is_not(gate: Gate) -> None:
    noted = visitor(gate)
    gate.run(Reveal("visitor", noted, "phone", "police"), by=LOBBY_MANAGER)
    assert (gate.last.what, gate.last.subject) == ("visitor.revealed", str(noted))
    assert gate.last.data == {"field": "phone", "reason": "police", "by_glass": False}


@pytest.mark.parametrize("by", [GUARD, ADMINISTRATOR])
def test_others_are_refused_until_the_glass_is_broken(gate: Gate, by: str) -> None:
    noted = visitor(gate)
    wish = Reveal("visitor", noted, "phone", "emergency")
    with pytest.raises(NotPermitted, match="reveal_not_permitted"):
        gate.run(wish, by=by)
    assert gate.last.what == "command.refused"
    gate.run(BreakGlass("medical", "来访者突发不适"), by=by)
    assert gate.run(wish, by=by) == PHONE
    assert gate.last.data["by_glass"] is True
    gate.clock.advance(15 * 60 + 1)
    with pytest.raises(NotPermitted):
        gate.run(wish, by=by)


def test_a_reason_is_one_of_the_list(gate: Gate) -> None:
    noted = visitor(gate)
    with pytest.raises(BadInput) as refused:
        gate.run(Reveal("visitor", noted, "phone", "curiosity"), by=LOBBY_MANAGER)
    assert refused.value.field == "reason"


def test_what_is_not_there_is_not_found(gate: Gate) -> None:
    noted = visitor(gate)
    with pytest.raises(NotFound, match="field_unknown"):
        gate.run(Reveal("visitor", noted, "search", "contact"), by=LOBBY_MANAGER)
    with pytest.raises(NotFound, match="record_unknown"):
        gate.run(Reveal("visitor", 99, "phone", "contact"), by=LOBBY_MANAGER)


def test_a_value_moved_to_another_column_is_not_shown(gate: Gate) -> None:
    noted = visitor(gate)
    with gate.store.transaction():
        gate.store.touch("UPDATE visitor SET phone = plate", ())
    with pytest.raises(StoreDamaged, match="seal_broken"):
        gate.run(Reveal("visitor", noted, "phone", "contact"), by=LOBBY_MANAGER)
