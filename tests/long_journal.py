"""A journal as long as a test wants it, chained as the program chains it, made in a second."""

from __future__ import annotations

from branch.kernel import journal
from branch.kernel.journal import canonical, chained_hash
from branch.kernel.store import Store
from tests.conftest import OPENING

# What a working day leaves behind, over and over: fact, subject, data, station, account.
_MORNING = (
    ("ticket.issued", "ticket", {"number": "A001", "service": "P01"}, "kiosk-1", 1),
    ("promise.made", "ticket", {"low": 4, "middle": 8, "high": 12}, "kiosk-1", 1),
    ("ticket.called", "ticket", {"counter": 1, "service": "P01"}, "counter-1", 3),
    ("print.noted", "ticket", {"state": "printed"}, "kiosk-1", 1),
    ("ticket.finished", "ticket", {"counter": 1}, "counter-1", 3),
    ("ticket.issued", "ticket", {"number": "C001", "service": "P05"}, "lobby", 5),
    ("ticket.called", "ticket", {"counter": 2, "service": "P05"}, "counter-2", 4),
    ("ticket.missed", "ticket", {"counter": 2}, "counter-2", 4),
    ("counter.paused", "2", {"reason": "break"}, "counter-2", 4),
    ("counter.opened", "2", {"services": ["P01", "P05"]}, "counter-2", 4),
)
# Once in a thousand entries.
_RARE = (
    ("session.refused", "lobby", {"account": 5, "code": "sign_in_wrong"}, "lobby", 0),
    ("command.refused", "CallTicket", {"code": "not_permitted"}, "counter-1", 3),
    ("staff.pin_reset", "3", {}, "admin", 9),
    ("visitor.revealed", "17", {"field": "phone", "reason": "follow_up"}, "lobby", 5),
)
_GAP_MS = 9_000


def lengthen(store: Store, entries: int) -> None:
    """Append so many entries after the newest one, in one transaction."""
    revision, head = journal.head(store)
    marks = ", ".join(["%s" if store.on_server else "?"] * 8)
    sql = (
        "INSERT INTO journal (revision, at, station, staff, what, subject, data, hash)"
        f" VALUES ({marks})"
    )
    rows = []
    for at in range(entries):
        revision += 1
        if at % 1_000 == 999:
            fact, subject, data, station, staff = _RARE[at // 1_000 % len(_RARE)]
        else:
            fact, subject, data, station, staff = _MORNING[at % len(_MORNING)]
        row = (
            revision,
            OPENING + at * _GAP_MS,
            station,
            staff,
            fact,
            str(at // len(_MORNING) + 1) if subject == "ticket" else subject,
            canonical(data),
        )
        head = chained_hash(head, *row)
        rows.append((*row, head))
    with store.transaction():
        store.database.cursor().executemany(sql, rows)
        store.database.execute_sql(f"UPDATE branch SET revision = {revision}, head = '{head}'")
