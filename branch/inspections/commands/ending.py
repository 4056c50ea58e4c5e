"""The end of an inspection: its score, the corrective actions it leads to, its signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branch.inspections.answers import (
    FAIL,
    action_due,
    missing,
    needs_action,
    score,
    unexplained,
)
from branch.inspections.records import AnswerRow, SheetRow, SignatureRow
from branch.inspections.rules import Item, Template
from branch.inspections.sheets import (
    DONE,
    OPEN,
    SIGNING,
    Given,
    Sheet,
    answers_of,
    failures,
    found,
    signatures_of,
    template_for,
)
from branch.kernel.clock import local_date
from branch.kernel.errors import NotPermitted, RuleBroken, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Actor, Handler, Work
from branch.kernel.store import Store
from branch.people.commands.sessions import SignInRefused, check_pin, confirm_pin
from branch.people.queries import staff_members
from branch.people.rules import checked_name
from branch.quality.commands import AddAction, add_action, raise_action

_LONGEST_ACTION = 200


@dataclass(frozen=True)
class FinishSheet:
    """End the sheet and sign it first; ``cleaner`` is the name of who cleaned, where asked."""

    sheet: int
    cleaner: str = ""

    def __repr__(self) -> str:
        return f"FinishSheet({self.sheet})"


@dataclass(frozen=True)
class SignSheet:
    """The next signature, by another person with one of the roles it asks for.

    With a staff number and PIN somebody signs at the station of a colleague; without, it is who
    works there. Returns None, or ``SignInRefused`` for a PIN that was not accepted.
    """

    sheet: int
    staff_no: str = ""
    pin: str = ""

    def __repr__(self) -> str:
        return f"SignSheet({self.sheet})"


_FINISH = Prepared(
    lambda sheet, now, by, score, capped, failed, cleaner, state, rev: SheetRow.update(
        {
            SheetRow.finished_at: now,
            SheetRow.finished_by: by,
            SheetRow.score: score,
            SheetRow.capped: capped,
            SheetRow.failed: failed,
            SheetRow.cleaner: cleaner,
            SheetRow.state: state,
            SheetRow.rev: rev,
        }
    ).where(SheetRow.id == sheet)
)
_STATE = Prepared(
    lambda sheet, state, rev: SheetRow.update({SheetRow.state: state, SheetRow.rev: rev}).where(
        SheetRow.id == sheet
    )
)
_SIGN = Prepared(
    lambda sheet, place, staff, now: SignatureRow.insert(
        {
            SignatureRow.sheet: sheet,
            SignatureRow.place: place,
            SignatureRow.staff: staff,
            SignatureRow.at: now,
        }
    )
)
_ACTION = Prepared(
    lambda sheet, item, action: AnswerRow.update({AnswerRow.action: action}).where(
        AnswerRow.sheet == sheet, AnswerRow.item == item
    )
)


def finish_sheet(work: Work, command: FinishSheet) -> None:
    """End it: score, first signature, a corrective action for each failure that needs one.

    Raises RuleBroken while an item has no answer or a failure no note or photo, NotPermitted to
    somebody whose role does not sign first. A second failure of an item within 30 days goes up
    to the branch manager.
    """
    sheet = found(work.store, command.sheet)
    if sheet.state != OPEN:
        raise Stale("sheet_ended")
    template = template_for(work.store, sheet)
    answers = answers_of(work.store, sheet.id)
    left = missing(template, answers)
    if left:
        raise RuleBroken("items_missing", count=len(left), first=left[0])
    bare = unexplained(template, answers)
    if bare:
        raise RuleBroken(f"failure_{bare[0][1]}", item=bare[0][0])
    cleaner = checked_name(command.cleaner, "cleaner") if template.cleaner else ""
    _require_signer(work.store, template, sheet, 0, work.actor.staff, work.roles)
    percent, capped = score(template, answers)
    failed = [item for item in template.items if answers[item.id].verdict == FAIL]
    state = SIGNING if len(template.signs) > 1 else DONE
    _FINISH.run(
        work.store,
        sheet=sheet.id,
        now=work.now,
        by=work.actor.staff,
        score=percent,
        capped=capped,
        failed=len(failed),
        cleaner=cleaner,
        state=state,
        rev=work.revision,
    )
    _SIGN.run(work.store, sheet=sheet.id, place=0, staff=work.actor.staff, now=work.now)
    work.record(
        "inspection.finished",
        sheet.id,
        template=sheet.template,
        score=-1 if percent is None else percent,
        failed=len(failed),
    )
    before = failures(work.store, date.fromisoformat(sheet.day))
    for item in failed:
        if needs_action(item, answers[item.id]):
            action = _add_action(work, sheet, item, answers[item.id])
            if any(other != sheet.id for _, other in before.get(item.id, ())):
                raise_action(work, action)


def prepare_sign(store: Store, command: SignSheet, actor: Actor) -> tuple[str, bool]:
    """Look at the PIN, before anybody waits for it."""
    del actor
    if not command.staff_no:
        return "", False
    return check_pin(store, command.staff_no, command.pin)


def sign_sheet(work: Work, command: SignSheet) -> SignInRefused | None:
    """Sign next; raises NotPermitted to who has signed already or whose role does not sign here
    (two signatures: GB/T 40248-2021 7.3, the inspector's and his superior's)."""
    sheet = found(work.store, command.sheet)
    if sheet.state != SIGNING:
        raise Stale("sheet_signed")
    template = template_for(work.store, sheet)
    place = len(signatures_of(work.store, sheet.id))
    staff, roles = work.actor.staff, work.roles
    if command.staff_no:
        signer = confirm_pin(work, command.staff_no)
        if isinstance(signer, SignInRefused):
            return signer
        staff, roles = signer.staff, signer.roles
    _require_signer(work.store, template, sheet, place, staff, roles)
    _SIGN.run(work.store, sheet=sheet.id, place=place, staff=staff, now=work.now)
    if place + 1 == len(template.signs):
        _STATE.run(work.store, sheet=sheet.id, state=DONE, rev=work.revision)
    work.record("inspection.signed", sheet.id, place=place + 1, account=staff)
    return None


def _require_signer(
    store: Store,
    template: Template,
    sheet: Sheet,
    place: int,
    staff: int,
    roles: frozenset[str],
) -> None:
    signed = {one for _, one, _ in signatures_of(store, sheet.id)}
    if staff == sheet.about or staff in signed:
        raise NotPermitted("second_person_needed")
    if set(template.signs[place]).isdisjoint(roles):
        raise NotPermitted("inspection_signer")


def _add_action(work: Work, sheet: Sheet, item: Item, answer: Given) -> int:
    owner = answer.owner if answer.owner is not None else _owner(work, item)
    text = f"{item.zh}：{answer.note}"
    action = add_action(
        work,
        AddAction(
            "inspection",
            sheet.id,
            text[:_LONGEST_ACTION],
            owner,
            action_due(local_date(work.now, work.zone), item.due_h),
            cause=item.id,
        ),
    )
    _ACTION.run(work.store, sheet=sheet.id, item=item.id, action=action)
    return action


def _owner(work: Work, item: Item) -> int:
    """Who holds the role that looks after it; whoever made the sheet where nobody does."""
    for member in staff_members(work.store):
        if member.active and item.owner in member.roles:
            return member.id
    return work.actor.staff


HANDLERS: dict[type, Handler] = {
    FinishSheet: Handler(finish_sheet),
    SignSheet: Handler(sign_sheet, prepare_sign),
}
