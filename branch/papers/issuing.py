"""Issuing, printing, delivering: the core of the commands, within the caller's transaction.

Which case a paper belongs to and who may do what with it is asked by the room before.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date

from branch.kernel.clock import from_ms, local_date
from branch.kernel.errors import BadInput, NotFound, RuleBroken, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Work
from branch.kernel.store import Store
from branch.kernel.vault import vault_of
from branch.papers.commands import DeliverPaper, DraftPaper, IssuePaper, NotePrinted
from branch.papers.drafting import Wanted, draft_of, form_of, newest_copy
from branch.papers.form import Form
from branch.papers.head import Draft, Material
from branch.papers.numbers import take_number
from branch.papers.records import DeliveryRow, PaperRow
from branch.papers.snapshot import MODES, WITNESSES, canonical, codes_in, read_typed
from branch.people.rules import checked_name, readable

MOST_BYTES = 20 * 1024 * 1024
MOST_PAGES = 2_000
MOST_PRINTS = 99
LONGEST_REASON = 200
LONGEST_TRACKING = 40
LANGUAGES = ("zh", "en")
# Screens ask for hours and minutes: the minute of the issue is not before it.
_MINUTE_MS = 60_000


@dataclass(frozen=True)
class Issued:
    """What a command needs to know of an issued paper."""

    id: int
    form: str
    subject: str
    part: str
    complaint: int | None
    copy: int
    digest: str
    issued_at: int
    issued_by: int
    printed: int
    replaced_by: int | None


_FIND = Prepared(
    lambda paper: PaperRow.select(
        PaperRow.id,
        PaperRow.form,
        PaperRow.subject,
        PaperRow.part,
        PaperRow.complaint,
        PaperRow.copy,
        PaperRow.digest,
        PaperRow.issued_at,
        PaperRow.issued_by,
        PaperRow.printed,
        PaperRow.replaced_by,
    ).where(PaperRow.id == paper)
)
_NEWEST_ID = Prepared(
    lambda form, subject, part: (
        PaperRow.select(PaperRow.id)
        .where(
            PaperRow.form == form,
            PaperRow.subject == subject,
            PaperRow.part == part,
            PaperRow.replaced_by.is_null(),
        )
        .limit(1)
    )
)
_REPLACE = Prepared(
    lambda paper, by: PaperRow.update({PaperRow.replaced_by: by}).where(PaperRow.id == paper)
)
_PRINTED = Prepared(
    lambda paper, count, at: PaperRow.update(
        {PaperRow.printed: PaperRow.printed + count, PaperRow.last_printed_at: at}
    ).where(PaperRow.id == paper)
)


def prepare_pdf(store: Store, command: IssuePaper) -> str:
    """Put the bytes into the vault before anybody waits for it; returns their digest. Raises
    BadInput (field ``pdf``) for what is no PDF."""
    if not command.pdf.startswith(b"%PDF-") or len(command.pdf) > MOST_BYTES:
        raise BadInput("paper_no_pdf", field="pdf")
    return vault_of(store).put(command.pdf)


def draft(work: Work, command: DraftPaper, material: Material) -> Draft:
    """The draft for an editor; that its particulars were shown in full stays on record."""
    form = form_of(command.form)
    _require_language(command.language)
    typed = read_typed(form, command.typed)
    made = draft_of(work.store, _wanted(work, command, work.now), material, typed)
    work.record("paper.drafted", command.subject, form=command.form, part=command.part)
    return made


def issue(work: Work, command: IssuePaper, material: Material, digest: str) -> int:
    """Freeze it; returns the paper's id.

    Raises Stale when the case or the copy is another than that of the draft, RuleBroken naming
    the asked fields that are empty, BadInput for a correction without a reason.
    """
    form = form_of(command.form)
    _require_language(command.language)
    if command.issued_at > work.now:
        raise BadInput("paper_to_come", field="issued_at")
    if local_date(command.issued_at, work.zone) != local_date(work.now, work.zone):
        raise Stale("paper_changed")
    if not 1 <= command.pages <= MOST_PAGES:
        raise BadInput("paper_pages", field="pages")
    typed = read_typed(form, command.typed)
    made = draft_of(work.store, _wanted(work, command, command.issued_at), material, typed)
    if made.head.copy != command.copy or made.head.code != command.code:
        raise Stale("paper_changed")
    if command.code not in codes_in(command.pdf):
        # The bytes of another draft.
        raise BadInput("paper_no_pdf", field="pdf")
    if made.missing:
        raise RuleBroken("paper_incomplete", fields=",".join(made.missing))
    reason = readable(" ".join(command.reason.split()))
    if command.copy > 1:
        reason = checked_name(command.reason, "reason", LONGEST_REASON)
    elif reason:
        raise BadInput("paper_first_copy", field="reason")
    before = newest_copy(work.store, command.form, command.subject, command.part)
    if form.numbered and before is None and not material.number:
        take_number(work.store, form.code, from_ms(command.issued_at, work.zone).year)
    paper = _insert(work, command, form, made, material, digest, reason)
    if before is not None:
        _REPLACE.run(work.store, paper=before.id, by=paper)
    work.record(
        "paper.issued",
        paper,
        form=command.form,
        of=command.subject,
        part=command.part,
        copy=command.copy,
        code=command.code,
        digest=digest,
        snapshot=made.snapshot_digest,
    )
    return paper


def issued(store: Store, paper: int) -> Issued:
    """An issued paper; raises NotFound."""
    row = _FIND.one(store, paper=paper)
    if row is None:
        raise NotFound("paper_unknown")
    return Issued(*row)


def newest_issued(store: Store, form: str, subject: str, part: str) -> int | None:
    """The id of the copy in force, None before the first."""
    row = _NEWEST_ID.one(store, form=form, subject=subject, part=part)
    return None if row is None else int(row[0])


def note_printed(work: Work, command: NotePrinted) -> int:
    """Count prints; returns how many there are now."""
    paper = issued(work.store, command.paper)
    if not 1 <= command.count <= MOST_PRINTS:
        raise BadInput("paper_prints", field="count")
    _PRINTED.run(work.store, paper=paper.id, count=command.count, at=work.now)
    work.record("paper.printed", paper.id, count=command.count)
    return paper.printed + command.count


def deliver(work: Work, command: DeliverPaper, proof: str = "") -> int:
    """Note a delivery or a try; returns its id. ``proof`` is the digest of the proof in the vault.

    Raises RuleBroken for a copy that was replaced, BadInput naming what is missing: who signed for
    it when it was handed over, a tracking number for the post, two witnesses when it was refused
    (Order 3 Art. 21).
    """
    paper = issued(work.store, command.paper)
    if paper.replaced_by is not None:
        raise RuleBroken("paper_replaced")
    if command.mode not in MODES:
        raise BadInput("code_unknown", field="mode", given="")
    if not paper.issued_at - _MINUTE_MS < command.at <= work.now:
        raise BadInput("delivered_when", field="at")
    tracking = ""
    if command.tracking.strip():
        tracking = checked_name(command.tracking, "tracking", LONGEST_TRACKING)
    elif command.mode == "post":
        raise BadInput("tracking_missing", field="tracking")
    witnesses = [checked_name(name, "witnesses") for name in command.witnesses]
    if command.mode == "refused" and len(set(witnesses)) < WITNESSES:
        raise BadInput("witnesses_missing", field="witnesses")
    receiver = ""
    if command.receiver.strip():
        receiver = checked_name(command.receiver, "receiver")
    elif command.mode == "in_person":
        raise BadInput("receiver_missing", field="receiver")
    received_on = received_day(work, command)
    sealer = work.store.sealer
    query = DeliveryRow.insert(
        paper=paper.id,
        mode=command.mode,
        at=command.at,
        by=work.actor.staff,
        tracking=sealer.seal(tracking, "paper_delivery.tracking"),
        receiver=sealer.seal(receiver, "paper_delivery.receiver"),
        witnesses=sealer.seal("\n".join(witnesses), "paper_delivery.witnesses"),
        proof=proof,
        received_on=received_on,
        rev=work.revision,
    ).returning(DeliveryRow.id)
    delivery = int(next(iter(query.tuples().execute(work.store.database)))[0])
    work.record(
        "paper.delivered",
        paper.id,
        delivery=delivery,
        mode=command.mode,
        at=command.at,
        proof=proof,
        received_on=received_on,
    )
    return delivery


def _wanted(work: Work, command: DraftPaper | IssuePaper, now: int) -> Wanted:
    return Wanted(
        command.form, command.subject, command.part, command.language, now, work.actor.staff
    )


def _require_language(language: str) -> None:
    if language not in LANGUAGES:
        raise BadInput("code_unknown", field="language", given="")


def received_day(work: Work, command: DeliverPaper) -> str:
    """The day of receipt, ISO or empty; raises BadInput for what is none, and for one before it
    went out or to come."""
    if not command.received_on:
        return ""
    try:
        day = date.fromisoformat(command.received_on)
    except ValueError:
        raise BadInput("day_form", field="received_on") from None
    if not local_date(command.at, work.zone) <= day <= local_date(work.now, work.zone):
        raise BadInput("receipt_day", field="received_on")
    return day.isoformat()


def _insert(
    work: Work,
    command: IssuePaper,
    form: Form,
    made: Draft,
    material: Material,
    digest: str,
    reason: str,
) -> int:
    head = made.head
    kept = {
        "head": asdict(head) | {"zone": head.zone.key},
        "said": canonical(
            form, head.subject, head.part, head.number, head.copy, head.language, made.fields
        ),
    }
    sealer = work.store.sealer
    query = PaperRow.insert(
        form=head.form,
        subject=head.subject,
        part=head.part,
        complaint=material.complaint,
        copy=head.copy,
        number=head.number,
        code=head.code,
        language=head.language,
        digest=digest,
        size=len(command.pdf),
        pages=command.pages,
        snapshot=sealer.seal(json.dumps(kept, ensure_ascii=False), "paper.snapshot"),
        snapshot_digest=made.snapshot_digest,
        signed=command.signed,
        issued_at=head.issued_at,
        issued_by=work.actor.staff,
        printed=0,
        last_printed_at=None,
        replaced_by=None,
        reason=sealer.seal(reason, "paper.reason"),
        rev=work.revision,
    ).returning(PaperRow.id)
    return int(next(iter(query.tuples().execute(work.store.database)))[0])
