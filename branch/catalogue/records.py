"""The tables of the catalogue: areas, queues, groups, services, classes, counters; no decisions."""

from __future__ import annotations

from peewee import BooleanField, CharField, CompositeKey, IntegerField, TextField

from branch.kernel.records import Row


class AreaRow(Row):
    """A waiting area."""

    code = CharField(primary_key=True)
    zh = CharField()
    en = CharField()

    class Meta:
        table_name = "area"


class QueueRow(Row):
    """A queue family of board and console, named by the letter of its tickets."""

    letter = CharField(primary_key=True)
    zh = CharField()
    en = CharField()
    position = IntegerField()

    class Meta:
        table_name = "queue"


class GroupRow(Row):
    """A kiosk tile: services of one kind, in one queue, waiting in one area."""

    code = CharField(primary_key=True)
    zh = CharField()
    en = CharField()
    short_zh = CharField()
    short_en = CharField()
    hint_zh = CharField()
    hint_en = CharField()
    icon = CharField()
    letter = CharField()
    area = CharField()
    position = IntegerField()

    class Meta:
        table_name = "service_group"


class ServiceRow(Row):
    """What a customer comes for. ``documents`` and ``channels`` are JSON."""

    code = CharField(primary_key=True)
    group = CharField(column_name="group_code")
    zh = CharField()
    en = CharField()
    minutes = IntegerField()
    documents = TextField()
    channels = TextField()
    in_person = CharField()
    agent = CharField()
    notes_zh = TextField()
    notes_en = TextField()
    active = BooleanField()
    position = IntegerField()

    class Meta:
        table_name = "service"


class ClassRow(Row):
    """A priority class with its credit and its target of wait, both in minutes."""

    code = CharField(primary_key=True)
    zh = CharField()
    en = CharField()
    credit = IntegerField()
    target = IntegerField()
    position = IntegerField()

    class Meta:
        table_name = "priority_class"


class CounterRow(Row):
    """A counter. An empty name means "counter n"; the planned break is HH:MM-HH:MM or empty."""

    number = IntegerField(primary_key=True)
    zh = CharField()
    en = CharField()
    planned_break = CharField()

    class Meta:
        table_name = "counter"


class CounterServiceRow(Row):
    """One service that a counter can do today."""

    counter = IntegerField()
    service = CharField()

    class Meta:
        table_name = "counter_service"
        primary_key = CompositeKey("counter", "service")
