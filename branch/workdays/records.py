"""The tables of the working calendar; no decisions."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, CharField, CompositeKey, IntegerField

from branch.kernel.records import Row


class WorkYearRow(Row):
    """A year of the working calendar, by version; the newest version is in force."""

    year = IntegerField()
    version = IntegerField()
    notice = CharField()
    source = CharField()
    imported_at = BigIntegerField()
    imported_by = IntegerField()

    class Meta:
        table_name = "work_year"
        primary_key = CompositeKey("year", "version")


class WorkDayRow(Row):
    """A day that differs from Monday to Friday, of one version of its year."""

    day = CharField()
    version = IntegerField()
    worked = BooleanField()
    name = CharField()

    class Meta:
        table_name = "work_day"
        primary_key = CompositeKey("day", "version")
