"""The national standard's codes beside our classes, imported whole."""

from __future__ import annotations

from dataclasses import dataclass

from branch.complaints.code_file import LONGEST, checked_standard, code_preview
from branch.complaints.codes import CLASSES, StandardCode
from branch.complaints.description import known
from branch.complaints.queries.codes import standard_codes
from branch.complaints.records import CaseCodeRow
from branch.kernel.errors import BadInput
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work


@dataclass(frozen=True)
class ImportCodes:
    """Put these codes in force; a class that is not among them has none any more."""

    codes: tuple[StandardCode, ...]


_FORGET = Prepared(lambda: delete(CaseCodeRow))
_KEEP = Prepared(
    lambda dimension, code, standard: CaseCodeRow.insert(
        {
            CaseCodeRow.dimension: dimension,
            CaseCodeRow.code: code,
            CaseCodeRow.standard: standard,
        }
    )
)


def import_codes(work: Work, command: ImportCodes) -> int:
    """Keep the codes; returns how many. Raises BadInput for a class that we do not have, one named
    twice, what is no code, and none at all."""
    if not command.codes:
        raise BadInput("codes_none", field="codes")
    seen: set[tuple[str, str]] = set()
    for one in command.codes:
        known(one.dimension, tuple(CLASSES), "dimension")
        known(one.code, CLASSES[one.dimension], "code")
        if not checked_standard(one.standard):
            raise BadInput("codes_standard", field="codes", longest=LONGEST)
        if (one.dimension, one.code) in seen:
            raise BadInput("codes_twice", field="codes", word=one.code)
        seen.add((one.dimension, one.code))
    changes = code_preview(command.codes, standard_codes(work.store)).changes
    _FORGET.run(work.store)
    for one in command.codes:
        _KEEP.run(work.store, dimension=one.dimension, code=one.code, standard=one.standard)
    work.record(
        "codes.imported",
        "complaint",
        added=sum(not one.before for one in changes),
        changed=sum(bool(one.before and one.after) for one in changes),
        removed=sum(not one.after for one in changes),
    )
    return len(command.codes)


HANDLERS: dict[type, Handler] = {ImportCodes: Handler(import_codes)}
