"""The tables of the visitor register, reception records, roll calls and retention; no decisions.

``phone``, ``plate``, ``signature`` and ``guardian`` are sealed texts, ``…_mark`` keyed hashes for
equality. Instants are milliseconds since the epoch, days ISO dates.
"""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, CharField, CompositeKey, IntegerField, TextField

from branch.kernel.records import Row
from branch.kernel.sealing import MarkedColumn, SealedColumn


class NoticeRow(Row):
    """A version of what is told before data are asked for; ``days`` is the retention it names."""

    kind = CharField()
    version = IntegerField()
    zh = TextField()
    en = TextField()
    days = IntegerField()
    made_at = BigIntegerField()
    made_by = IntegerField()

    class Meta:
        table_name = "notice"
        primary_key = CompositeKey("kind", "version")


class VisitorRow(Row):
    """Somebody who comes to the office area. ``rev`` is the revision of the last change.

    ``document`` is the kind of identity document shown, of whose number only the last characters
    (``document_tail``) and a keyed hash are kept. ``search`` is what the register is searched by.
    """

    id = AutoField()
    day = CharField()
    state = CharField()
    name = CharField()
    unit = CharField()
    search = CharField()
    phone = TextField()
    phone_mark = CharField()
    document = CharField()
    document_tail = CharField()
    document_mark = CharField()
    checked_by = IntegerField(null=True)
    host = IntegerField(null=True)
    purpose = CharField()
    matter = CharField()
    area = CharField()
    badge = CharField()
    plate = TextField()
    goods = TextField()
    guardian = TextField()
    signature = TextField()
    notice = IntegerField(null=True)
    told_at = BigIntegerField(null=True)
    consent_at = BigIntegerField(null=True)
    expected_at = BigIntegerField(null=True)
    came_at = BigIntegerField(null=True)
    answered_at = BigIntegerField(null=True)
    left_at = BigIntegerField(null=True)
    left_by = CharField()
    blocked = IntegerField(null=True)
    made_at = BigIntegerField()
    made_by = IntegerField()
    rev = BigIntegerField()

    class Meta:
        table_name = "visitor"


class BadgeRow(Row):
    """A visitor's badge: free, issued to a visitor, or lost, since when."""

    number = CharField(primary_key=True)
    state = CharField()
    visitor = IntegerField(null=True)
    since = BigIntegerField()

    class Meta:
        table_name = "badge"


class BlockedRow(Row):
    """Somebody who is not let in without approval; in force once a second person has approved.

    ``aliases`` are further names, one a line. ``reason`` is a code, ``text`` its words.
    """

    id = AutoField()
    name = CharField()
    aliases = TextField()
    document_mark = CharField()
    reason = CharField()
    text = TextField()
    expires_on = CharField()
    proposed_by = IntegerField()
    proposed_at = BigIntegerField()
    approved_by = IntegerField(null=True)
    approved_at = BigIntegerField(null=True)
    ended_by = IntegerField(null=True)
    ended_at = BigIntegerField(null=True)

    class Meta:
        table_name = "blocked"


class ReceptionRow(Row):
    """A reception record: need, advice, feedback, and how to follow up where that is wanted."""

    id = AutoField()
    day = CharField()
    ticket = IntegerField(null=True)
    service = CharField()
    advice = CharField()
    note = TextField()
    feedback = CharField()
    feedback_text = TextField()
    follow_up = CharField()
    follow_by = CharField()
    surname = CharField()
    title = CharField()
    phone = TextField()
    phone_mark = CharField()
    notice = IntegerField(null=True)
    told_at = BigIntegerField(null=True)
    at = BigIntegerField()
    staff = IntegerField()
    done_at = BigIntegerField(null=True)
    done_by = IntegerField(null=True)
    outcome = TextField()
    rev = BigIntegerField()

    class Meta:
        table_name = "reception"


class RollCallRow(Row):
    """A roll call: real, drill or test."""

    id = AutoField()
    kind = CharField()
    started_at = BigIntegerField()
    started_by = IntegerField()
    ended_at = BigIntegerField(null=True)
    ended_by = IntegerField(null=True)

    class Meta:
        table_name = "roll_call"


class RollMarkRow(Row):
    """One person of a roll call: who by reference, where last known, what became of him.

    ``label`` is a ticket number or the name typed for somebody on no list; ``help`` the codes of
    the help he needs.
    """

    id = AutoField()
    roll_call = IntegerField()
    kind = CharField()
    ref = IntegerField(null=True)
    label = CharField()
    place = CharField()
    help = CharField()
    state = CharField()
    at = BigIntegerField(null=True)
    by = IntegerField(null=True)

    class Meta:
        table_name = "roll_mark"


class HoldRow(Row):
    """A legal hold: the record is kept beyond its time until it is lifted."""

    id = AutoField()
    kind = CharField()
    ref = IntegerField()
    reason = CharField()
    text = TextField()
    at = BigIntegerField()
    by = IntegerField()
    lifted_at = BigIntegerField(null=True)
    lifted_by = IntegerField(null=True)

    class Meta:
        table_name = "legal_hold"


class RequestRow(Row):
    """Somebody's request about his own data, a case with a due day."""

    id = AutoField()
    number = CharField(unique=True)
    kind = CharField()
    name = CharField()
    phone = TextField()
    phone_mark = CharField()
    wish = TextField()
    checked_by = IntegerField(null=True)
    came_at = BigIntegerField()
    came_by = IntegerField()
    due_on = CharField()
    state = CharField()
    reason = CharField()
    answer = TextField()
    ended_at = BigIntegerField(null=True)
    ended_by = IntegerField(null=True)
    rev = BigIntegerField()

    class Meta:
        table_name = "rights_request"


class RequestItemRow(Row):
    """A record that a request is about."""

    request = IntegerField()
    kind = CharField()
    ref = IntegerField()

    class Meta:
        table_name = "rights_request_item"
        primary_key = CompositeKey("request", "kind", "ref")


class RetentionChangeRow(Row):
    """A shortened period that waits for a second person, or what he decided."""

    id = AutoField()
    key = CharField()
    days = IntegerField()
    before = IntegerField()
    proposed_at = BigIntegerField()
    proposed_by = IntegerField()
    state = CharField()
    decided_at = BigIntegerField(null=True)
    decided_by = IntegerField(null=True)

    class Meta:
        table_name = "retention_change"


class RetentionRunRow(Row):
    """A run of the retention: how many records of each kind became counts (JSON)."""

    id = AutoField()
    day = CharField()
    at = BigIntegerField()
    staff = IntegerField()
    counts = TextField()

    class Meta:
        table_name = "retention_run"


class PastCountRow(Row):
    """What is left of records after their time: a number a month, by two codes."""

    month = CharField()
    kind = CharField()
    first = CharField()
    second = CharField()
    number = IntegerField()

    class Meta:
        table_name = "past_count"
        primary_key = CompositeKey("month", "kind", "first", "second")


# What rotation of the branch's key seals anew.
SEALED = (
    SealedColumn(VisitorRow, "phone", "visitor.phone", "phone_mark"),
    SealedColumn(VisitorRow, "plate", "visitor.plate"),
    SealedColumn(VisitorRow, "guardian", "visitor.guardian"),
    SealedColumn(VisitorRow, "signature", "visitor.signature"),
    SealedColumn(ReceptionRow, "phone", "reception.phone", "phone_mark"),
    SealedColumn(RequestRow, "phone", "request.phone", "phone_mark"),
    # Of documents the number itself is not kept.
    MarkedColumn(VisitorRow, "document_mark"),
    MarkedColumn(BlockedRow, "document_mark"),
)
