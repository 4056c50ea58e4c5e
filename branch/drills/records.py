"""The tables of drills: plans, scenarios, runs and what happened in them; no decisions.

Instants (``at``) are milliseconds since the epoch, columns in ``_ms`` the run's own time:
milliseconds since START, pauses included. Texts that people wrote during a run are sealed.
"""

from __future__ import annotations

from peewee import (
    AutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    DoubleField,
    IntegerField,
    TextField,
)

from branch.kernel.records import Row
from branch.kernel.sealing import SealedColumn


class PlanRow(Row):
    """A version of an emergency plan: draft, effective or superseded; ``because_action`` is the
    corrective action that it answers."""

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
        table_name = "emergency_plan"


class ScenarioRow(Row):
    """A version of a scenario that the branch made its own; ``text`` is JSON."""

    code = CharField()
    version = IntegerField()
    text = TextField()
    changed_at = BigIntegerField()
    changed_by = IntegerField()
    rev = BigIntegerField()

    class Meta:
        table_name = "drill_scenario"
        primary_key = CompositeKey("code", "version")


class FrequencyRow(Row):
    """Every how many days a scenario is drilled (0: its own), head office's longest (0: free)."""

    code = CharField(primary_key=True)
    days = IntegerField()
    locked = IntegerField()
    rev = BigIntegerField()

    class Meta:
        table_name = "drill_frequency"


class RunRow(Row):
    """A drill or a real incident. ``snapshot`` is the scenario as it was (JSON).

    ``head_count`` is JSON of numbers only; ``report`` and ``hot_wash`` are sealed JSON."""

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
        table_name = "drill_run"


class RunNumberRow(Row):
    """The last number given out of a kind (drill, incident) in a year."""

    kind = CharField()
    year = IntegerField()
    last = IntegerField()

    class Meta:
        table_name = "drill_number"
        primary_key = CompositeKey("kind", "year")


class CastRow(Row):
    """Who plays which role in a run."""

    run = IntegerField()
    role = CharField()
    staff = IntegerField()
    position = IntegerField()

    class Meta:
        table_name = "drill_role"
        primary_key = CompositeKey("run", "role", "staff")


class CheckRow(Row):
    """An item of the list before START that somebody has ticked."""

    run = IntegerField()
    item = CharField()
    at = BigIntegerField()
    by = IntegerField()

    class Meta:
        table_name = "drill_check"
        primary_key = CompositeKey("run", "item")


class PauseRow(Row):
    """A pause of a run; open while ``to_ms`` is null."""

    id = AutoField()
    run = IntegerField()
    from_ms = BigIntegerField()
    to_ms = BigIntegerField(null=True)

    class Meta:
        table_name = "drill_pause"


class CorrectionRow(Row):
    """By how much a station's time of day was put forward while a run was on."""

    id = AutoField()
    run = IntegerField()
    station = CharField()
    by_ms = BigIntegerField()
    at = BigIntegerField()

    class Meta:
        table_name = "drill_clock_correction"


class InjectRow(Row):
    """An inject that was released or skipped."""

    run = IntegerField()
    no = IntegerField()
    state = CharField()
    at_ms = BigIntegerField()
    at = BigIntegerField()
    by = IntegerField()

    class Meta:
        table_name = "drill_inject"
        primary_key = CompositeKey("run", "no")


class MarkRow(Row):
    """What became of a step; in force while ``ended_at`` is null."""

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
        table_name = "drill_mark"


class PhotoRow(Row):
    """A photo or a signature of a run; its bytes lie in the vault."""

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
        table_name = "drill_photo"


class ObservationRow(Row):
    """What was good or is to be mended."""

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
        table_name = "drill_observation"


SEALED = (
    SealedColumn(RunRow, "report", "drill_run.report"),
    SealedColumn(RunRow, "hot_wash", "drill_run.hot_wash"),
    SealedColumn(MarkRow, "note", "drill_mark.note"),
    SealedColumn(ObservationRow, "text", "drill_observation.text"),
)
