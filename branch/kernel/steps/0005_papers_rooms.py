"""Step 5: papers frozen when issued, complaint rooms and their sessions, the day told. Frozen."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from peewee import (
    AutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    IntegerField,
    Model,
    TextField,
)


def up(migrator: Any, db: Any) -> None:
    _papers(db)
    _rooms(db)
    _told_on(db)


def _papers(db: Any) -> None:
    class PaperRow(Model):
        id = AutoField()
        form = CharField()
        subject = CharField()
        part = CharField()
        complaint = IntegerField(null=True)
        copy = IntegerField()
        number = CharField()
        code = CharField(unique=True)
        language = CharField()
        digest = CharField()
        size = IntegerField()
        pages = IntegerField()
        snapshot = TextField()
        snapshot_digest = CharField()
        signed = BooleanField()
        issued_at = BigIntegerField()
        issued_by = IntegerField()
        printed = IntegerField()
        last_printed_at = BigIntegerField(null=True)
        replaced_by = IntegerField(null=True)
        reason = TextField()
        rev = BigIntegerField()

        class Meta:
            database = db
            table_name = "paper"

    class PaperNumberRow(Model):
        form = CharField()
        year = IntegerField()
        last = IntegerField()

        class Meta:
            database = db
            table_name = "paper_number"
            primary_key = CompositeKey("form", "year")

    class DeliveryRow(Model):
        id = AutoField()
        paper = IntegerField()
        mode = CharField()
        at = BigIntegerField()
        by = IntegerField()
        tracking = TextField()
        receiver = TextField()
        witnesses = TextField()
        proof = CharField()
        received_on = CharField()
        rev = BigIntegerField()

        class Meta:
            database = db
            table_name = "paper_delivery"

    db.create_tables([PaperRow, PaperNumberRow, DeliveryRow], safe=False)
    for statement in (
        "CREATE UNIQUE INDEX paper_copy_idx ON paper (form, subject, part, copy)",
        "CREATE INDEX paper_subject_idx ON paper (subject, id)",
        "CREATE INDEX paper_complaint_idx ON paper (complaint, id)",
        "CREATE INDEX paper_digest_idx ON paper (digest)",
        "CREATE INDEX paper_delivery_idx ON paper_delivery (paper)",
    ):
        db.execute_sql(statement)


def _rooms(db: Any) -> None:
    class RoomRow(Model):
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
            database = db
            table_name = "complaint_room"

    class BookingRow(Model):
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
            database = db
            table_name = "room_booking"

    class SessionRow(Model):
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
            database = db
            table_name = "room_session"

    class SessionMarkRow(Model):
        id = AutoField()
        session = IntegerField()
        kind = CharField()
        code = CharField()
        at = BigIntegerField()
        by = IntegerField()

        class Meta:
            database = db
            table_name = "session_mark"

    class SessionCheckRow(Model):
        id = AutoField()
        session = IntegerField()
        text = TextField()
        found = TextField()
        state = CharField()
        at = BigIntegerField()
        by = IntegerField()

        class Meta:
            database = db
            table_name = "session_check"

    class AlarmRow(Model):
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
            database = db
            table_name = "room_alarm"

    db.create_tables(
        [RoomRow, BookingRow, SessionRow, SessionMarkRow, SessionCheckRow, AlarmRow], safe=False
    )
    for statement in (
        # One open session a room, whatever two stations do at the same moment.
        "CREATE UNIQUE INDEX room_session_open_idx ON room_session (room) WHERE ended_at IS NULL",
        "CREATE INDEX room_session_complaint_idx ON room_session (complaint)",
        "CREATE INDEX room_booking_idx ON room_booking (room, state, start)",
        "CREATE INDEX session_mark_idx ON session_mark (session)",
        "CREATE INDEX session_check_idx ON session_check (session)",
        "CREATE INDEX room_alarm_idx ON room_alarm (session)",
        # Which case was registered for somebody in the queue.
        "CREATE INDEX complaint_ticket_idx ON complaint (ticket) WHERE ticket IS NOT NULL",
    ):
        db.execute_sql(statement)


# -- what statistics read --------------------------------------------------------------------------


def _told_on(db: Any) -> None:
    """The local day on which a complainant was told beside the instant, so that the store can
    group closings; the rows so far get theirs from the branch's zone."""
    db.execute_sql("ALTER TABLE complaint ADD COLUMN told_on VARCHAR(255) NOT NULL DEFAULT ''")
    row = db.execute_sql("SELECT zone FROM branch").fetchone()
    told = db.execute_sql(
        "SELECT id, notified_at FROM complaint WHERE notified_at IS NOT NULL"
    ).fetchall()
    if told:
        zone = ZoneInfo(row[0])
        days = [
            (datetime.fromtimestamp(at / 1_000, zone).date().isoformat(), identity)
            for identity, at in told
        ]
        mark = db.param
        db.cursor().executemany(f"UPDATE complaint SET told_on = {mark} WHERE id = {mark}", days)
    for statement in (
        "DROP INDEX complaint_handled_idx",
        # What statistics read of closings, so that the wide rows with their texts stay away.
        "CREATE INDEX complaint_handled_idx ON complaint (kind, closed_at, id, state, round,"
        " received_on, told_on, legal_due, house_due, outcome, finding, cause, redress,"
        " satisfaction, anonymous, merged_into)",
        "CREATE INDEX complaint_came_idx ON complaint (kind, received_on)",
        "CREATE INDEX complaint_ended_idx ON complaint (kind, closed_at)",
        "CREATE INDEX complaint_visit_at_idx ON complaint_visit (at, complaint, reached)",
    ):
        db.execute_sql(statement)
