"""Step 1: branch, journal, staff, catalogue and lobby. Frozen; never edited after a release."""

from typing import Any

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    IntegerField,
    Model,
    TextField,
)


def up(migrator: Any, db: Any) -> None:
    class BranchRow(Model):
        id = IntegerField(primary_key=True)
        code = CharField()
        name_zh = CharField()
        name_en = CharField()
        zone = CharField()
        opens = CharField()
        closes = CharField()
        revision = BigIntegerField()
        head = CharField()
        day = CharField()

        class Meta:
            database = db
            table_name = "branch"

    class JournalRow(Model):
        revision = BigIntegerField(primary_key=True)
        at = BigIntegerField()
        station = CharField()
        staff = IntegerField()
        what = CharField()
        subject = CharField()
        data = TextField()
        hash = CharField()

        class Meta:
            database = db
            table_name = "journal"

    class SettingRow(Model):
        key = CharField(primary_key=True)
        value = TextField()

        class Meta:
            database = db
            table_name = "setting"

    class StaffRow(Model):
        staff_no = CharField(unique=True)
        name = CharField()
        roles = CharField()
        pin_hash = CharField()
        active = BooleanField()
        locked = BooleanField()
        failures = IntegerField()
        not_before = BigIntegerField()

        class Meta:
            database = db
            table_name = "staff"

    class SessionRow(Model):
        station = CharField(primary_key=True)
        staff = IntegerField()
        since = BigIntegerField()

        class Meta:
            database = db
            table_name = "session"

    class AreaRow(Model):
        code = CharField(primary_key=True)
        zh = CharField()
        en = CharField()

        class Meta:
            database = db
            table_name = "area"

    class QueueRow(Model):
        letter = CharField(primary_key=True)
        zh = CharField()
        en = CharField()
        position = IntegerField()

        class Meta:
            database = db
            table_name = "queue"

    class GroupRow(Model):
        code = CharField(primary_key=True)
        zh = CharField()
        en = CharField()
        short_zh = CharField()
        short_en = CharField()
        hint_zh = CharField()
        hint_en = CharField()
        icon = CharField()
        letter = CharField()
        area = CharField()
        position = IntegerField()

        class Meta:
            database = db
            table_name = "service_group"

    class ServiceRow(Model):
        code = CharField(primary_key=True)
        group = CharField(column_name="group_code")
        zh = CharField()
        en = CharField()
        minutes = IntegerField()
        documents = TextField()
        channels = TextField()
        in_person = CharField()
        agent = CharField()
        notes_zh = TextField()
        notes_en = TextField()
        active = BooleanField()
        position = IntegerField()

        class Meta:
            database = db
            table_name = "service"

    class ClassRow(Model):
        code = CharField(primary_key=True)
        zh = CharField()
        en = CharField()
        credit = IntegerField()
        target = IntegerField()
        position = IntegerField()

        class Meta:
            database = db
            table_name = "priority_class"

    class CounterRow(Model):
        number = IntegerField(primary_key=True)
        zh = CharField()
        en = CharField()
        planned_break = CharField()

        class Meta:
            database = db
            table_name = "counter"

    class CounterServiceRow(Model):
        counter = IntegerField()
        service = CharField()

        class Meta:
            database = db
            table_name = "counter_service"
            primary_key = CompositeKey("counter", "service")

    class DayRow(Model):
        day = CharField(primary_key=True)
        revision = BigIntegerField()
        opened_at = BigIntegerField()
        closed_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "business_day"

    class NumberRow(Model):
        day = CharField()
        letter = CharField()
        last = IntegerField()

        class Meta:
            database = db
            table_name = "ticket_number"
            primary_key = CompositeKey("day", "letter")

    class VisitRow(Model):
        day = CharField()
        greeted_at = BigIntegerField()
        care = CharField()
        classes = CharField()
        service = CharField()
        language = CharField()
        channel = CharField()
        channel_taken = CharField()
        outcome = CharField()
        ticket = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "visit"

    class TicketRow(Model):
        day = CharField()
        number = CharField()
        letter = CharField()
        seq = BigIntegerField()
        service = CharField()
        classes = CharField()
        care = CharField()
        language = CharField()
        slot = BigIntegerField(null=True)
        order_key = BigIntegerField()
        state = CharField()
        issued_at = BigIntegerField()
        counter = IntegerField(null=True)
        pinned = IntegerField(null=True)
        called_at = BigIntegerField(null=True)
        last_called_at = BigIntegerField(null=True)
        calls = IntegerField()
        ended_at = BigIntegerField(null=True)
        reason = CharField()
        print_state = CharField()
        rev = BigIntegerField()

        class Meta:
            database = db
            table_name = "ticket"

    class CounterStateRow(Model):
        counter = IntegerField(primary_key=True)
        state = CharField()
        reason = CharField()
        staff = IntegerField(null=True)
        since = BigIntegerField()

        class Meta:
            database = db
            table_name = "counter_state"

    class ReasonRow(Model):
        revision = BigIntegerField(primary_key=True)
        ticket = IntegerField(null=True)
        counter = IntegerField(null=True)
        text = TextField()

        class Meta:
            database = db
            table_name = "reason"

    class UndoRow(Model):
        ticket = IntegerField(primary_key=True)
        station = CharField()
        step = CharField()
        counter = IntegerField()
        before = TextField()
        rev = BigIntegerField()
        until = BigIntegerField()

        class Meta:
            database = db
            table_name = "undo"

    class HelpRow(Model):
        station = CharField()
        kind = CharField()
        ticket = IntegerField(null=True)
        asked_at = BigIntegerField()
        answered_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "help"

    class RatingRow(Model):
        ticket = IntegerField(primary_key=True)
        score = IntegerField(null=True)
        counter = IntegerField(null=True)
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "rating"

    class BookingRow(Model):
        code = CharField(primary_key=True)
        day = CharField()
        slot = BigIntegerField()
        service = CharField()
        ticket = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "booking"

    db.create_tables(
        [
            BranchRow,
            JournalRow,
            SettingRow,
            StaffRow,
            SessionRow,
            AreaRow,
            QueueRow,
            GroupRow,
            ServiceRow,
            ClassRow,
            CounterRow,
            CounterServiceRow,
            DayRow,
            NumberRow,
            VisitRow,
            TicketRow,
            CounterStateRow,
            ReasonRow,
            UndoRow,
            HelpRow,
            RatingRow,
            BookingRow,
        ],
        safe=False,
    )
    for statement in (
        "CREATE INDEX ticket_waiting_idx ON ticket (order_key, seq) WHERE state = 'waiting'",
        "CREATE UNIQUE INDEX ticket_called_idx ON ticket (counter) WHERE state = 'called'",
        "CREATE UNIQUE INDEX ticket_day_number_idx ON ticket (day, number)",
        "CREATE INDEX ticket_day_state_idx ON ticket (day, state)",
        "CREATE INDEX help_open_idx ON help (asked_at) WHERE answered_at IS NULL",
    ):
        db.execute_sql(statement)
