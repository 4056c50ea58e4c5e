"""The tables of papers: what was issued, its numbers, how it was delivered; no decisions."""

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


class PaperRow(Row):
    """An issued paper: its bytes lie in the vault by ``digest``; ``snapshot`` is a sealed text.

    ``complaint`` is the case it belongs to, empty for none. ``replaced_by`` is the id of the copy
    in its place. ``reason`` (sealed) says why this copy was made.
    """

    id = AutoField()
    form = CharField()
    subject = CharField()
    part = CharField()
    complaint = IntegerField(null=True)
    copy = IntegerField()
    number = CharField()
    code = CharField(unique=True)
    language = CharField()
    digest = CharField()
    size = IntegerField()
    pages = IntegerField()
    snapshot = TextField()
    snapshot_digest = CharField()
    signed = BooleanField()
    issued_at = BigIntegerField()
    issued_by = IntegerField()
    printed = IntegerField()
    last_printed_at = BigIntegerField(null=True)
    replaced_by = IntegerField(null=True)
    reason = TextField()
    rev = BigIntegerField()

    class Meta:
        table_name = "paper"


class PaperNumberRow(Row):
    """The last number of a form in a year."""

    form = CharField()
    year = IntegerField()
    last = IntegerField()

    class Meta:
        table_name = "paper_number"
        primary_key = CompositeKey("form", "year")


class DeliveryRow(Row):
    """A delivery or a try. ``tracking``, ``receiver`` and ``witnesses`` are sealed texts, the
    names of witnesses on lines; ``proof`` a digest in the vault or empty."""

    id = AutoField()
    paper = IntegerField()
    mode = CharField()
    at = BigIntegerField()
    by = IntegerField()
    tracking = TextField()
    receiver = TextField()
    witnesses = TextField()
    proof = CharField()
    received_on = CharField()
    rev = BigIntegerField()

    class Meta:
        table_name = "paper_delivery"


# What rotation of the branch's key seals anew.
SEALED = (
    SealedColumn(PaperRow, "snapshot", "paper.snapshot"),
    SealedColumn(PaperRow, "reason", "paper.reason"),
    SealedColumn(DeliveryRow, "tracking", "paper_delivery.tracking"),
    SealedColumn(DeliveryRow, "receiver", "paper_delivery.receiver"),
    SealedColumn(DeliveryRow, "witnesses", "paper_delivery.witnesses"),
)
