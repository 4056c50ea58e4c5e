"""The tables of inspections: changed templates, sheets, answers, signatures, equipment; no
decisions."""

from __future__ import annotations

from peewee import (
    AutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    IntegerField,
    TextField,
)

from branch.kernel.records import Row


class TemplateRow(Row):
    """A template the branch changed; ``data`` is JSON. Version 1 is the shipped one."""

    code = CharField()
    version = IntegerField()
    data = TextField()
    changed_at = BigIntegerField()
    changed_by = IntegerField()

    class Meta:
        table_name = "inspection_template"
        primary_key = CompositeKey("code", "version")


class SheetRow(Row):
    """One inspection made or being made; ``day`` ISO, ``state`` open, signing or done."""

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
        table_name = "inspection_sheet"


class AnswerRow(Row):
    """What was found at one item; ``photo`` is a digest in the vault."""

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
        table_name = "inspection_answer"
        primary_key = CompositeKey("sheet", "item")


class SignatureRow(Row):
    """Who signed a sheet at which place."""

    sheet = IntegerField()
    place = IntegerField()
    staff = IntegerField()
    at = BigIntegerField()

    class Meta:
        table_name = "inspection_signature"
        primary_key = CompositeKey("sheet", "place")


class EquipmentRow(Row):
    """A thing of the branch that is looked after; ``expires_on`` ISO or empty."""

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
        table_name = "equipment"
