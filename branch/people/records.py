"""The tables of accounts, sessions, trainings, commendations and emergency access; no decisions.

What is written of an emergency is sealed: it may speak of the person in need.
"""

from __future__ import annotations

from typing import Final

from peewee import (
    AutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    IntegerField,
    TextField,
)

from branch.kernel.records import Row
from branch.kernel.sealing import SealedColumn

# What the two sealed columns are sealed for.
REASON: Final = "break_glass.text"
FINDING: Final = "break_glass.finding"


class StaffRow(Row):
    """An account. ``roles`` are codes joined by commas; a station's account has no PIN."""

    id = AutoField()
    staff_no = CharField(unique=True)
    name = CharField()
    roles = CharField()
    pin_hash = CharField()
    active = BooleanField()
    locked = BooleanField()
    failures = IntegerField()
    not_before = BigIntegerField()

    class Meta:
        table_name = "staff"


class SessionRow(Row):
    """Who is signed in at a station."""

    station = CharField(primary_key=True)
    staff = IntegerField()
    since = BigIntegerField()

    class Meta:
        table_name = "session"


class TrainingRow(Row):
    """A training of somebody; the days are ISO dates."""

    id = AutoField()
    staff = IntegerField()
    course = CharField()
    held_on = CharField()
    result = CharField()
    noted_by = IntegerField()
    noted_at = BigIntegerField()
    due_on = CharField(null=True)

    class Meta:
        table_name = "training"


class CommendationRow(Row):
    """For what somebody was commended; ``day`` ISO."""

    id = AutoField()
    staff = IntegerField()
    day = CharField()
    text = TextField()
    at = BigIntegerField()
    by = IntegerField()

    class Meta:
        table_name = "commendation"


class BreakGlassRow(Row):
    """An emergency access and its review; ``text`` and ``finding`` are sealed."""

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
        table_name = "break_glass"


SEALED: Final = (
    SealedColumn(BreakGlassRow, "text", REASON),
    SealedColumn(BreakGlassRow, "finding", FINDING),
)
