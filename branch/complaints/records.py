"""The tables of complaints: cases, clocks, files, visits, re-reviews, answers; no decisions."""

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
from branch.kernel.sealing import SealedColumn


class ComplaintRow(Row):
    """A complaint, enquiry, suggestion or report. ``rev`` is the revision of the last change.

    ``phone``, ``address``, ``email`` and ``agent_phone`` are sealed texts. Money is in fen, days
    are ISO dates or empty, instants milliseconds. ``due`` is the earlier of ``legal_due`` and
    ``house_due``, or the re-review's day while one runs; all four are computed from what happened
    and kept for sorting only. ``closed_at`` is set exactly while it has ended, in whatever way.
    """

    id = AutoField()
    number = CharField(unique=True)
    kind = CharField()
    state = CharField()
    round = IntegerField()
    channel = CharField()
    forwarded = CharField()
    received_at = BigIntegerField()
    received_on = CharField()
    registered_at = BigIntegerField()
    registered_by = IntegerField()
    capacity = CharField()
    anonymous = BooleanField()
    confidential = BooleanField()
    identity = CharField()
    name = CharField()
    search = CharField()
    phone = TextField()
    phone_mark = CharField()
    address = TextField()
    email = TextField()
    document = CharField()
    document_tail = CharField()
    document_mark = CharField()
    credit_code = CharField()
    legal_person = CharField()
    agent = CharField()
    agent_phone = TextField()
    authority = BooleanField()
    reply_wish = CharField()
    parties = IntegerField()
    representatives = TextField()
    title = CharField()
    facts = TextField()
    claims = TextField()
    basis = TextField()
    amount = BigIntegerField(null=True)
    incident_on = CharField()
    incident_place = CharField()
    biz_channel = CharField()
    biz_class = CharField()
    reason = CharField()
    agency = BooleanField()
    severity = CharField()
    urgency = CharField()
    sensitivity = CharField()
    read_back = BooleanField()
    handler = IntegerField(null=True)
    assigned_at = BigIntegerField(null=True)
    slip_due = CharField()
    handed_back = IntegerField()
    proposed = CharField()
    proposed_by = IntegerField(null=True)
    proposed_ref = IntegerField(null=True)
    outcome = CharField()
    finding = CharField()
    cause = CharField()
    systemic = CharField()
    remedies = CharField()
    redress = BigIntegerField(null=True)
    verified = TextField()
    statement = TextField()
    evidence = TextField()
    grounds = TextField()
    decision = TextField()
    measures = TextField()
    reported_by = IntegerField(null=True)
    decided_at = BigIntegerField(null=True)
    decided_by = IntegerField(null=True)
    decided_on = CharField()
    reply_mode = CharField()
    notified_at = BigIntegerField(null=True)
    # The local day of it, empty without one: what the store groups closings by.
    told_on = CharField()
    reply_received_on = CharField()
    satisfaction = CharField()
    closed_at = BigIntegerField(null=True)
    archived_at = BigIntegerField(null=True)
    keep_until = CharField()
    merged_into = IntegerField(null=True)
    merged_state = CharField()
    repeat_of = IntegerField(null=True)
    legal_due = CharField()
    house_due = CharField()
    due = CharField()
    act_by = CharField()
    provisional = BooleanField()
    paused = BooleanField()
    level = IntegerField()
    major = BooleanField()
    ticket = IntegerField(null=True)
    rev = BigIntegerField()

    class Meta:
        table_name = "complaint"


class ComplaintNumberRow(Row):
    """The last number given out on a day."""

    day = CharField(primary_key=True)
    last = IntegerField()

    class Meta:
        table_name = "complaint_number"


class SubjectRow(Row):
    """A member of staff whom a complaint is about, or who has an interest in it."""

    complaint = IntegerField()
    staff = IntegerField()
    interest = CharField()

    class Meta:
        table_name = "complaint_subject"
        primary_key = CompositeKey("complaint", "staff")


class CaseTextRow(Row):
    """The words that belong to a journal entry of a complaint, apart so that they can be erased."""

    revision = BigIntegerField(primary_key=True)
    complaint = IntegerField()
    text = TextField()

    class Meta:
        table_name = "complaint_text"


class PauseRow(Row):
    """Days that do not count, half-open; an empty ``end`` is still open."""

    id = AutoField()
    complaint = IntegerField()
    kind = CharField()
    start = CharField()
    end = CharField()
    told_on = CharField()

    class Meta:
        table_name = "complaint_pause"


class ExtensionRow(Row):
    """A longer limit that was asked for, and what became of it. ``refused_by`` is also who took the
    step with which it lapsed."""

    id = AutoField()
    complaint = IntegerField()
    days = IntegerField()
    asked_at = BigIntegerField()
    asked_by = IntegerField()
    level = CharField()
    approved_on = CharField()
    approved_by = IntegerField(null=True)
    told_on = CharField()
    told_mode = CharField()
    refused_by = IntegerField(null=True)

    class Meta:
        table_name = "complaint_extension"


class RestartRow(Row):
    """A day on which the clock began anew: new facts, taken up again, or redo ordered."""

    id = AutoField()
    complaint = IntegerField()
    day = CharField()
    cause = CharField()

    class Meta:
        table_name = "complaint_restart"


class CaseFileRow(Row):
    """A file that belongs to a complaint; its bytes lie outside the database by their digest."""

    id = AutoField()
    complaint = IntegerField()
    name = CharField()
    kind = CharField()
    digest = CharField()
    size = IntegerField()
    added_at = BigIntegerField()
    added_by = IntegerField()
    removed_at = BigIntegerField(null=True)
    removed_by = IntegerField(null=True)

    class Meta:
        table_name = "complaint_file"


class FollowUpRow(Row):
    """A follow-up visit after the reply."""

    id = AutoField()
    complaint = IntegerField()
    round = IntegerField()
    at = BigIntegerField()
    by = IntegerField()
    mode = CharField()
    reached = BooleanField()
    satisfaction = CharField()
    kept = CharField()
    text = TextField()
    next_step = CharField()

    class Meta:
        table_name = "complaint_visit"


class ReReviewRow(Row):
    """A re-review by the superior body."""

    id = AutoField()
    complaint = IntegerField()
    applied_on = CharField()
    due = CharField()
    reviewer = IntegerField()
    process = CharField()
    time_limit = CharField()
    result = CharField()
    decision = CharField()
    text = TextField()
    decided_at = BigIntegerField(null=True)
    told_on = CharField()

    class Meta:
        table_name = "complaint_re_review"


class AnswerRow(Row):
    """A model answer of the branch's own, or what it made of a shipped one (same ``code``).

    Empty words mean those that the program ships with.
    """

    id = AutoField()
    code = CharField(unique=True)
    reason = CharField()
    title = CharField()
    title_en = CharField()
    zh = TextField()
    en = TextField()
    active = BooleanField()
    used = IntegerField()
    rev = BigIntegerField()

    class Meta:
        table_name = "model_answer"


class CaseCodeRow(Row):
    """The code of the national standard for one of our codes, where somebody imported it."""

    dimension = CharField()
    code = CharField()
    standard = CharField()

    class Meta:
        table_name = "complaint_code"
        primary_key = CompositeKey("dimension", "code")


# What rotation of the branch's key seals anew.
SEALED = (
    SealedColumn(ComplaintRow, "phone", "complaint.phone", "phone_mark"),
    SealedColumn(ComplaintRow, "address", "complaint.address"),
    SealedColumn(ComplaintRow, "email", "complaint.email"),
    SealedColumn(ComplaintRow, "agent_phone", "complaint.agent_phone"),
)
