"""Photos and signatures of a run, and what was observed; pictures come with faces hidden already.

The bytes lie in the vault; of a removed photo the row stays and says who removed it when.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from branch.drills.records import ObservationRow, PhotoRow
from branch.drills.rules.run import AREA, PHOTO_KINDS, ROOT_CAUSES, STRENGTH, known
from branch.drills.run import change, find_run, note, noted_at, taken
from branch.kernel.errors import BadInput, NotFound, RuleBroken
from branch.kernel.pictures import checked_picture
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Actor, Handler, Work
from branch.kernel.store import Store
from branch.kernel.vault import vault_of
from branch.people.rules import checked_name

MOST_PHOTOS = 40
_LONGEST = 500


@dataclass(frozen=True)
class AddPhoto:
    """Add a photo or a signature (JPEG, PNG) to a run, or to one of its steps; returns its id."""

    run: int
    step: int | None
    data: bytes = field(repr=False)
    kind: str = "photo"
    at_ms: int | None = None

    def __repr__(self) -> str:
        return f"AddPhoto({self.run}, {self.step}, {self.kind!r})"


@dataclass(frozen=True)
class RemovePhoto:
    """Take a photo out."""

    photo: int


@dataclass(frozen=True)
class OpenPhoto:
    """Get the bytes of a photo, to look at it or to print it."""

    photo: int


@dataclass(frozen=True)
class Observe:
    """Something good (strength) or to mend (area, with its root cause); returns its id."""

    run: int
    kind: str
    text: str
    cause: str = ""
    step: int | None = None
    at_ms: int | None = None

    def __repr__(self) -> str:
        return f"Observe({self.run}, {self.kind!r})"


@dataclass(frozen=True)
class ChangeObservation:
    """Put an observation right."""

    observation: int
    kind: str
    text: str
    cause: str = ""
    step: int | None = None

    def __repr__(self) -> str:
        return f"ChangeObservation({self.observation})"


@dataclass(frozen=True)
class DropObservation:
    """Throw an observation away, as long as no action was made of it."""

    observation: int


@dataclass(frozen=True)
class _Put:
    """A photo that is in the vault already."""

    media: str
    digest: str


_ADD = Prepared(
    lambda run, step, kind, media, digest, size, at_ms, at, by: PhotoRow.insert(
        {
            PhotoRow.run: run,
            PhotoRow.step: step,
            PhotoRow.kind: kind,
            PhotoRow.media: media,
            PhotoRow.digest: digest,
            PhotoRow.size: size,
            PhotoRow.at_ms: at_ms,
            PhotoRow.at: at,
            PhotoRow.by: by,
            PhotoRow.removed_at: None,
            PhotoRow.removed_by: None,
        }
    ).returning(PhotoRow.id)
)
_HAVE = Prepared(
    lambda run: PhotoRow.select(PhotoRow.id).where(
        PhotoRow.run == run, PhotoRow.removed_at.is_null()
    )
)
_FIND = Prepared(
    lambda photo: PhotoRow.select(PhotoRow.run, PhotoRow.digest).where(
        PhotoRow.id == photo, PhotoRow.removed_at.is_null()
    )
)
_REMOVE = Prepared(
    lambda photo, at, by: PhotoRow.update({PhotoRow.removed_at: at, PhotoRow.removed_by: by}).where(
        PhotoRow.id == photo
    )
)
_OBSERVE = Prepared(
    lambda run, kind, text, cause, step, at_ms, at, by: ObservationRow.insert(
        {
            ObservationRow.run: run,
            ObservationRow.kind: kind,
            ObservationRow.text: text,
            ObservationRow.cause: cause,
            ObservationRow.step: step,
            ObservationRow.action: None,
            ObservationRow.at_ms: at_ms,
            ObservationRow.at: at,
            ObservationRow.by: by,
        }
    ).returning(ObservationRow.id)
)
_OBSERVED = Prepared(
    lambda observation: ObservationRow.select(ObservationRow.run, ObservationRow.action).where(
        ObservationRow.id == observation
    )
)
_REWRITE = Prepared(
    lambda observation, kind, text, cause, step: ObservationRow.update(
        {
            ObservationRow.kind: kind,
            ObservationRow.text: text,
            ObservationRow.cause: cause,
            ObservationRow.step: step,
        }
    ).where(ObservationRow.id == observation)
)
_DROP = Prepared(lambda observation: delete(ObservationRow).where(ObservationRow.id == observation))


def prepare_photo(store: Store, command: AddPhoto, actor: Actor) -> _Put:
    """Look at it and put it into the vault, before anybody waits for it; raises BadInput."""
    find_run(store, command.run)
    media = checked_picture(command.data)
    return _Put(media, vault_of(store).put(command.data))


def add_photo(work: Work, command: AddPhoto) -> int:
    """Note it with the run; raises RuleBroken when the run has enough."""
    run = taken(work, command.run, "mark")
    known(command.kind, PHOTO_KINDS, "kind")
    if command.step is not None:
        run.scenario.step(command.step)
    new = work.prepared
    assert isinstance(new, _Put)  # prepare_photo made it
    if len(_HAVE.all(work.store, run=run.id)) >= MOST_PHOTOS:
        raise RuleBroken("drill_photos_enough", most=MOST_PHOTOS)
    row = _ADD.one(
        work.store,
        run=run.id,
        step=command.step,
        kind=command.kind,
        media=new.media,
        digest=new.digest,
        size=len(command.data),
        at_ms=noted_at(work, run, command.at_ms),
        at=work.now,
        by=work.actor.staff,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    change(work, run)
    note(work, run.id, "photo_added", photo=row[0], step=command.step, digest=new.digest)
    return int(row[0])


def remove_photo(work: Work, command: RemovePhoto) -> None:
    """Take it out; raises NotFound, Stale once the run was reviewed."""
    run_id, digest = _photo(work.store, command.photo)
    run = taken(work, run_id, "mark")
    _REMOVE.run(work.store, photo=command.photo, at=work.now, by=work.actor.staff)
    change(work, run)
    note(work, run.id, "photo_removed", photo=command.photo, digest=digest)


def prepare_content(store: Store, command: OpenPhoto, actor: Actor) -> bytes:
    """The photo from the vault, checked; raises NotFound, RuleBroken as the vault does."""
    _run, digest = _photo(store, command.photo)
    return vault_of(store).get(digest)


def open_photo(work: Work, command: OpenPhoto) -> bytes:
    """The photo; that it was looked at stands in the journal."""
    run, _digest = _photo(work.store, command.photo)
    content = work.prepared
    assert isinstance(content, bytes)  # prepare_content made it
    note(work, run, "photo_opened", photo=command.photo)
    return content


def observe(work: Work, command: Observe) -> int:
    """Note it, during the run or after; raises BadInput without text or root cause."""
    run = taken(work, command.run, "mark")
    sealed = _checked(work, run.id, command)
    row = _OBSERVE.one(
        work.store,
        run=run.id,
        kind=command.kind,
        text=sealed,
        cause=command.cause,
        step=command.step,
        at_ms=noted_at(work, run, command.at_ms),
        at=work.now,
        by=work.actor.staff,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    change(work, run)
    note(work, run.id, "observed", observation=row[0], kind=command.kind, cause=command.cause)
    return int(row[0])


def change_observation(work: Work, command: ChangeObservation) -> None:
    """Put it right; raises NotFound, Stale once the run was reviewed."""
    run_id, _action = _observation(work, command.observation)
    run = taken(work, run_id, "mark")
    _REWRITE.run(
        work.store,
        observation=command.observation,
        kind=command.kind,
        text=_checked(work, run.id, command),
        cause=command.cause,
        step=command.step,
    )
    change(work, run)
    note(work, run.id, "observation_changed", observation=command.observation)


def drop_observation(work: Work, command: DropObservation) -> None:
    """Throw it away; raises RuleBroken when an action was made of it."""
    run_id, action = _observation(work, command.observation)
    run = taken(work, run_id, "mark")
    if action is not None:
        raise RuleBroken("observation_has_action")
    _DROP.run(work.store, observation=command.observation)
    change(work, run)
    note(work, run.id, "observation_dropped", observation=command.observation)


def _checked(work: Work, run: int, command: Observe | ChangeObservation) -> str:
    """The text, sealed."""
    known(command.kind, (STRENGTH, AREA), "kind")
    if command.kind == AREA:
        # While it runs nobody knows why yet; the review asks for it.
        known(command.cause, ("", *ROOT_CAUSES), "cause")
    elif command.cause:
        raise BadInput("code_unknown", field="cause", given=command.cause)
    if command.step is not None:
        find_run(work.store, run).scenario.step(command.step)
    text = checked_name(command.text, "text", _LONGEST)
    return work.store.sealer.seal(text, "drill_observation.text")


def _photo(store: Store, photo: int) -> tuple[int, str]:
    row = _FIND.one(store, photo=photo)
    if row is None:
        raise NotFound("drill_photo_unknown")
    return row[0], row[1]


def _observation(work: Work, observation: int) -> tuple[int, int | None]:
    row = _OBSERVED.one(work.store, observation=observation)
    if row is None:
        raise NotFound("observation_unknown")
    return row[0], row[1]


HANDLERS: dict[type, Handler] = {
    AddPhoto: Handler(add_photo, prepare_photo),
    RemovePhoto: Handler(remove_photo),
    OpenPhoto: Handler(open_photo, prepare_content),
    Observe: Handler(observe),
    ChangeObservation: Handler(change_observation),
    DropObservation: Handler(drop_observation),
}
