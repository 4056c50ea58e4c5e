"""Five years of made-up complaints in a store, rows and journal; they go by no command."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from branch.complaints.codes import BIZ_CHANNELS, BIZ_CLASSES, CAUSES, CHANNELS, FINDINGS, REASONS
from branch.complaints.records import (
    ComplaintRow,
    ExtensionRow,
    FollowUpRow,
    PauseRow,
    ReReviewRow,
    RestartRow,
    SubjectRow,
)
from branch.kernel.clock import from_ms, local_date, to_ms
from branch.kernel.records import JournalRow
from branch.kernel.store import Store
from tests.conftest import SHANGHAI

LAST = date(2026, 11, 20)
DAYS = 5 * 365
_TEXT = "客户称到期年化收益与宣传页所写相差较大，要求说明原因并补偿差额。" * 6
_CHUNK = 2_000
# A complaint's life in the journal: what, days after receipt, or before it was told.
_BEGUN = (
    ("received", 0),
    ("due_changed", 0),
    ("accepted", 0),
    ("assigned", 1),
    ("taken_over", 1),
)
_TOLD = ("contact_recorded", "reported", "decided", "replied", "reply_received")
_DAY_MS = 86_400_000
# From the answer to the visit and the end; from there to the end of a second round.
_VISIT, _ROUND = 5, 3


def fill(store: Store, count: int, staff: list[int]) -> None:
    """``count`` complaints up to LAST, nineteen of twenty ended, one of fifty taken up again."""
    rng = random.Random(50_000)
    rows = [_complaint(store, rng, at, count, staff) for at in range(1, count + 1)]
    with store.transaction():
        _insert(store, ComplaintRow, rows)
        _insert(store, JournalRow, _journal(rows))
        for kind, made in _beside(rng, rows, staff).items():
            _insert(store, kind, made)
    # As the server does by itself at night.
    store.touch("VACUUM ANALYZE" if store.on_server else "ANALYZE", ())


def _insert(store: Store, kind: Any, rows: list[dict[str, Any]] | Iterator[dict[str, Any]]) -> None:
    names, sql = None, ""
    batch: list[tuple[Any, ...]] = []
    cursor = store.database.cursor()
    for row in rows:
        if names is None:
            names = tuple(row)
            mark = "%s" if store.on_server else "?"
            fields = ", ".join(f'"{name}"' for name in names)
            marks = ", ".join([mark] * len(names))
            table = kind._meta.table_name
            sql = f'INSERT INTO "{table}" ({fields}) VALUES ({marks})'
        batch.append(tuple(row.values()))
        if len(batch) == _CHUNK:
            cursor.executemany(sql, batch)
            batch.clear()
    if batch:
        cursor.executemany(sql, batch)


def _complaint(
    store: Store, rng: random.Random, at: int, count: int, staff: list[int]
) -> dict[str, Any]:
    day = LAST - timedelta(days=DAYS * (count - at) // count)
    received = _ms(day, rng.randrange(9, 17), rng.randrange(60))
    took = rng.choice((2, 5, 8, 8, 12, 14, 14, 20, 29, 45, 70))
    again = at % 50 == 0
    told = received + took * _DAY_MS
    closed = told + (_VISIT + (_ROUND if again else 0)) * _DAY_MS
    ended = closed < _ms(LAST, 18, 0) and rng.random() > 0.004
    merged = ended and not again and rng.random() < 0.03
    state = "merged" if merged else "closed" if ended else rng.choice(("assigned", "drafted"))
    handled = ended and not merged
    name = rng.choice("赵钱孙李周吴郑王") + rng.choice("小大明国") + rng.choice("梅强丽伟")
    title = f"{rng.choice(('理财', '信用卡', '贷款', '转账'))}第{at}件"
    number = f"TS-HB001-{day:%Y%m%d}-{at % 10_000:04d}"
    phone = f"138{rng.randrange(10**8):08d}"
    values: dict[str, Any] = {
        field.name: "" for field in ComplaintRow._meta.sorted_fields if field.name != "id"
    }
    values |= {
        "number": number,
        "kind": "complaint" if rng.random() < 0.95 else "enquiry",
        "state": state,
        "round": 2 if handled and again else 1,
        "channel": rng.choice(CHANNELS),
        "received_at": received,
        "received_on": day.isoformat(),
        "registered_at": received,
        "registered_by": rng.choice(staff),
        "capacity": "self",
        "anonymous": False,
        "confidential": False,
        "identity": "verified",
        "name": name,
        "search": f"{number.lower()}\n{name}\n{title}",
        "phone": store.sealer.seal(phone, "complaint.phone"),
        "phone_mark": store.sealer.mark(phone, "complaint.phone"),
        "authority": False,
        "reply_wish": "phone",
        "parties": 1,
        "title": title,
        "facts": _TEXT,
        "claims": _TEXT[:60],
        "amount": None,
        "biz_channel": rng.choice(BIZ_CHANNELS),
        "biz_class": rng.choice(BIZ_CLASSES),
        "reason": rng.choice(REASONS),
        "agency": False,
        "severity": "ordinary",
        "urgency": "ordinary",
        "read_back": True,
        "handler": rng.choice(staff),
        "assigned_at": received,
        "handed_back": 0,
        "proposed_by": None,
        "proposed_ref": None,
        "finding": rng.choice(FINDINGS) if handled else "",
        "cause": rng.choice(CAUSES) if handled else "",
        "redress": rng.choice((None, None, None, 20_000, 300_000)) if handled else None,
        "verified": _TEXT if handled else "",
        "grounds": _TEXT[:80] if handled else "",
        "decision": _TEXT[:90] if handled else "",
        "measures": _TEXT[:60] if handled else "",
        "reported_by": None,
        "decided_at": None,
        "decided_by": None,
        "notified_at": closed - _DAY_MS if handled and again else told if handled else None,
        "told_on": "",
        "satisfaction": rng.choice(("satisfied", "no_answer")) if handled else "",
        "closed_at": closed if ended else None,
        "archived_at": None,
        "merged_into": at - 1 if merged and at > 1 else None,
        "repeat_of": at - 1 if rng.random() < 0.05 and at > 1 else None,
        "legal_due": (day + timedelta(days=15)).isoformat(),
        "house_due": (day + timedelta(days=7)).isoformat(),
        "due": (day + timedelta(days=7)).isoformat(),
        "act_by": (day + timedelta(days=7)).isoformat(),
        "provisional": False,
        "paused": False,
        "level": 0,
        "major": False,
        "ticket": None,
        "rev": at,
    }
    if values["notified_at"] is not None:
        values["told_on"] = local_date(values["notified_at"], SHANGHAI).isoformat()
    return values


def _journal(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """In the order of time, far above the revisions of the founded branch."""
    entries: list[tuple[int, int, str]] = []
    for at, row in enumerate(rows, 1):
        entries += [(row["received_at"] + days * _DAY_MS, at, what) for what, days in _BEGUN]
        closed = row["closed_at"]
        if closed is None:
            continue
        if row["state"] == "merged":
            entries.append((closed, at, "merged"))
            continue
        if row["round"] == 2:
            entries += [
                (closed - back * _DAY_MS, at, what)
                for what, back in (
                    ("reopened", 2),
                    ("reported", 1),
                    ("decided", 1),
                    ("replied", 1),
                    ("closed", 0),
                )
            ]
            closed -= _ROUND * _DAY_MS
        entries += [(closed - _VISIT * _DAY_MS, at, what) for what in _TOLD]
        entries += [(closed, at, what) for what in ("visited", "closed")]
    # What happens in the same instant keeps its order.
    entries.sort(key=lambda entry: entry[0])
    for revision, (moment, at, what) in enumerate(entries, 10_000):
        row = rows[at - 1]
        data = {"legal": row["legal_due"], "house": row["house_due"], "notified_at": moment}
        yield {
            "revision": revision,
            "at": moment,
            "station": "complaints",
            "staff": 3,
            "what": f"complaint.{what}",
            "subject": str(at),
            "data": json.dumps(data),
            "hash": "0" * 64,
        }


def _beside(
    rng: random.Random, rows: list[dict[str, Any]], staff: list[int]
) -> dict[Any, list[dict[str, Any]]]:
    found: dict[Any, list[dict[str, Any]]] = {
        kind: []
        for kind in (PauseRow, ExtensionRow, RestartRow, FollowUpRow, ReReviewRow, SubjectRow)
    }
    for at, row in enumerate(rows, 1):
        day = date.fromisoformat(row["received_on"])
        if at % 30 == 0:
            start, end = (day + timedelta(days=n) for n in (2, 9))
            found[PauseRow].append(
                {"complaint": at, "kind": "mediation", "start": start.isoformat(),
                 "end": end.isoformat(), "told_on": start.isoformat()}
            )  # fmt: skip
        if at % 20 == 0:
            found[ExtensionRow].append(
                {"complaint": at, "days": 30, "asked_at": row["received_at"], "asked_by": staff[0],
                 "level": "branch_manager", "approved_on": row["received_on"],
                 "approved_by": staff[1], "told_on": row["received_on"], "told_mode": "phone",
                 "refused_by": None}
            )  # fmt: skip
        if row["round"] == 2:
            begun = from_ms(row["closed_at"] - 2 * _DAY_MS, SHANGHAI).date()
            found[RestartRow].append(
                {"complaint": at, "day": begun.isoformat(), "cause": "reopened"}
            )
        if row["closed_at"] and row["notified_at"]:
            found[FollowUpRow].append(
                {"complaint": at, "round": 1, "at": row["closed_at"], "by": staff[0],
                 "mode": "phone", "reached": True, "satisfaction": "satisfied", "kept": "",
                 "text": "", "next_step": "close"}
            )  # fmt: skip
        if at % 60 == 0:
            found[ReReviewRow].append(
                {"complaint": at, "applied_on": row["received_on"], "due": row["legal_due"],
                 "reviewer": staff[0], "process": "", "time_limit": "", "result": "",
                 "decision": rng.choice(("upheld", "changed")), "text": "",
                 "decided_at": row["received_at"], "told_on": row["legal_due"]}
            )  # fmt: skip
        if at % 250 == 0:
            found[SubjectRow].append(
                {"complaint": at, "staff": rng.choice(staff), "interest": "subject"}
            )
    return found


def _ms(day: date, hour: int, minute: int) -> int:
    return to_ms(datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI))
