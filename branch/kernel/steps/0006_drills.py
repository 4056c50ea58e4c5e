"""Step 6: emergency plans, scenarios, drills and incidents; calling that stood still. Frozen."""

from typing import Any

from peewee import (
    AutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    DoubleField,
    IntegerField,
    Model,
    TextField,
)


def up(migrator: Any, db: Any) -> None:
    _plans(db)
    _runs(db)
    _what_happened(db)
    _afterwards(db)
    _standstill(db)


def _plans(db: Any) -> None:
    class PlanRow(Model):
        id = AutoField()
        code = CharField()
        version = IntegerField()
        status = CharField()
        title_zh = CharField()
        title_en = CharField()
        body = TextField()
        changes = TextField()
        because_action = IntegerField(null=True)
        made_at = BigIntegerField()
        made_by = IntegerField()
        approved_at = BigIntegerField(null=True)
        approved_by = IntegerField(null=True)
        effective_on = CharField()
        rev = BigIntegerField()

        class Meta:
            database = db
            table_name = "emergency_plan"

    class ScenarioRow(Model):
        code = CharField()
        version = IntegerField()
        text = TextField()
        changed_at = BigIntegerField()
        changed_by = IntegerField()
        rev = BigIntegerField()

        class Meta:
            database = db
            table_name = "drill_scenario"
            primary_key = CompositeKey("code", "version")

    class FrequencyRow(Model):
        code = CharField(primary_key=True)
        days = IntegerField()
        locked = IntegerField()
        rev = BigIntegerField()

        class Meta:
            database = db
            table_name = "drill_frequency"

    db.create_tables([PlanRow, ScenarioRow, FrequencyRow], safe=False)
    db.execute_sql("CREATE UNIQUE INDEX emergency_plan_idx ON emergency_plan (code, version)")


def _runs(db: Any) -> None:
    class RunRow(Model):
        id = AutoField()
        number = CharField(unique=True)
        code = CharField()
        version = IntegerField()
        snapshot = TextField()
        plan_version = IntegerField()
        plan_status = CharField()
        form = CharField()
        variant = IntegerField(null=True)
        state = CharField()
        is_real = BooleanField()
        level = CharField()
        source = CharField()
        ref = IntegerField(null=True)
        due_on = CharField()
        place = CharField()
        weather = CharField()
        planned_at = BigIntegerField()
        planned_by = IntegerField()
        started_at = BigIntegerField(null=True)
        started_by = IntegerField(null=True)
        turned_ms = BigIntegerField(null=True)
        ended_ms = BigIntegerField(null=True)
        ended_at = BigIntegerField(null=True)
        ended_by = IntegerField(null=True)
        reason = CharField()
        roll_call = IntegerField(null=True)
        head_count = TextField()
        report = TextField()
        hot_wash = TextField()
        score = DoubleField(null=True)
        grade = CharField()
        capped = BooleanField()
        reviewed_at = BigIntegerField(null=True)
        reviewed_by = IntegerField(null=True)
        rev = BigIntegerField()

        class Meta:
            database = db
            table_name = "drill_run"

    class RunNumberRow(Model):
        kind = CharField()
        year = IntegerField()
        last = IntegerField()

        class Meta:
            database = db
            table_name = "drill_number"
            primary_key = CompositeKey("kind", "year")

    class CastRow(Model):
        run = IntegerField()
        role = CharField()
        staff = IntegerField()
        position = IntegerField()

        class Meta:
            database = db
            table_name = "drill_role"
            primary_key = CompositeKey("run", "role", "staff")

    class CheckRow(Model):
        run = IntegerField()
        item = CharField()
        at = BigIntegerField()
        by = IntegerField()

        class Meta:
            database = db
            table_name = "drill_check"
            primary_key = CompositeKey("run", "item")

    db.create_tables([RunRow, RunNumberRow, CastRow, CheckRow], safe=False)
    for statement in (
        "CREATE INDEX drill_run_code_idx ON drill_run (code, id)",
        "CREATE INDEX drill_run_state_idx ON drill_run (state)",
        "CREATE INDEX drill_run_source_idx ON drill_run (source, ref)",
    ):
        db.execute_sql(statement)


def _what_happened(db: Any) -> None:
    class PauseRow(Model):
        id = AutoField()
        run = IntegerField()
        from_ms = BigIntegerField()
        to_ms = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "drill_pause"

    class CorrectionRow(Model):
        id = AutoField()
        run = IntegerField()
        station = CharField()
        by_ms = BigIntegerField()
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "drill_clock_correction"

    class InjectRow(Model):
        run = IntegerField()
        no = IntegerField()
        state = CharField()
        at_ms = BigIntegerField()
        at = BigIntegerField()
        by = IntegerField()

        class Meta:
            database = db
            table_name = "drill_inject"
            primary_key = CompositeKey("run", "no")

    class MarkRow(Model):
        id = AutoField()
        run = IntegerField()
        step = IntegerField()
        result = CharField()
        at_ms = BigIntegerField(null=True)
        at = BigIntegerField()
        by = IntegerField()
        note = TextField()
        number = IntegerField(null=True)
        ended_at = BigIntegerField(null=True)
        ended_by = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "drill_mark"

    class PhotoRow(Model):
        id = AutoField()
        run = IntegerField()
        step = IntegerField(null=True)
        kind = CharField()
        media = CharField()
        digest = CharField()
        size = IntegerField()
        at_ms = BigIntegerField(null=True)
        at = BigIntegerField()
        by = IntegerField()
        removed_at = BigIntegerField(null=True)
        removed_by = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "drill_photo"

    db.create_tables([PauseRow, CorrectionRow, InjectRow, MarkRow, PhotoRow], safe=False)
    for statement in (
        "CREATE INDEX drill_pause_idx ON drill_pause (run)",
        "CREATE INDEX drill_clock_correction_idx ON drill_clock_correction (run)",
        # One mark in force a step, whatever two stations do at the same moment.
        "CREATE UNIQUE INDEX drill_mark_idx ON drill_mark (run, step) WHERE ended_at IS NULL",
        "CREATE INDEX drill_photo_idx ON drill_photo (run)",
        "CREATE INDEX drill_photo_digest_idx ON drill_photo (digest)",
    ):
        db.execute_sql(statement)


def _afterwards(db: Any) -> None:
    class ObservationRow(Model):
        id = AutoField()
        run = IntegerField()
        kind = CharField()
        text = TextField()
        cause = CharField()
        step = IntegerField(null=True)
        action = IntegerField(null=True)
        at_ms = BigIntegerField(null=True)
        at = BigIntegerField()
        by = IntegerField()

        class Meta:
            database = db
            table_name = "drill_observation"

    db.create_tables([ObservationRow], safe=False)
    db.execute_sql("CREATE INDEX drill_observation_idx ON drill_observation (run)")


def _standstill(db: Any) -> None:
    class StandstillRow(Model):
        id = AutoField()
        day = CharField()
        reason = CharField()
        ref = IntegerField(null=True)
        from_at = BigIntegerField()
        to_at = BigIntegerField(null=True)
        by = IntegerField()

        class Meta:
            database = db
            table_name = "lobby_standstill"

    db.create_tables([StandstillRow], safe=False)
    for statement in (
        "CREATE UNIQUE INDEX lobby_standstill_open_idx ON lobby_standstill (day)"
        " WHERE to_at IS NULL",
        "CREATE INDEX lobby_standstill_day_idx ON lobby_standstill (day)",
    ):
        db.execute_sql(statement)
