"""Step 7: inspections, their answers and equipment, commendations, actions that rise. Frozen."""

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
    class TemplateRow(Model):
        code = CharField()
        version = IntegerField()
        data = TextField()
        changed_at = BigIntegerField()
        changed_by = IntegerField()

        class Meta:
            database = db
            table_name = "inspection_template"
            primary_key = CompositeKey("code", "version")

    class SheetRow(Model):
        id = AutoField()
        template = CharField()
        version = IntegerField()
        period = CharField()
        turn = IntegerField()
        about = IntegerField()
        day = CharField()
        late = BooleanField()
        started_at = BigIntegerField()
        started_by = IntegerField()
        finished_at = BigIntegerField(null=True)
        finished_by = IntegerField(null=True)
        score = IntegerField(null=True)
        capped = BooleanField()
        failed = IntegerField()
        cleaner = CharField()
        state = CharField()
        rev = BigIntegerField()

        class Meta:
            database = db
            table_name = "inspection_sheet"

    class AnswerRow(Model):
        sheet = IntegerField()
        item = CharField()
        day = CharField()
        value = CharField()
        verdict = CharField()
        service = CharField()
        note = TextField()
        photo = CharField()
        mended = BooleanField()
        owner = IntegerField(null=True)
        action = IntegerField(null=True)
        at = BigIntegerField()
        by = IntegerField()

        class Meta:
            database = db
            table_name = "inspection_answer"
            primary_key = CompositeKey("sheet", "item")

    class SignatureRow(Model):
        sheet = IntegerField()
        place = IntegerField()
        staff = IntegerField()
        at = BigIntegerField()

        class Meta:
            database = db
            table_name = "inspection_signature"
            primary_key = CompositeKey("sheet", "place")

    class EquipmentRow(Model):
        id = AutoField()
        kind = CharField()
        name = CharField()
        place = CharField()
        serial = CharField()
        expires_on = CharField()
        state = CharField()
        since = BigIntegerField()
        note = TextField()
        rev = BigIntegerField()

        class Meta:
            database = db
            table_name = "equipment"

    class CommendationRow(Model):
        id = AutoField()
        staff = IntegerField()
        day = CharField()
        text = TextField()
        at = BigIntegerField()
        by = IntegerField()

        class Meta:
            database = db
            table_name = "commendation"

    db.create_tables(
        [TemplateRow, SheetRow, AnswerRow, SignatureRow, EquipmentRow, CommendationRow],
        safe=False,
    )
    for statement in (
        # One sheet for one time, whatever two stations do at the same moment.
        "CREATE UNIQUE INDEX inspection_sheet_slot_idx"
        " ON inspection_sheet (template, period, turn, about)",
        "CREATE INDEX inspection_sheet_day_idx ON inspection_sheet (day, id)",
        "CREATE INDEX inspection_answer_item_idx ON inspection_answer (item, verdict, day)",
        "CREATE INDEX equipment_state_idx ON equipment (state, kind)",
        "CREATE INDEX commendation_staff_idx ON commendation (staff)",
        # An action that rose to the branch manager.
        "ALTER TABLE corrective_action ADD COLUMN raised SMALLINT NOT NULL DEFAULT 0",
    ):
        db.execute_sql(statement)
