"""What a case says on any of its forms, by the form's code; decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from branch.complaints.papers import closing, opening
from branch.complaints.papers.dossier import Dossier
from branch.complaints.papers.opening import Said
from branch.papers.head import Material

SAID: Mapping[str, Callable[[Dossier, str], Said]] = {
    "TS-01": opening.registration,
    "TS-02A": opening.acceptance,
    "TS-02B": opening.refusal,
    "TS-03": opening.slip,
    "TS-04": closing.report,
    "TS-05": closing.extension,
    "TS-06": closing.reply,
    "TS-07": closing.visit,
    "TS-09": closing.review,
    "TS-10": opening.withdrawal,
}


def material(file: Dossier, form: str, part: str) -> Material:
    """The fields of a form as the case stands; the part has been checked (``require_ground``)."""
    fields, spared = SAID[form](file, part)
    return Material(file.case.number, file.case.id, fields, spared)
