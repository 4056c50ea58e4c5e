"""The files of a complaint: added, opened, removed; each leaves an entry, none a file's name.

The bytes lie in the vault; a removed file's row stays and says who removed it when, its bytes go
at the next sweep.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from branch.complaints.case import Case, found, note
from branch.complaints.files import checked_file, checked_file_name
from branch.complaints.records import CaseFileRow, ComplaintRow
from branch.complaints.recusal import require_free
from branch.complaints.rules import State
from branch.drills.queries.photos import kept_digests as drill_photos
from branch.inspections.commands.making import kept_photos
from branch.kernel.drafts import DraftName, drafts_of
from branch.kernel.errors import NotFound, NotPermitted, RuleBroken
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Actor, Handler, Work
from branch.kernel.store import Store
from branch.kernel.vault import vault_of
from branch.papers.queries import kept_digests
from branch.people.rules import Role
from branch.visitors.queries.retention import is_on_hold

# How old a file without a row is before it goes: another station may be about to note it.
_SPARE_S = 3600
# Drafts whose subject is no case.
_WITHOUT_CASE = frozenset({"intake", "session"})
_DESK = frozenset({Role.COMPLAINT_OFFICER, Role.BRANCH_MANAGER, Role.SUPERIOR})


@dataclass(frozen=True)
class AddFile:
    """Add a file to a complaint; returns its id. ``name`` is what it was called."""

    complaint: int
    name: str
    data: bytes = field(repr=False)

    def __repr__(self) -> str:
        return f"AddFile({self.complaint})"


@dataclass(frozen=True)
class RemoveFile:
    """Take a file out of a complaint; that it was there stays on record."""

    file: int


@dataclass(frozen=True)
class OpenFile:
    """Get the bytes of a file, to look at it; who did so stays on record."""

    file: int


@dataclass(frozen=True)
class FileContent:
    """A file as it was added."""

    name: str
    kind: str
    data: bytes

    def __repr__(self) -> str:
        return f"FileContent(kind={self.kind!r})"


@dataclass(frozen=True)
class _Checked:
    """A new file that is in the vault already."""

    kind: str
    digest: str


_ADD = Prepared(
    lambda complaint, name, kind, digest, size, at, by: CaseFileRow.insert(
        {
            CaseFileRow.complaint: complaint,
            CaseFileRow.name: name,
            CaseFileRow.kind: kind,
            CaseFileRow.digest: digest,
            CaseFileRow.size: size,
            CaseFileRow.added_at: at,
            CaseFileRow.added_by: by,
            CaseFileRow.removed_at: None,
            CaseFileRow.removed_by: None,
        }
    ).returning(CaseFileRow.id)
)
_SAME = Prepared(
    lambda complaint, digest: CaseFileRow.select(CaseFileRow.id).where(
        CaseFileRow.complaint == complaint,
        CaseFileRow.digest == digest,
        CaseFileRow.removed_at.is_null(),
    )
)
_FIND = Prepared(
    lambda file: CaseFileRow.select(
        CaseFileRow.complaint, CaseFileRow.name, CaseFileRow.kind, CaseFileRow.digest
    ).where(CaseFileRow.id == file, CaseFileRow.removed_at.is_null())
)
_REMOVE = Prepared(
    lambda file, at, by: CaseFileRow.update(
        {CaseFileRow.removed_at: at, CaseFileRow.removed_by: by}
    ).where(CaseFileRow.id == file)
)
_THERE = Prepared(
    lambda complaint: ComplaintRow.select(ComplaintRow.id).where(ComplaintRow.id == complaint)
)
_KEPT = Prepared(
    lambda: CaseFileRow.select(CaseFileRow.digest).where(CaseFileRow.removed_at.is_null())
)


def prepare_file(store: Store, command: AddFile, actor: Actor) -> _Checked:
    """Look at the content and put it into the vault, before anybody waits for it; raises
    BadInput (field ``file``) for what is empty, too large or of another kind."""
    require_free(store, command.complaint, actor.staff)
    kind = checked_file(command.data)
    return _Checked(kind, vault_of(store).put(command.data))


def add_file(work: Work, command: AddFile) -> int:
    """Note it with the case; raises RuleBroken when it is there already or the case archived."""
    case = _open_case(work, command.complaint)
    new = work.prepared
    assert isinstance(new, _Checked)  # prepare_file made it
    if _SAME.one(work.store, complaint=case.id, digest=new.digest):
        raise RuleBroken("file_there")
    row = _ADD.one(
        work.store,
        complaint=case.id,
        name=checked_file_name(command.name),
        kind=new.kind,
        digest=new.digest,
        size=len(command.data),
        at=work.now,
        by=work.actor.staff,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    note(work, case.id, "file_added", file=row[0], kind=new.kind, digest=new.digest)
    return int(row[0])


def remove_file(work: Work, command: RemoveFile) -> None:
    """Take it out; raises NotFound, RuleBroken for an archived case and on legal
    hold."""
    complaint, _name, kind, digest = _found_file(work.store, command.file)
    case = _open_case(work, complaint)
    if is_on_hold(work.store, "complaint", case.id):
        raise RuleBroken("record_on_hold")
    _REMOVE.run(work.store, file=command.file, at=work.now, by=work.actor.staff)
    note(work, case.id, "file_removed", file=command.file, kind=kind, digest=digest)


def prepare_content(store: Store, command: OpenFile, actor: Actor) -> FileContent:
    """The file from the vault, checked; raises NotFound also to whom the complaint is about."""
    complaint, name, kind, digest = _found_file(store, command.file)
    require_free(store, complaint, actor.staff)
    return FileContent(name, kind, vault_of(store).get(digest))


def open_file(work: Work, command: OpenFile) -> FileContent:
    """The file; raises NotPermitted to who has no part in the case."""
    complaint = _found_file(work.store, command.file)[0]
    case = found(work, complaint)
    if Role.AUDITOR not in work.roles:
        _require_part(work, case)
    content = work.prepared
    assert isinstance(content, FileContent)  # prepare_content made it
    note(work, case.id, "file_opened", file=command.file)
    return content


def sweep_files(store: Store, now: int) -> int:
    """Take away bytes that belong to no file, paper or photo any more, and this machine's drafts
    of cases that are gone; ``now`` in milliseconds. Returns how many files went. Raises
    StoreUnavailable."""
    kept = kept_digests(store) | drill_photos(store) | kept_photos(store)
    kept |= {row[0] for row in _KEPT.all(store)}
    went = vault_of(store).sweep(kept, now / 1000 - _SPARE_S)
    return went + drafts_of(store).sweep(now, lambda name: _is_gone(store, name))


def _is_gone(store: Store, name: DraftName) -> bool:
    """Whether the case of a draft was erased; drafts of other things have none."""
    subject = name.subject.partition(".")[0].removeprefix("complaint:")
    if name.kind in _WITHOUT_CASE or not subject.isdecimal():
        return False
    return _THERE.one(store, complaint=int(subject)) is None


def _found_file(store: Store, file: int) -> tuple[int, str, str, str]:
    row = _FIND.one(store, file=file)
    if row is None:
        raise NotFound("file_unknown")
    complaint, name, kind, digest = row
    return complaint, name, kind, digest


def _open_case(work: Work, complaint: int) -> Case:
    case = found(work, complaint)
    _require_part(work, case)
    if case.state == State.ARCHIVED:
        raise RuleBroken("file_archived")
    return case


def _require_part(work: Work, case: Case) -> None:
    """Whoever was told first, whoever handles it, and the desk (Order 3 Art. 22)."""
    if work.actor.staff not in (case.registered_by, case.handler) and not _DESK & work.roles:
        raise NotPermitted("complaint_part")


HANDLERS: dict[type, Handler] = {
    AddFile: Handler(add_file, prepare_file),
    RemoveFile: Handler(remove_file),
    OpenFile: Handler(open_file, prepare_content),
}
