"""The table of corrective actions; no decisions."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, CharField, IntegerField, TextField

from branch.kernel.records import Row


class ActionRow(Row):
    """A corrective action from a complaint, drill, inspection or evaluation."""

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
    raised = IntegerField(default=0)
    effect_due = CharField(null=True)
    effect = CharField(default="")
    effect_note = TextField(default="")
    effect_at = BigIntegerField(null=True)
    effect_by = IntegerField(null=True)
    rev = BigIntegerField()

    class Meta:
        table_name = "corrective_action"
