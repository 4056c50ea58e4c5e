"""Step 4: the working calendar, complaints with their clocks, corrective actions. Frozen."""

from typing import Any

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
    class WorkYearRow(Model):
        year = IntegerField()
        version = IntegerField()
        notice = CharField()
        source = CharField()
        imported_at = BigIntegerField()
        imported_by = IntegerField()

        class Meta:
            database = db
            table_name = "work_year"
            primary_key = CompositeKey("year", "version")

    class WorkDayRow(Model):
        day = CharField()
        version = IntegerField()
        worked = BooleanField()
        name = CharField()

        class Meta:
            database = db
            table_name = "work_day"
            primary_key = CompositeKey("day", "version")

    class ComplaintRow(Model):
        id = AutoField()
        number = CharField(unique=True)
        kind = CharField()
        state = CharField()
        round = IntegerField()
        channel = CharField()
        forwarded = CharField()
        received_at = BigIntegerField()
        received_on = CharField()
        registered_at = BigIntegerField()
        registered_by = IntegerField()
        capacity = CharField()
        anonymous = BooleanField()
        confidential = BooleanField()
        identity = CharField()
        name = CharField()
        search = CharField()
        phone = TextField()
        phone_mark = CharField()
        address = TextField()
        email = TextField()
        document = CharField()
        document_tail = CharField()
        document_mark = CharField()
        credit_code = CharField()
        legal_person = CharField()
        agent = CharField()
        agent_phone = TextField()
        authority = BooleanField()
        reply_wish = CharField()
        parties = IntegerField()
        representatives = TextField()
        title = CharField()
        facts = TextField()
        claims = TextField()
        basis = TextField()
        amount = BigIntegerField(null=True)
        incident_on = CharField()
        incident_place = CharField()
        biz_channel = CharField()
        biz_class = CharField()
        reason = CharField()
        agency = BooleanField()
        severity = CharField()
        urgency = CharField()
        sensitivity = CharField()
        read_back = BooleanField()
        handler = IntegerField(null=True)
        assigned_at = BigIntegerField(null=True)
        slip_due = CharField()
        handed_back = IntegerField()
        proposed = CharField()
        proposed_by = IntegerField(null=True)
        proposed_ref = IntegerField(null=True)
        outcome = CharField()
        finding = CharField()
        cause = CharField()
        systemic = CharField()
        remedies = CharField()
        redress = BigIntegerField(null=True)
        verified = TextField()
        statement = TextField()
        evidence = TextField()
        grounds = TextField()
        decision = TextField()
        measures = TextField()
        reported_by = IntegerField(null=True)
        decided_at = BigIntegerField(null=True)
        decided_by = IntegerField(null=True)
        decided_on = CharField()
        reply_mode = CharField()
        notified_at = BigIntegerField(null=True)
        reply_received_on = CharField()
        satisfaction = CharField()
        closed_at = BigIntegerField(null=True)
        archived_at = BigIntegerField(null=True)
        keep_until = CharField()
        merged_into = IntegerField(null=True)
        merged_state = CharField()
        repeat_of = IntegerField(null=True)
        legal_due = CharField()
        house_due = CharField()
        due = CharField()
        act_by = CharField()
        provisional = BooleanField()
        paused = BooleanField()
        level = IntegerField()
        major = BooleanField()
        ticket = IntegerField(null=True)
        rev = BigIntegerField()

        class Meta:
            database = db
            table_name = "complaint"

    class ComplaintNumberRow(Model):
        day = CharField(primary_key=True)
        last = IntegerField()

        class Meta:
            database = db
            table_name = "complaint_number"

    class SubjectRow(Model):
        complaint = IntegerField()
        staff = IntegerField()
        interest = CharField()

        class Meta:
            database = db
            table_name = "complaint_subject"
            primary_key = CompositeKey("complaint", "staff")

    class CaseTextRow(Model):
        revision = BigIntegerField(primary_key=True)
        complaint = IntegerField()
        text = TextField()

        class Meta:
            database = db
            table_name = "complaint_text"

    class PauseRow(Model):
        id = AutoField()
        complaint = IntegerField()
        kind = CharField()
        start = CharField()
        end = CharField()
        told_on = CharField()

        class Meta:
            database = db
            table_name = "complaint_pause"

    class ExtensionRow(Model):
        id = AutoField()
        complaint = IntegerField()
        days = IntegerField()
        asked_at = BigIntegerField()
        asked_by = IntegerField()
        level = CharField()
        approved_on = CharField()
        approved_by = IntegerField(null=True)
        told_on = CharField()
        told_mode = CharField()
        refused_by = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "complaint_extension"

    class RestartRow(Model):
        id = AutoField()
        complaint = IntegerField()
        day = CharField()
        cause = CharField()

        class Meta:
            database = db
            table_name = "complaint_restart"

    class CaseFileRow(Model):
        id = AutoField()
        complaint = IntegerField()
        name = CharField()
        kind = CharField()
        digest = CharField()
        size = IntegerField()
        added_at = BigIntegerField()
        added_by = IntegerField()
        removed_at = BigIntegerField(null=True)
        removed_by = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "complaint_file"

    class FollowUpRow(Model):
        id = AutoField()
        complaint = IntegerField()
        round = IntegerField()
        at = BigIntegerField()
        by = IntegerField()
        mode = CharField()
        reached = BooleanField()
        satisfaction = CharField()
        kept = CharField()
        text = TextField()
        next_step = CharField()

        class Meta:
            database = db
            table_name = "complaint_visit"

    class ReReviewRow(Model):
        id = AutoField()
        complaint = IntegerField()
        applied_on = CharField()
        due = CharField()
        reviewer = IntegerField()
        process = CharField()
        time_limit = CharField()
        result = CharField()
        decision = CharField()
        text = TextField()
        decided_at = BigIntegerField(null=True)
        told_on = CharField()

        class Meta:
            database = db
            table_name = "complaint_re_review"

    class ActionRow(Model):
        id = AutoField()
        source = CharField()
        ref = IntegerField()
        text = TextField()
        cause = CharField()
        owner = IntegerField()
        due_on = CharField()
        state = CharField()
        evidence = TextField()
        made_at = BigIntegerField()
        made_by = IntegerField()
        done_at = BigIntegerField(null=True)
        checked_by = IntegerField(null=True)
        checked_at = BigIntegerField(null=True)
        reopened = IntegerField()
        rev = BigIntegerField()

        class Meta:
            database = db
            table_name = "corrective_action"

    class AnswerRow(Model):
        id = AutoField()
        code = CharField(unique=True)
        reason = CharField()
        title = CharField()
        title_en = CharField()
        zh = TextField()
        en = TextField()
        active = BooleanField()
        used = IntegerField()
        rev = BigIntegerField()

        class Meta:
            database = db
            table_name = "model_answer"

    class CaseCodeRow(Model):
        dimension = CharField()
        code = CharField()
        standard = CharField()

        class Meta:
            database = db
            table_name = "complaint_code"
            primary_key = CompositeKey("dimension", "code")

    db.create_tables(
        [
            WorkYearRow,
            WorkDayRow,
            ComplaintRow,
            ComplaintNumberRow,
            SubjectRow,
            CaseTextRow,
            PauseRow,
            ExtensionRow,
            RestartRow,
            CaseFileRow,
            FollowUpRow,
            ReReviewRow,
            ActionRow,
            AnswerRow,
            CaseCodeRow,
        ],
        safe=False,
    )
    for statement in (
        "CREATE INDEX complaint_state_idx ON complaint (state, due)",
        "CREATE INDEX complaint_search_idx ON complaint (search, id)",
        "CREATE INDEX complaint_phone_idx ON complaint (phone_mark)",
        # These two carry what statistics read, so that the wide rows with their texts stay away.
        "CREATE INDEX complaint_received_idx ON complaint (kind, received_on, id, channel,"
        " biz_channel, biz_class, reason, severity, received_at, merged_into, repeat_of)",
        "CREATE INDEX complaint_handled_idx ON complaint (kind, closed_at, id, state, round,"
        " received_on, notified_at, legal_due, house_due, outcome, finding, cause, redress,"
        " satisfaction, anonymous, merged_into)",
        "CREATE INDEX complaint_closed_idx ON complaint (closed_at)",
        "CREATE INDEX complaint_subject_idx ON complaint_subject (staff)",
        "CREATE INDEX complaint_text_idx ON complaint_text (complaint)",
        "CREATE INDEX complaint_pause_idx ON complaint_pause (complaint)",
        "CREATE INDEX complaint_extension_idx ON complaint_extension (complaint)",
        "CREATE INDEX complaint_restart_idx ON complaint_restart (complaint)",
        "CREATE INDEX complaint_file_idx ON complaint_file (complaint)",
        "CREATE INDEX complaint_visit_idx ON complaint_visit (complaint)",
        "CREATE INDEX complaint_re_review_idx ON complaint_re_review (complaint)",
        "CREATE INDEX corrective_action_idx ON corrective_action (state, due_on)",
    ):
        db.execute_sql(statement)
