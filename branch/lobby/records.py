"""The tables of the lobby: visits, tickets, counters at work, promises; no decisions.

Codes of classes and care needs are joined by commas. Instants are milliseconds since the epoch.
"""

from __future__ import annotations

from peewee import (
    AutoField,
    BigIntegerField,
    CharField,
    CompositeKey,
    DoubleField,
    IntegerField,
    TextField,
)

from branch.kernel.records import Row


class DayRow(Row):
    """A business day, open until ``closed_at`` is set; ``revision`` is that of its first fact."""

    day = CharField(primary_key=True)
    revision = BigIntegerField()
    opened_at = BigIntegerField()
    closed_at = BigIntegerField(null=True)

    class Meta:
        table_name = "business_day"


class NumberRow(Row):
    """The last ticket number given out in a day and queue."""

    day = CharField()
    letter = CharField()
    last = IntegerField()

    class Meta:
        table_name = "ticket_number"
        primary_key = CompositeKey("day", "letter")


class VisitRow(Row):
    """A customer's visit from the greeting on, before there is a ticket and without a name."""

    id = AutoField()
    day = CharField()
    greeted_at = BigIntegerField()
    care = CharField()
    classes = CharField()
    service = CharField()
    language = CharField()
    channel = CharField()
    channel_taken = CharField()
    outcome = CharField()
    ticket = IntegerField(null=True)

    class Meta:
        table_name = "visit"


class TicketRow(Row):
    """One place in the queue. ``rev`` is the revision of its last change.

    ``called_at`` is the first call of this stay in line, ``first_called_at`` the first of all.
    """

    id = AutoField()
    day = CharField()
    number = CharField()
    letter = CharField()
    seq = BigIntegerField()
    service = CharField()
    classes = CharField()
    care = CharField()
    language = CharField()
    slot = BigIntegerField(null=True)
    order_key = BigIntegerField()
    state = CharField()
    issued_at = BigIntegerField()
    counter = IntegerField(null=True)
    pinned = IntegerField(null=True)
    called_at = BigIntegerField(null=True)
    first_called_at = BigIntegerField(null=True)
    last_called_at = BigIntegerField(null=True)
    calls = IntegerField()
    ended_at = BigIntegerField(null=True)
    reason = CharField()
    print_state = CharField()
    rev = BigIntegerField()

    class Meta:
        table_name = "ticket"


class CounterStateRow(Row):
    """A counter at work: closed, open or paused, by whom and since when."""

    counter = IntegerField(primary_key=True)
    state = CharField()
    reason = CharField()
    staff = IntegerField(null=True)
    since = BigIntegerField()

    class Meta:
        table_name = "counter_state"


class ReasonRow(Row):
    """The free text of a reason, kept apart from the journal so that retention can erase it."""

    revision = BigIntegerField(primary_key=True)
    ticket = IntegerField(null=True)
    counter = IntegerField(null=True)
    text = TextField()

    class Meta:
        table_name = "reason"


class UndoRow(Row):
    """How a ticket stood before a step that can still be taken back. ``before`` is JSON."""

    ticket = IntegerField(primary_key=True)
    station = CharField()
    step = CharField()
    counter = IntegerField()
    before = TextField()
    rev = BigIntegerField()
    until = BigIntegerField()

    class Meta:
        table_name = "undo"


class HelpRow(Row):
    """A call for the lobby manager, from a kiosk or a counter."""

    id = AutoField()
    station = CharField()
    kind = CharField()
    ticket = IntegerField(null=True)
    asked_at = BigIntegerField()
    answered_at = BigIntegerField(null=True)

    class Meta:
        table_name = "help"


class RatingRow(Row):
    """What a customer thought of the service: 1 to 5, or nothing when he declined."""

    ticket = IntegerField(primary_key=True)
    score = IntegerField(null=True)
    counter = IntegerField(null=True)
    at = BigIntegerField()

    class Meta:
        table_name = "rating"


class BookingRow(Row):
    """An appointment: its code is all the customer needs to bring."""

    code = CharField(primary_key=True)
    day = CharField()
    slot = BigIntegerField()
    service = CharField()
    ticket = IntegerField(null=True)

    class Meta:
        table_name = "booking"


class PromiseRow(Row):
    """The wait a ticket was promised, and the wait that came; spans in milliseconds.

    ``p10`` to ``p90`` were projected, ``low`` to ``high`` announced, stretched by the calibration
    of this ``version``. ``wait`` is set when the day is closed; null for one never called.
    """

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
        table_name = "promise"


class CalibrationRow(Row):
    """How announced ranges were stretched, night by night; ``promises`` is what it was made of."""

    version = IntegerField(primary_key=True)
    day = CharField()
    made_at = BigIntegerField()
    promises = IntegerField()
    low = DoubleField()
    middle = DoubleField()
    high = DoubleField()

    class Meta:
        table_name = "calibration"


class LessonRow(Row):
    """What a closed day teaches the estimator: codes and times only, as JSON in ``data``."""

    day = CharField(primary_key=True)
    data = TextField()

    class Meta:
        table_name = "lesson"


class StandstillRow(Row):
    """A time in which nobody was called: a drill or a real incident; open while ``to_at`` is null.

    ``ref`` is the run that it belongs to, if any.
    """

    id = AutoField()
    day = CharField()
    reason = CharField()
    ref = IntegerField(null=True)
    from_at = BigIntegerField()
    to_at = BigIntegerField(null=True)
    by = IntegerField()

    class Meta:
        table_name = "lobby_standstill"
