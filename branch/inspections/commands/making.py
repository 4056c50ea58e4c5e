"""An inspection being made: begun, answered item by item, given photos, dropped."""

from __future__ import annotations

from dataclasses import dataclass, field

from branch.catalogue.queries import services
from branch.inspections.answers import FAIL, LONGEST_ANSWER, Bounds, judged, plain
from branch.inspections.calendar import slots_on
from branch.inspections.equipment import RETIRED
from branch.inspections.records import AnswerRow, EquipmentRow, SheetRow
from branch.inspections.rules import Item
from branch.inspections.sheets import OPEN, Sheet, answers_of, found, template_for
from branch.inspections.templates import template_of
from branch.kernel.clock import from_ms, local_date
from branch.kernel.errors import BadInput, NotFound, RuleBroken, Stale
from branch.kernel.pictures import checked_picture
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Actor, Handler, Work
from branch.kernel.store import Store
from branch.kernel.vault import vault_of
from branch.people.queries import staff_members
from branch.people.rules import readable


@dataclass(frozen=True)
class StartSheet:
    """Begin the inspection of a slot; returns the sheet's id. ``about`` 0 is nobody."""

    template: str
    period: str
    turn: int = 1
    about: int = 0


@dataclass(frozen=True)
class AnswerItem:
    """What was found at an item; may be said again until the sheet is ended.

    ``value``: pass, fail or not_applicable; a number; a day (ISO); a text; signed; 0, 1, 2.
    ``service`` is the one observed, for a limit that hangs on it; ``mended`` that it was put
    right on the spot; ``owner`` who else puts it right.
    """

    sheet: int
    item: str
    value: str
    note: str = ""
    service: str = ""
    mended: bool = False
    owner: int | None = None

    def __repr__(self) -> str:
        return f"AnswerItem({self.sheet}, {self.item!r})"


@dataclass(frozen=True)
class AddSheetPhoto:
    """A photo of an item that was answered: no face, document or screen on it."""

    sheet: int
    item: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class RemoveSheetPhoto:
    """Take the photo of an item away again."""

    sheet: int
    item: str


@dataclass(frozen=True)
class OpenSheetPhoto:
    """Get the photo of an item; who looked stays on record."""

    sheet: int
    item: str


@dataclass(frozen=True)
class DropSheet:
    """Give up a sheet that was begun by mistake; its answers go."""

    sheet: int


_START = Prepared(
    lambda template, version, period, turn, about, day, late, now, by, rev: SheetRow.insert(
        {
            SheetRow.template: template,
            SheetRow.version: version,
            SheetRow.period: period,
            SheetRow.turn: turn,
            SheetRow.about: about,
            SheetRow.day: day,
            SheetRow.late: late,
            SheetRow.started_at: now,
            SheetRow.started_by: by,
            SheetRow.capped: False,
            SheetRow.failed: 0,
            SheetRow.cleaner: "",
            SheetRow.state: OPEN,
            SheetRow.rev: rev,
        }
    ).returning(SheetRow.id)
)
_TAKEN = Prepared(
    lambda template, period, turn, about: SheetRow.select(
        SheetRow.started_by, SheetRow.started_at
    ).where(
        SheetRow.template == template,
        SheetRow.period == period,
        SheetRow.turn == turn,
        SheetRow.about == about,
    )
)
_KEEP = Prepared(
    lambda sheet, item, day, value, verdict, service, note, mended, owner, now, by: (
        AnswerRow.insert(
            {
                AnswerRow.sheet: sheet,
                AnswerRow.item: item,
                AnswerRow.day: day,
                AnswerRow.value: value,
                AnswerRow.verdict: verdict,
                AnswerRow.service: service,
                AnswerRow.note: note,
                AnswerRow.photo: "",
                AnswerRow.mended: mended,
                AnswerRow.owner: owner,
                AnswerRow.at: now,
                AnswerRow.by: by,
            }
        ).on_conflict(
            conflict_target=[AnswerRow.sheet, AnswerRow.item],
            update={
                AnswerRow.value: value,
                AnswerRow.verdict: verdict,
                AnswerRow.service: service,
                AnswerRow.note: note,
                AnswerRow.mended: mended,
                AnswerRow.owner: owner,
                AnswerRow.at: now,
                AnswerRow.by: by,
            },
        )
    )
)
_PHOTO = Prepared(
    lambda sheet, item, photo: AnswerRow.update({AnswerRow.photo: photo}).where(
        AnswerRow.sheet == sheet, AnswerRow.item == item
    )
)
_DROP = Prepared(lambda sheet: delete(SheetRow).where(SheetRow.id == sheet))
_DROP_ANSWERS = Prepared(lambda sheet: delete(AnswerRow).where(AnswerRow.sheet == sheet))
_COUNT = Prepared(
    lambda kind, retired: EquipmentRow.select(EquipmentRow.id).where(
        EquipmentRow.kind == kind, EquipmentRow.state != retired
    )
)
_PHOTOS = Prepared(lambda none: AnswerRow.select(AnswerRow.photo).where(AnswerRow.photo != none))


def start_sheet(work: Work, command: StartSheet) -> int:
    """Begin; raises NotFound for what is not due today, Stale naming who has begun already,
    RuleBroken before its time."""
    today = local_date(work.now, work.zone)
    slot = next(
        (
            one
            for one in slots_on(work.store, today)
            if (one.template, one.period, one.turn, one.about)
            == (command.template, command.period, command.turn, command.about)
        ),
        None,
    )
    template = template_of(work.store, command.template)
    if slot is None or template is None:
        raise NotFound("inspection_not_due")
    here = from_ms(work.now, work.zone).replace(tzinfo=None)
    if slot.state(here) == "ahead":
        raise RuleBroken("inspection_ahead", at=slot.first.strftime("%H:%M"))
    taken = _TAKEN.one(
        work.store,
        template=slot.template,
        period=slot.period,
        turn=slot.turn,
        about=slot.about,
    )
    if taken is not None:
        names = {member.id: member.name for member in staff_members(work.store)}
        raise Stale(
            "inspection_begun",
            who=names.get(taken[0], ""),
            at=from_ms(taken[1], work.zone).strftime("%H:%M"),
        )
    row = _START.one(
        work.store,
        template=slot.template,
        version=template.version,
        period=slot.period,
        turn=slot.turn,
        about=slot.about,
        day=today.isoformat(),
        late=here > slot.last,
        now=work.now,
        by=work.actor.staff,
        rev=work.revision,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    work.record(
        "inspection.started",
        row[0],
        template=slot.template,
        version=template.version,
        period=slot.period,
        turn=slot.turn,
    )
    return int(row[0])


def answer_item(work: Work, command: AnswerItem) -> str:
    """Keep an answer; returns its verdict. Raises BadInput for what answers nothing, Stale once
    the sheet is ended."""
    sheet, item = _open_item(work.store, command.sheet, command.item)
    value = readable(plain(item, command.value))
    verdict = judged(
        item, value, local_date(work.now, work.zone), _bounds(work.store, item, command)
    )
    note = readable(" ".join(command.note.split()))
    if len(note) > LONGEST_ANSWER:
        raise BadInput("field_too_long", field="note", longest=LONGEST_ANSWER, length=len(note))
    if command.owner is not None and command.owner not in {
        member.id for member in staff_members(work.store) if member.active
    }:
        raise BadInput("owner_unknown", field="owner")
    _KEEP.run(
        work.store,
        sheet=sheet.id,
        item=item.id,
        day=sheet.day,
        value=value,
        verdict=verdict,
        service=command.service,
        note=note,
        mended=command.mended and verdict == FAIL,
        owner=command.owner,
        now=work.now,
        by=work.actor.staff,
    )
    work.record("inspection.answered", sheet.id, item=item.id, verdict=verdict)
    return verdict


def prepare_photo(store: Store, command: AddSheetPhoto, actor: Actor) -> str:
    """Look at the picture and put it into the vault, before anybody waits for it."""
    del actor
    _open_item(store, command.sheet, command.item)
    checked_picture(command.data)
    return vault_of(store).put(command.data)


def add_sheet_photo(work: Work, command: AddSheetPhoto) -> None:
    """Note the photo; raises RuleBroken before the item is answered."""
    sheet, item = _open_item(work.store, command.sheet, command.item)
    if item.id not in answers_of(work.store, sheet.id):
        raise RuleBroken("answer_first")
    assert isinstance(work.prepared, str)  # prepare_photo made it
    _PHOTO.run(work.store, sheet=sheet.id, item=item.id, photo=work.prepared)
    work.record("inspection.photo_added", sheet.id, item=item.id, digest=work.prepared)


def remove_sheet_photo(work: Work, command: RemoveSheetPhoto) -> None:
    """Take it away; its bytes go at the next sweep."""
    sheet, item = _open_item(work.store, command.sheet, command.item)
    _photo(work.store, sheet, item)
    _PHOTO.run(work.store, sheet=sheet.id, item=item.id, photo="")
    work.record("inspection.photo_removed", sheet.id, item=item.id)


def open_sheet_photo(work: Work, command: OpenSheetPhoto) -> bytes:
    """The photo's bytes; raises NotFound, RuleBroken when it was changed."""
    sheet = found(work.store, command.sheet)
    item = template_for(work.store, sheet).item(command.item)
    if item is None:
        raise NotFound("item_unknown")
    data = vault_of(work.store).get(_photo(work.store, sheet, item))
    work.record("inspection.photo_opened", sheet.id, item=item.id)
    return data


def drop_sheet(work: Work, command: DropSheet) -> None:
    """Give it up; raises Stale once it is ended."""
    sheet = _open_sheet(work.store, command.sheet)
    _DROP_ANSWERS.run(work.store, sheet=sheet.id)
    _DROP.run(work.store, sheet=sheet.id)
    work.record("inspection.dropped", sheet.id, template=sheet.template, period=sheet.period)


def extinguishers(store: Store) -> int:
    """How many extinguishers the register has."""
    return len(_COUNT.all(store, kind="extinguisher", retired=RETIRED))


def kept_photos(store: Store) -> frozenset[str]:
    """The digests of every photo an answer has, for the sweep of the vault."""
    return frozenset(row[0] for row in _PHOTOS.all(store, none=""))


def _photo(store: Store, sheet: Sheet, item: Item) -> str:
    answer = answers_of(store, sheet.id).get(item.id)
    if answer is None or not answer.photo:
        raise NotFound("photo_unknown")
    return answer.photo


def _bounds(store: Store, item: Item, command: AnswerItem) -> Bounds:
    minutes = None
    if item.most_of:
        known = {service.code: service.minutes for service in services(store)}
        if command.service not in known:
            raise BadInput("service_observed", field="service")
        minutes = known[command.service]
    return Bounds(extinguishers(store) if item.equals else 0, minutes)


def _open_sheet(store: Store, sheet: int) -> Sheet:
    one = found(store, sheet)
    if one.state != OPEN:
        raise Stale("sheet_ended")
    return one


def _open_item(store: Store, sheet: int, item: str) -> tuple[Sheet, Item]:
    one = _open_sheet(store, sheet)
    known = template_for(store, one).item(item)
    if known is None:
        raise NotFound("item_unknown")
    return one, known


HANDLERS: dict[type, Handler] = {
    StartSheet: Handler(start_sheet),
    AnswerItem: Handler(answer_item),
    AddSheetPhoto: Handler(add_sheet_photo, prepare_photo),
    RemoveSheetPhoto: Handler(remove_sheet_photo),
    OpenSheetPhoto: Handler(open_sheet_photo),
    DropSheet: Handler(drop_sheet),
}
