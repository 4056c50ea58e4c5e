"""What somebody is still typing, kept on this machine so that a crash loses none of it.

One sealed file for each (kind, subject, member of staff), written whole and synced every time. It
knows names and values, nothing of what they mean; when it is kept is said by who types. Sealed
with the keys of the branch's files: a draft can be read after the branch's key was changed too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from branch.kernel.errors import BadInput, StoreUnavailable
from branch.kernel.store import Store, explained
from branch.kernel.vault import Box, box_of, write_whole

KEEP_DAYS = 30
_DAY_MS = 86_400_000
_HALF_WRITTEN_S = 3600
_PART = re.compile(r"[a-z0-9_.:]{1,60}")


@dataclass(frozen=True)
class DraftName:
    """Whose draft of what: ``kind`` "reply", ``subject`` "117" or "117.round:2"; small letters,
    figures, full stop, colon and underline. ``staff`` is the account's id."""

    kind: str
    subject: str
    staff: int


@dataclass(frozen=True)
class KeptDraft:
    """A draft as it was kept last; ``at`` in milliseconds."""

    name: DraftName
    at: int
    fields: Mapping[str, Any]

    def __repr__(self) -> str:
        return f"KeptDraft({self.name!r})"


class Drafts:
    """The drafts of this machine."""

    def __init__(self, folder: Path, box: Box) -> None:
        self._folder = folder
        self._box = box

    def keep(self, name: DraftName, fields: Mapping[str, Any], now: int) -> None:
        """Keep what was typed (JSON values) as of ``now`` (milliseconds) in the place of what was
        kept before. Raises StoreUnavailable where the folder cannot take it; then what was kept
        before is still there."""
        text = json.dumps({"at": now, "fields": dict(fields)}, ensure_ascii=False)
        path = self._path(name)
        with explained():
            write_whole(path, self._box.seal(text.encode(), path.name.encode()))

    def find(self, name: DraftName) -> KeptDraft | None:
        """What was kept last, None where nothing is or what is there cannot be opened."""
        path = self._path(name)
        with explained():
            kept = path.read_bytes() if path.exists() else None
        return None if kept is None else self._opened(name, path, kept)

    def drop(self, name: DraftName) -> None:
        """It was sent or thrown away; nothing happens when there is none."""
        with explained():
            self._path(name).unlink(missing_ok=True)

    def found(self, staff: int) -> tuple[KeptDraft, ...]:
        """Everything that somebody has not finished, the newest first."""
        kept = [self.find(name) for name in self._names() if name.staff == staff]
        return tuple(
            sorted((one for one in kept if one is not None), key=lambda one: one.at, reverse=True)
        )

    def sweep(self, now: int, is_gone: Callable[[DraftName], bool]) -> int:
        """Take away drafts that nobody touched for 30 days before ``now`` (milliseconds), and
        those of what is gone. Returns how many."""
        went = 0
        for name in self._names():
            kept = self.find(name)
            # What cannot be opened any more goes by the file's own age.
            at = kept.at if kept is not None else self._path(name).stat().st_mtime * 1000
            if at < now - KEEP_DAYS * _DAY_MS or is_gone(name):
                self.drop(name)
                went += 1
        with explained():
            # What a kill left half written.
            for path in self._folder.glob("*.new"):
                if path.stat().st_mtime < now / 1000 - _HALF_WRITTEN_S:
                    path.unlink(missing_ok=True)
        return went

    def _names(self) -> list[DraftName]:
        with explained():
            files = sorted(self._folder.glob("*.draft"))
        parts = [path.stem.split("~") for path in files]
        return [
            DraftName(kind, subject.replace("+", ":"), int(staff))
            for kind, subject, staff in (part for part in parts if len(part) == 3)
            if staff.isdecimal()
        ]

    def _path(self, name: DraftName) -> Path:
        if not _PART.fullmatch(name.kind) or not _PART.fullmatch(name.subject):
            raise BadInput("draft_name", field="name")
        # A colon cannot stand in a file's name on Windows.
        subject = name.subject.replace(":", "+")
        return self._folder / f"{name.kind}~{subject}~{name.staff}.draft"

    def _opened(self, name: DraftName, path: Path, kept: bytes) -> KeptDraft | None:
        data = self._box.open(kept, path.name.encode())
        if data is None:
            return None
        said = json.loads(data)
        return KeptDraft(name, said["at"], said["fields"])


def drafts_of(store: Store) -> Drafts:
    """The drafts of this machine, beside the folder of files. Not within a transaction.

    Raises StoreUnavailable where no folder is known, StoreLocked as the sealer does.
    """
    if store.attachments is None:
        raise StoreUnavailable("store_no_folder")
    return Drafts(store.attachments.parent / "drafts", box_of(store))
