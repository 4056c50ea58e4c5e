"""Visitors who are on record already: what is masked stays, who is announced, search and spans."""

from __future__ import annotations

from datetime import date

import pytest

from branch.kernel.errors import BadInput
from branch.visitors.commands.blocking import ApproveBlock, ProposeBlock
from branch.visitors.commands.register import CorrectVisitor, Expect, SignInVisitor
from branch.visitors.commands.reveal import Reveal
from branch.visitors.queries.register import (
    newest_visitor,
    search_register,
    visitor_line,
    visitors_of_day,
)
from branch.visitors.queries.spans import Span, register_spans
from tests.visitors.gate import LOBBY_MANAGER, SUPERVISOR, Gate

MINUTE = 60_000


def whole(gate: Gate, visitor: int, field: str) -> str:
    value: str = gate.run(Reveal("visitor", visitor, field, "identity"), by=LOBBY_MANAGER)
    return value


def test_a_correction_without_them_keeps_name_telephone_and_plate(gate: Gate) -> None:
    visitor = gate.come(phone="138 1234 5172", plate="京a12345").id
    gate.run(CorrectVisitor(visitor, gate.details("", unit="清源保洁")))
    line = visitor_line(gate.store, visitor)
    assert line is not None
    assert line.unit == "清源保洁"
    assert [whole(gate, visitor, field) for field in ("name", "phone", "plate")] == [
        "周大军", "13812345172", "京A12345",
    ]  # fmt: skip
    assert [found.id for found in search_register(gate.store, "13812345172")] == [visitor]
    assert [found.id for found in search_register(gate.store, "周大军")] == [visitor]


def test_an_announced_visitor_comes_as_announced(gate: Gate) -> None:
    now = gate.clock.now_ms()
    details = gate.details("韩雪梅", phone="13812345172", plate="京A12345")
    visitor = gate.run(Expect(details, now + 30 * MINUTE))
    gate.run(SignInVisitor(gate.details("", area="office"), told=True, notice=1, expected=visitor))
    line = visitor_line(gate.store, visitor)
    assert line is not None
    assert (line.state, line.shown_name, line.area) == ("inside", "韩*梅", "office")
    assert whole(gate, visitor, "phone") == "13812345172"
    assert whole(gate, visitor, "plate") == "京A12345"


def test_what_is_typed_anew_replaces_the_announcement(gate: Gate) -> None:
    now = gate.clock.now_ms()
    visitor = gate.run(Expect(gate.details("韩雪梅", phone="13812345172"), now + MINUTE))
    details = gate.details("韩雪", phone="13900001111")
    gate.run(SignInVisitor(details, told=True, notice=1, expected=visitor))
    assert whole(gate, visitor, "name") == "韩雪"
    assert whole(gate, visitor, "phone") == "13900001111"


def test_the_announced_name_is_held_against_the_list(gate: Gate) -> None:
    entry = gate.run(ProposeBlock("韩雪梅", "threat", "", date(2027, 1, 31)), by=LOBBY_MANAGER)
    gate.run(ApproveBlock(entry), by=SUPERVISOR)
    visitor = gate.run(Expect(gate.details("韩雪梅"), gate.clock.now_ms() + MINUTE))
    noted = gate.run(SignInVisitor(gate.details(""), told=True, notice=1, expected=visitor))
    assert (noted.state, noted.badge) == ("held", "")


def test_somebody_new_has_a_name(gate: Gate) -> None:
    with pytest.raises(BadInput) as refused:
        gate.come("")
    assert refused.value.field == "name"


def test_the_day_is_in_the_order_of_coming_on_every_store(gate: Gate) -> None:
    start = gate.clock.now_ms()
    late = gate.run(Expect(gate.details("韩雪梅"), start + 90 * MINUTE))
    gate.clock.set(start + 60 * MINUTE)
    first = gate.come("周大军").id
    gate.clock.set(start + 120 * MINUTE)
    last = gate.come("何平").id
    assert [line.id for line in visitors_of_day(gate.store, gate.day)] == [first, late, last]


@pytest.mark.parametrize("wanted", ["100%", "a_b", "c\\d", "%", "_"])
def test_signs_of_the_search_language_mean_themselves(gate: Gate, wanted: str) -> None:
    gate.come("周大军", unit=f"甲{wanted}乙")
    gate.come("何平", unit="丙丁")
    assert [line.shown_name for line in search_register(gate.store, wanted)] == ["周*军"]


def test_spans_name_every_visitor_and_no_other(gate: Gate) -> None:
    assert register_spans(gate.store) == ()
    for number in range(6):
        gate.come(f"访客{number}")
    last = newest_visitor(gate.store)
    with gate.store.transaction():
        gate.store.touch(f"DELETE FROM visitor WHERE id IN ({last - 5}, {last - 2})", ())
    assert register_spans(gate.store) == (Span(last - 1, last), Span(last - 4, last - 3))
    assert [span.count for span in register_spans(gate.store)] == [2, 2]
