"""A draft out of what a room says: head, fields, what is missing, code; writes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from branch.kernel.clock import from_ms
from branch.kernel.errors import NotFound
from branch.kernel.prepared import Prepared
from branch.kernel.records import BranchRow
from branch.kernel.setting import text_setting
from branch.kernel.store import Store
from branch.papers.form import Fields, Form, missing
from branch.papers.forms import FORMS
from branch.papers.head import Draft, Head, Material
from branch.papers.numbers import next_number
from branch.papers.records import PaperRow
from branch.papers.snapshot import (
    canonical,
    checked_typed,
    code_of,
    digest_of_text,
    masked_for_copy,
    with_typed,
)
from branch.people.queries import staff_members


@dataclass(frozen=True)
class Copy:
    """The newest copy of a paper."""

    id: int
    copy: int
    number: str
    fields: Fields


@dataclass(frozen=True)
class Wanted:
    """Which paper is to be drafted: ``now`` in milliseconds, ``staff`` who issues it."""

    form: str
    subject: str
    part: str
    language: str
    now: int
    staff: int


_NEWEST = Prepared(
    lambda form, subject, part: (
        PaperRow.select(PaperRow.id, PaperRow.copy, PaperRow.number, PaperRow.snapshot)
        .where(PaperRow.form == form, PaperRow.subject == subject, PaperRow.part == part)
        .order_by(PaperRow.copy.desc())
        .limit(1)
    )
)
_BRANCH = Prepared(
    lambda: BranchRow.select(BranchRow.code, BranchRow.name_zh, BranchRow.name_en, BranchRow.zone)
)


def form_of(code: str) -> Form:
    """The form of this code; raises NotFound."""
    if code not in FORMS:
        raise NotFound("form_unknown")
    return FORMS[code]


def newest_copy(store: Store, form: str, subject: str, part: str) -> Copy | None:
    """The newest copy that was issued, None before the first."""
    row = _NEWEST.one(store, form=form, subject=subject, part=part)
    if row is None:
        return None
    kept = json.loads(store.sealer.open(row[3], "paper.snapshot"))
    return Copy(row[0], row[1], row[2], json.loads(kept["said"])["fields"])


def draft_of(
    store: Store, wanted: Wanted, material: Material, typed: Mapping[str, object]
) -> Draft:
    """The draft; without typed fields it begins with those of the copy before.

    Raises NotFound for an unknown form, BadInput for what cannot stand in a typed field.
    """
    form = form_of(wanted.form)
    before = newest_copy(store, wanted.form, wanted.subject, wanted.part)
    said = checked_typed(form, typed)
    if not said and before is not None:
        # An older edition may not have had every field.
        said = {
            field.key: before.fields[field.key]
            for field in form.fields
            if field.typed and field.key in before.fields
        }
    row = _BRANCH.one(store)
    assert row is not None  # papers are made in a branch
    code, name_zh, name_en, zone_name = row
    zone = ZoneInfo(zone_name)
    names = {member.id: member.name for member in staff_members(store)}
    year = from_ms(wanted.now, zone).year
    if material.number or not form.numbered:
        number = material.number
    elif before is not None:
        number = before.number
    else:
        number = next_number(store, form.code, year, text_setting(store, "letter_short"))
    head = Head(
        form=form.code,
        edition=form.edition,
        subject=wanted.subject,
        part=wanted.part,
        case_number=material.case_number,
        number=number,
        copy=before.copy + 1 if before else 1,
        code="",
        branch_name=name_en if wanted.language == "en" else name_zh,
        branch_code=code,
        branch_second=" ".join(
            text
            for text in (
                text_setting(store, "branch_address"),
                text_setting(store, "branch_phone"),
            )
            if text
        ),
        issued_at=wanted.now,
        issued_by=names.get(wanted.staff, ""),
        zone=zone,
        language=wanted.language,
    )
    fields = with_typed(form, material.fields, said)
    return _coded(store, form, head, fields, material.spared, before.fields if before else None)


def retyped(store: Store, draft: Draft, typed: Mapping[str, object]) -> Draft:
    """The same draft with other typed fields; reads nothing of the store but its key. Raises
    BadInput naming the field."""
    form = form_of(draft.head.form)
    fields = with_typed(form, draft.fields, checked_typed(form, typed))
    return _coded(store, form, draft.head, fields, draft.spared, draft.last)


def typed_of(draft: Draft) -> dict[str, object]:
    """The typed fields of a draft, as ``IssuePaper`` wants them (JSON)."""
    form = form_of(draft.head.form)
    return {field.key: draft.fields[field.key] for field in form.fields if field.typed}


def _coded(
    store: Store,
    form: Form,
    head: Head,
    fields: Fields,
    spared: frozenset[str],
    last: Fields | None,
) -> Draft:
    shown = masked_for_copy(form, fields)
    text = canonical(form, head.subject, head.part, head.number, head.copy, head.language, shown)
    digest = digest_of_text(text)
    said = f"{form.code}|{head.subject}|{head.part}|{head.copy}|{digest}"
    return Draft(
        head=replace(head, code=code_of(store.sealer.mark(said, "paper.code"))),
        fields=shown,
        missing=missing(form, shown, spared),
        spared=spared,
        snapshot_digest=digest,
        last=last,
    )
