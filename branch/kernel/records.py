"""The kernel's tables: the branch row with its revision, the journal, settings; no decisions.

Instants are milliseconds since the epoch (UTC). Rows are bound to no database: every query is
given the store it runs on.
"""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, CharField, IntegerField, Model, TextField


class Row(Model):
    """Parent of every table of the branch."""

    class Meta:
        legacy_table_names = False


class BranchRow(Row):
    """The one row that names the branch and serialises its writers."""

    id = IntegerField(primary_key=True)
    code = CharField()
    name_zh = CharField()
    name_en = CharField()
    zone = CharField()
    opens = CharField()
    closes = CharField()
    revision = BigIntegerField()
    head = CharField()
    day = CharField()

    class Meta:
        table_name = "branch"


class JournalRow(Row):
    """One fact, chained to the one before by its hash."""

    revision = BigIntegerField(primary_key=True)
    at = BigIntegerField()
    station = CharField()
    staff = IntegerField()
    what = CharField()
    subject = CharField()
    data = TextField()
    hash = CharField()

    class Meta:
        table_name = "journal"


class SettingRow(Row):
    """A choice of the branch; ``value`` is JSON."""

    key = CharField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "setting"


class BranchKeyRow(Row):
    """A key of the branch, by its fingerprint only; the newest is in force."""

    id = AutoField()
    fingerprint = CharField()
    made_at = BigIntegerField()

    class Meta:
        table_name = "branch_key"
