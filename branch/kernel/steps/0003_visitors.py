"""Step 3: visitors, reception records, roll calls, retention, trainings, keys. Frozen."""

from typing import Any

from peewee import (
    AutoField,
    BigIntegerField,
    CharField,
    CompositeKey,
    IntegerField,
    Model,
    TextField,
)


def up(migrator: Any, db: Any) -> None:
    class NoticeRow(Model):
        kind = CharField()
        version = IntegerField()
        zh = TextField()
        en = TextField()
        days = IntegerField()
        made_at = BigIntegerField()
        made_by = IntegerField()

        class Meta:
            database = db
            table_name = "notice"
            primary_key = CompositeKey("kind", "version")

    class VisitorRow(Model):
        id = AutoField()
        day = CharField()
        state = CharField()
        name = CharField()
        unit = CharField()
        search = CharField()
        phone = TextField()
        phone_mark = CharField()
        document = CharField()
        document_tail = CharField()
        document_mark = CharField()
        checked_by = IntegerField(null=True)
        host = IntegerField(null=True)
        purpose = CharField()
        matter = CharField()
        area = CharField()
        badge = CharField()
        plate = TextField()
        goods = TextField()
        guardian = TextField()
        signature = TextField()
        notice = IntegerField(null=True)
        told_at = BigIntegerField(null=True)
        consent_at = BigIntegerField(null=True)
        expected_at = BigIntegerField(null=True)
        came_at = BigIntegerField(null=True)
        answered_at = BigIntegerField(null=True)
        left_at = BigIntegerField(null=True)
        left_by = CharField()
        blocked = IntegerField(null=True)
        made_at = BigIntegerField()
        made_by = IntegerField()
        rev = BigIntegerField()

        class Meta:
            database = db
            table_name = "visitor"

    class BadgeRow(Model):
        number = CharField(primary_key=True)
        state = CharField()
        visitor = IntegerField(null=True)
        since = BigIntegerField()

        class Meta:
            database = db
            table_name = "badge"

    class BlockedRow(Model):
        id = AutoField()
        name = CharField()
        aliases = TextField()
        document_mark = CharField()
        reason = CharField()
        text = TextField()
        expires_on = CharField()
        proposed_by = IntegerField()
        proposed_at = BigIntegerField()
        approved_by = IntegerField(null=True)
        approved_at = BigIntegerField(null=True)
        ended_by = IntegerField(null=True)
        ended_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "blocked"

    class ReceptionRow(Model):
        id = AutoField()
        day = CharField()
        ticket = IntegerField(null=True)
        service = CharField()
        advice = CharField()
        note = TextField()
        feedback = CharField()
        feedback_text = TextField()
        follow_up = CharField()
        follow_by = CharField()
        surname = CharField()
        title = CharField()
        phone = TextField()
        phone_mark = CharField()
        notice = IntegerField(null=True)
        told_at = BigIntegerField(null=True)
        at = BigIntegerField()
        staff = IntegerField()
        done_at = BigIntegerField(null=True)
        done_by = IntegerField(null=True)
        outcome = TextField()
        rev = BigIntegerField()

        class Meta:
            database = db
            table_name = "reception"

    class RollCallRow(Model):
        id = AutoField()
        kind = CharField()
        started_at = BigIntegerField()
        started_by = IntegerField()
        ended_at = BigIntegerField(null=True)
        ended_by = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "roll_call"

    class RollMarkRow(Model):
        id = AutoField()
        roll_call = IntegerField()
        kind = CharField()
        ref = IntegerField(null=True)
        label = CharField()
        place = CharField()
        help = CharField()
        state = CharField()
        at = BigIntegerField(null=True)
        by = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "roll_mark"

    class HoldRow(Model):
        id = AutoField()
        kind = CharField()
        ref = IntegerField()
        reason = CharField()
        text = TextField()
        at = BigIntegerField()
        by = IntegerField()
        lifted_at = BigIntegerField(null=True)
        lifted_by = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "legal_hold"

    class RequestRow(Model):
        id = AutoField()
        number = CharField(unique=True)
        kind = CharField()
        name = CharField()
        phone = TextField()
        phone_mark = CharField()
        wish = TextField()
        checked_by = IntegerField(null=True)
        came_at = BigIntegerField()
        came_by = IntegerField()
        due_on = CharField()
        state = CharField()
        reason = CharField()
        answer = TextField()
        ended_at = BigIntegerField(null=True)
        ended_by = IntegerField(null=True)
        rev = BigIntegerField()

        class Meta:
            database = db
            table_name = "rights_request"

    class RequestItemRow(Model):
        request = IntegerField()
        kind = CharField()
        ref = IntegerField()

        class Meta:
            database = db
            table_name = "rights_request_item"
            primary_key = CompositeKey("request", "kind", "ref")

    class RetentionChangeRow(Model):
        id = AutoField()
        key = CharField()
        days = IntegerField()
        before = IntegerField()
        proposed_at = BigIntegerField()
        proposed_by = IntegerField()
        state = CharField()
        decided_at = BigIntegerField(null=True)
        decided_by = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "retention_change"

    class RetentionRunRow(Model):
        id = AutoField()
        day = CharField()
        at = BigIntegerField()
        staff = IntegerField()
        counts = TextField()

        class Meta:
            database = db
            table_name = "retention_run"

    class PastCountRow(Model):
        month = CharField()
        kind = CharField()
        first = CharField()
        second = CharField()
        number = IntegerField()

        class Meta:
            database = db
            table_name = "past_count"
            primary_key = CompositeKey("month", "kind", "first", "second")

    class TrainingRow(Model):
        id = AutoField()
        staff = IntegerField()
        course = CharField()
        held_on = CharField()
        result = CharField()
        noted_by = IntegerField()
        noted_at = BigIntegerField()
        due_on = CharField(null=True)

        class Meta:
            database = db
            table_name = "training"

    class BreakGlassRow(Model):
        id = AutoField()
        staff = IntegerField()
        station = CharField()
        reason = CharField()
        text = TextField()
        at = BigIntegerField()
        until = BigIntegerField()
        reviewed_by = IntegerField(null=True)
        reviewed_at = BigIntegerField(null=True)
        finding = TextField()

        class Meta:
            database = db
            table_name = "break_glass"

    class BranchKeyRow(Model):
        id = AutoField()
        fingerprint = CharField()
        made_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "branch_key"

    db.create_tables(
        [
            NoticeRow,
            VisitorRow,
            BadgeRow,
            BlockedRow,
            ReceptionRow,
            RollCallRow,
            RollMarkRow,
            HoldRow,
            RequestRow,
            RequestItemRow,
            RetentionChangeRow,
            RetentionRunRow,
            PastCountRow,
            TrainingRow,
            BreakGlassRow,
            BranchKeyRow,
        ],
        safe=False,
    )
    for statement in (
        "CREATE INDEX visitor_day_idx ON visitor (day, came_at)",
        "CREATE INDEX visitor_search_idx ON visitor (search, id)",
        "CREATE INDEX visitor_state_idx ON visitor (state)",
        "CREATE INDEX visitor_phone_idx ON visitor (phone_mark)",
        "CREATE INDEX visitor_document_idx ON visitor (document_mark)",
        "CREATE INDEX reception_day_idx ON reception (day)",
        "CREATE INDEX reception_ticket_idx ON reception (ticket)",
        "CREATE INDEX reception_phone_idx ON reception (phone_mark)",
        "CREATE INDEX roll_mark_idx ON roll_mark (roll_call)",
        "CREATE INDEX legal_hold_idx ON legal_hold (kind, ref) WHERE lifted_at IS NULL",
        # Nearly every ticket has none: what is left to forget is found without reading them all.
        "CREATE INDEX ticket_care_idx ON ticket (day) WHERE care != ''",
        "CREATE INDEX visit_care_idx ON visit (day) WHERE care != ''",
        "CREATE INDEX training_staff_idx ON training (staff)",
        "CREATE INDEX journal_at_idx ON journal (at)",
        "CREATE INDEX journal_staff_idx ON journal (staff, revision)",
        "CREATE INDEX journal_what_idx ON journal (what, revision)",
        "CREATE INDEX journal_subject_idx ON journal (subject, revision)",
    ):
        db.execute_sql(statement)
