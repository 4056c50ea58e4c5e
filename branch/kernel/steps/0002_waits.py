"""Step 2: first calls, promises of waits and what became of them. Frozen; never edited after."""

from typing import Any

from peewee import BigIntegerField, CharField, DoubleField, IntegerField, Model, TextField


def up(migrator: Any, db: Any) -> None:
    class PromiseRow(Model):
        ticket = IntegerField(primary_key=True)
        day = CharField()
        made_at = BigIntegerField()
        service = CharField()
        klass = CharField()
        version = IntegerField()
        p10 = IntegerField()
        p50 = IntegerField()
        p90 = IntegerField()
        low = IntegerField()
        middle = IntegerField()
        high = IntegerField()
        wait = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "promise"

    class CalibrationRow(Model):
        version = IntegerField(primary_key=True)
        day = CharField()
        made_at = BigIntegerField()
        promises = IntegerField()
        low = DoubleField()
        middle = DoubleField()
        high = DoubleField()

        class Meta:
            database = db
            table_name = "calibration"

    class LessonRow(Model):
        day = CharField(primary_key=True)
        data = TextField()

        class Meta:
            database = db
            table_name = "lesson"

    db.create_tables([PromiseRow, CalibrationRow, LessonRow], safe=False)
    for statement in (
        "CREATE INDEX promise_day_idx ON promise (day)",
        "ALTER TABLE ticket ADD COLUMN first_called_at BIGINT",
        "UPDATE ticket SET first_called_at = called_at",
        # What can be taken back for seconds does not outlive an upgrade: its form has changed.
        "DELETE FROM undo",
    ):
        db.execute_sql(statement)
