"""What the journal may hold: identifiers, codes, times; never a care need, a name, a free text."""

from __future__ import annotations

import re

from branch.catalogue.commands import ChangeCounter
from branch.lobby.commands.arrivals import Greet, Issue, Triage
from branch.lobby.commands.calling import CallTicket
from branch.lobby.rules import CARE_NEEDS
from branch.people.commands import AddStaff, ChangeStaff
from tests.lobby.hall import Hall
from tests.lobby.test_day import everybody

SECRET = "张三丰腿脚不便"


def test_care_needs_stay_out_of_the_journal(hall: Hall) -> None:
    needs = frozenset(CARE_NEEDS)
    visit = hall.lobby(Greet())
    hall.lobby(Triage(visit, frozenset({"assisted"}), needs, "P01"))
    hall.lobby(Issue("P01", frozenset({"assisted"}), needs, visit=visit))
    hall.kiosk(Issue("P05", care=needs))
    for entry in hall.entries:
        assert not any(need in f"{entry.subject} {entry.data}" for need in CARE_NEEDS)


def test_free_texts_and_names_stay_out_of_the_journal(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.issue().id
    hall.lobby(CallTicket(ticket, 1, "other", SECRET))
    administrator = hall.actor("100001", "admin")
    staff = hall.branch.run(
        AddStaff("100700", SECRET, frozenset({"teller"}), "482019"), administrator
    ).value
    hall.branch.run(ChangeStaff(staff, SECRET, frozenset({"teller"}), active=True), administrator)
    hall.by("100201", "settings", ChangeCounter(9, SECRET, "", ""))
    everything = hall.store.rows("SELECT station, what, subject, data FROM journal", ())
    assert SECRET not in repr(everything)
    assert "100700" not in repr(everything)


def test_every_value_of_the_journal_is_a_code_a_number_or_a_time(hall: Hall) -> None:
    everybody(hall)
    code = re.compile(r"[A-Za-z0-9_./:\-]{0,64}")
    for entry in hall.entries:
        values = [entry.subject, *entry.data.values()]
        flat = [
            item for value in values for item in (value if isinstance(value, list) else [value])
        ]
        for value in flat:
            assert value is None or isinstance(value, (bool, int)) or code.fullmatch(value), entry


def test_a_plain_ticket_needs_no_personal_data(hall: Hall) -> None:
    issued = hall.kiosk(Issue("P01"))
    row = hall.row(issued.id)
    assert (row.care, row.classes, row.reason) == ("", "ordinary", "")
