"""The tables of complaint rooms: rooms, bookings, sessions, marks, checks, alarms; no decisions."""

from __future__ import annotations

from typing import Final

from peewee import AutoField, BigIntegerField, BooleanField, CharField, IntegerField, TextField

from branch.kernel.records import Row
from branch.kernel.sealing import SealedColumn

# What the sealed columns are sealed for.
VISITORS: Final = "room_session.visitors"
STATEMENT: Final = "room_session.statement"
MATERIALS: Final = "room_session.materials"
SIGNATURE: Final = "room_session.signature"
INCIDENT: Final = "room_session.incident_note"
OVERRIDE: Final = "room_session.override_reason"
CHECKED: Final = "session_check.text"
FOUND: Final = "session_check.found"
CANCEL: Final = "room_alarm.cancel_reason"


class RoomRow(Row):
    """A complaint room. ``turnover_of`` is the session after which it is not tidied yet."""

    id = AutoField()
    name = CharField()
    seats = IntegerField()
    recorder = CharField()
    out_of_service = BooleanField()
    out_reason = CharField()
    active = BooleanField()
    turnover_of = IntegerField(null=True)
    rev = BigIntegerField()

    class Meta:
        table_name = "complaint_room"


class BookingRow(Row):
    """A booking [start, end) in milliseconds. ``seated_at`` is set for somebody who was led in
    at once and waits there."""

    id = AutoField()
    room = IntegerField()
    start = BigIntegerField()
    end = BigIntegerField()
    complaint = IntegerField(null=True)
    ticket = IntegerField(null=True)
    seated_at = BigIntegerField(null=True)
    state = CharField()
    made_at = BigIntegerField()
    made_by = IntegerField()
    rev = BigIntegerField()

    class Meta:
        table_name = "room_booking"


class SessionRow(Row):
    """A session in a room. The store takes one open session a room (a unique partial index).

    ``visitors`` (JSON), ``statement``, ``materials``, ``signature`` (JSON strokes),
    ``incident_note`` and ``override_reason`` are sealed. ``wishes`` and ``refusal`` (the two who
    witnessed) are joined by commas.
    """

    id = AutoField()
    number = CharField(unique=True)
    room = IntegerField()
    booking = IntegerField(null=True)
    complaint = IntegerField(null=True)
    ticket = IntegerField(null=True)
    started_at = BigIntegerField()
    ended_at = BigIntegerField(null=True)
    staff_1 = IntegerField()
    staff_2 = IntegerField()
    guard = BooleanField()
    notice_at = BigIntegerField()
    notice_spoken = BooleanField()
    notice_agreed = BooleanField()
    recorder = CharField()
    recorder_ok = BooleanField()
    override_by = IntegerField(null=True)
    override_reason = TextField()
    media = CharField()
    visitors = TextField()
    parties = IntegerField()
    step = IntegerField()
    wishes = CharField()
    statement = TextField()
    materials = TextField()
    mood_start = IntegerField()
    mood_end = IntegerField(null=True)
    outcome = CharField()
    level = IntegerField()
    police_at = BigIntegerField(null=True)
    incident_note = TextField()
    read_back = BooleanField()
    signed = CharField()
    signature = TextField()
    refusal = CharField()
    told_next = BooleanField()
    turnover_by = IntegerField(null=True)
    turnover_at = BigIntegerField(null=True)
    rev = BigIntegerField()

    class Meta:
        table_name = "room_session"


class SessionMarkRow(Row):
    """A mark of a session: a calming step, support asked for or come, a mood, a promise's action,
    the case it was linked to in mid-session.

    ``kind`` is calming, support, support_answered, mood, promise or linked; ``code`` what of it.
    """

    id = AutoField()
    session = IntegerField()
    kind = CharField()
    code = CharField()
    at = BigIntegerField()
    by = IntegerField()

    class Meta:
        table_name = "session_mark"


class SessionCheckRow(Row):
    """A point that is verified during a session; ``text`` and ``found`` are sealed."""

    id = AutoField()
    session = IntegerField()
    text = TextField()
    found = TextField()
    state = CharField()
    at = BigIntegerField()
    by = IntegerField()

    class Meta:
        table_name = "session_check"


class AlarmRow(Row):
    """Silent help called from a room; ``cancel_reason`` is sealed."""

    id = AutoField()
    session = IntegerField(null=True)
    room = IntegerField()
    level = IntegerField()
    at = BigIntegerField()
    by = IntegerField()
    station = CharField()
    answered_at = BigIntegerField(null=True)
    answered_by = IntegerField(null=True)
    cancelled_at = BigIntegerField(null=True)
    cancelled_by = IntegerField(null=True)
    cancel_reason = TextField()

    class Meta:
        table_name = "room_alarm"


# What rotation of the branch's key seals anew.
SEALED: Final = (
    SealedColumn(SessionRow, "visitors", VISITORS),
    SealedColumn(SessionRow, "statement", STATEMENT),
    SealedColumn(SessionRow, "materials", MATERIALS),
    SealedColumn(SessionRow, "signature", SIGNATURE),
    SealedColumn(SessionRow, "incident_note", INCIDENT),
    SealedColumn(SessionRow, "override_reason", OVERRIDE),
    SealedColumn(SessionCheckRow, "text", CHECKED),
    SealedColumn(SessionCheckRow, "found", FOUND),
    SealedColumn(AlarmRow, "cancel_reason", CANCEL),
)
