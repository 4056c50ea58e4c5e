"""Issued papers as lists and checks show them; writes nothing, asks nobody's permission.

Who may see which paper is asked by the room it belongs to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from branch.kernel.errors import NotFound, RuleBroken, StoreDamaged
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.kernel.vault import Vault, digest_of, vault_of
from branch.papers.head import UNKNOWN, Delivered, PaperContent, PaperLine, Verified
from branch.papers.records import DeliveryRow, PaperRow
from branch.papers.snapshot import codes_in, digest_of_text, read_code
from branch.people.queries import staff_members

_LINE = (
    PaperRow.id,
    PaperRow.form,
    PaperRow.subject,
    PaperRow.part,
    PaperRow.copy,
    PaperRow.number,
    PaperRow.code,
    PaperRow.language,
    PaperRow.pages,
    PaperRow.signed,
    PaperRow.issued_at,
    PaperRow.issued_by,
    PaperRow.printed,
    PaperRow.last_printed_at,
    PaperRow.replaced_by,
    PaperRow.reason,
)
_OF_COMPLAINT = Prepared(
    lambda complaint: (
        PaperRow.select(*_LINE).where(PaperRow.complaint == complaint).order_by(PaperRow.id)
    )
)
_OF_SUBJECT = Prepared(
    lambda subject: PaperRow.select(*_LINE).where(PaperRow.subject == subject).order_by(PaperRow.id)
)
_DELIVERIES = Prepared(
    lambda paper: (
        DeliveryRow.select(
            DeliveryRow.id,
            DeliveryRow.mode,
            DeliveryRow.at,
            DeliveryRow.by,
            DeliveryRow.tracking,
            DeliveryRow.receiver,
            DeliveryRow.witnesses,
            DeliveryRow.proof,
            DeliveryRow.received_on,
        )
        .where(DeliveryRow.paper == paper)
        .order_by(DeliveryRow.id)
    )
)
_CHECK = (
    PaperRow.id,
    PaperRow.form,
    PaperRow.number,
    PaperRow.copy,
    PaperRow.digest,
    PaperRow.issued_at,
    PaperRow.replaced_by,
    PaperRow.snapshot,
    PaperRow.snapshot_digest,
    PaperRow.complaint,
    PaperRow.subject,
    PaperRow.part,
)
_BY_CODE = Prepared(lambda code: PaperRow.select(*_CHECK).where(PaperRow.code == code))
_BY_DIGEST = Prepared(lambda digest: PaperRow.select(*_CHECK).where(PaperRow.digest == digest))
_BY_ID = Prepared(lambda paper: PaperRow.select(*_CHECK).where(PaperRow.id == paper))
_NEWEST = Prepared(
    lambda form, subject, part: (
        PaperRow.select(PaperRow.copy)
        .where(PaperRow.form == form, PaperRow.subject == subject, PaperRow.part == part)
        .order_by(PaperRow.copy.desc())
        .limit(1)
    )
)
_AFTER = Prepared(
    lambda paper, most: (
        PaperRow.select(*_CHECK).where(PaperRow.id > paper).order_by(PaperRow.id).limit(most)
    )
)
_DIGESTS = Prepared(lambda: PaperRow.select(PaperRow.digest))
_PROOFS = Prepared(lambda: DeliveryRow.select(DeliveryRow.proof).where(DeliveryRow.proof != ""))
_PROOF = Prepared(
    lambda delivery: DeliveryRow.select(DeliveryRow.paper, DeliveryRow.proof).where(
        DeliveryRow.id == delivery
    )
)
_PARTS = Prepared(
    lambda form, subject: (
        PaperRow.select(PaperRow.part)
        .where(PaperRow.form == form, PaperRow.subject == subject)
        .distinct()
    )
)
_CHUNK = 500


@dataclass(frozen=True)
class Damage:
    """A paper that is not as it was issued: ``what`` is bytes, missing or snapshot."""

    paper: int
    form: str
    copy: int
    what: str


def papers_of_complaint(store: Store, complaint: int) -> tuple[PaperLine, ...]:
    """Every paper of a case, the oldest first."""
    return _lines(store, _OF_COMPLAINT.all(store, complaint=complaint))


def papers_of_subject(store: Store, subject: str) -> tuple[PaperLine, ...]:
    """Every paper of a subject ("session:3"), the oldest first."""
    return _lines(store, _OF_SUBJECT.all(store, subject=subject))


def parts_issued(store: Store, form: str, subject: str) -> frozenset[str]:
    """The parts of a subject that this form was issued for."""
    return frozenset(row[0] for row in _PARTS.all(store, form=form, subject=subject))


def fields_issued(
    store: Store, form: str, complaints: Iterable[int]
) -> dict[tuple[int, str], dict[str, Any]]:
    """What the newest papers of a form say about some cases, by case and part of it."""
    found: dict[tuple[int, str], dict[str, Any]] = {}
    wanted = sorted(complaints)
    for start in range(0, len(wanted), _CHUNK):
        query = (
            PaperRow.select(PaperRow.complaint, PaperRow.part, PaperRow.snapshot)
            .where(
                PaperRow.complaint.in_(tuple(wanted[start : start + _CHUNK])),
                PaperRow.form == form,
                PaperRow.replaced_by.is_null(),
            )
            .order_by(PaperRow.id)
        )
        sql, values = store.database.get_sql_context().sql(query).query()
        for complaint, part, sealed in store.rows(sql, values):
            kept = json.loads(store.sealer.open(sealed, "paper.snapshot"))
            found[complaint, part] = json.loads(kept["said"])["fields"]
    return found


def content_of(store: Store, paper: int) -> PaperContent:
    """The bytes as they were issued, checked; raises NotFound, RuleBroken when they changed."""
    row = _BY_ID.one(store, paper=paper)
    assert row is not None  # the caller has found it
    data = vault_of(store).get(row[4])
    return PaperContent(row[1], _case_number(store, row), row[2], row[3], data)


def proof_of(store: Store, delivery: int) -> tuple[int, bytes]:
    """The paper of a delivery and the bytes of its proof, checked; raises NotFound where there is
    no proof, RuleBroken when it was changed."""
    row = _PROOF.one(store, delivery=delivery)
    if row is None or not row[1]:
        raise NotFound("proof_unknown")
    return int(row[0]), vault_of(store).get(row[1])


def verified_code(store: Store, text: str) -> tuple[Verified, int | None]:
    """What a code tells, and the complaint of its paper; raises BadInput for no code."""
    row = _BY_CODE.one(store, code=read_code(text))
    return _verified(store, row, changed=False)


def verified_file(store: Store, data: bytes) -> tuple[Verified, int | None]:
    """What a file tells, and the complaint of its paper. A file that carries the code of one of
    our papers and is not its bytes has been changed."""
    row = _BY_DIGEST.one(store, digest=digest_of(data))
    if row is not None:
        return _verified(store, row, changed=False)
    for code in codes_in(data):
        row = _BY_CODE.one(store, code=code)
        if row is not None:
            return _verified(store, row, changed=True)
    return UNKNOWN, None


def damaged_papers(store: Store) -> tuple[Damage, ...]:
    """Every issued paper whose bytes or snapshot are not those that were issued."""
    found: list[Damage] = []
    last, vault = 0, None
    while rows := _AFTER.all(store, paper=last, most=_CHUNK):
        vault = vault or vault_of(store)
        for row in rows:
            what = _damage(store, vault, row)
            if what:
                found.append(Damage(row[0], row[1], row[3], what))
        last = rows[-1][0]
    return tuple(found)


def kept_digests(store: Store) -> frozenset[str]:
    """The files of papers and of proofs of delivery that the vault has to keep."""
    return frozenset(row[0] for row in (*_DIGESTS.all(store), *_PROOFS.all(store)))


def _damage(store: Store, vault: Vault, row: tuple[Any, ...]) -> str:
    try:
        vault.get(row[4])
    except NotFound:
        return "missing"
    except RuleBroken:
        return "bytes"
    kept = _snapshot(store, row)
    return "" if kept and digest_of_text(kept["said"]) == row[8] else "snapshot"


def _snapshot(store: Store, row: tuple[Any, ...]) -> dict[str, Any]:
    """What was kept of the paper's content; nothing when its seal is broken."""
    try:
        kept: dict[str, Any] = json.loads(store.sealer.open(row[7], "paper.snapshot"))
    except StoreDamaged:
        return {}
    return kept


def _verified(
    store: Store, row: tuple[Any, ...] | None, *, changed: bool
) -> tuple[Verified, int | None]:
    if row is None:
        return UNKNOWN, None
    newest = _NEWEST.one(store, form=row[1], subject=row[10], part=row[11])
    assert newest is not None  # at least this one
    # A file that lies on another machine only says nothing against the paper.
    if changed or _damage(store, vault_of(store), row) in ("bytes", "snapshot"):
        state = "changed"
    else:
        state = "replaced" if row[6] is not None else "unchanged"
    return (
        Verified(state, row[1], _case_number(store, row), row[2], row[3], newest[0], row[5]),
        row[9],
    )


def _case_number(store: Store, row: tuple[Any, ...]) -> str:
    kept = _snapshot(store, row)
    return str(kept["head"]["case_number"]) if kept else ""


def _lines(store: Store, rows: Iterable[tuple[Any, ...]]) -> tuple[PaperLine, ...]:
    names = {member.id: member.name for member in staff_members(store)}
    return tuple(
        PaperLine(
            row[0],
            row[1],
            row[2],
            row[3],
            row[4],
            row[5],
            row[6],
            row[7],
            row[8],
            row[9],
            row[10],
            names.get(row[11], ""),
            row[12],
            row[13],
            row[14],
            store.sealer.open(row[15], "paper.reason"),
            tuple(_delivered(store, one, names) for one in _DELIVERIES.all(store, paper=row[0])),
        )
        for row in rows
    )


def _delivered(store: Store, row: tuple[Any, ...], names: dict[int, str]) -> Delivered:
    sealer = store.sealer
    witnesses = sealer.open(row[6], "paper_delivery.witnesses")
    return Delivered(
        row[0],
        row[1],
        row[2],
        names.get(row[3], ""),
        sealer.open(row[4], "paper_delivery.tracking"),
        sealer.open(row[5], "paper_delivery.receiver"),
        tuple(witnesses.split("\n")) if witnesses else (),
        row[7],
        row[8],
    )
