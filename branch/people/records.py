"""The tables of accounts and of who sits where; no decisions."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, BooleanField, CharField, IntegerField

from branch.kernel.records import Row


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
