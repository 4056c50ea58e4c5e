"""What is asked of every visitor, announced or at the door, and how it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from branch.kernel.errors import BadInput
from branch.kernel.identity import compact
from branch.kernel.runner import Work
from branch.people.rules import checked_name
from branch.visitors.rules import AREAS, PURPOSES, checked_text, require_known

_LONGEST_PHONE = 20


@dataclass(frozen=True)
class Details:
    """Name, unit, whom he visits, purpose and area are needed; the rest is optional."""

    name: str
    unit: str
    host: int | None
    purpose: str
    area: str
    matter: str = ""
    phone: str = ""
    plate: str = ""

    def __repr__(self) -> str:
        return f"Details(purpose={self.purpose!r}, area={self.area!r})"


def checked_details(work: Work, details: Details, *, known: bool = False) -> dict[str, Any]:
    """The columns of a visitor; raises BadInput that names the field.

    Of somebody ``known``, who has his record, an empty name, telephone or plate stays as it is
    kept: whoever corrects it sees masked values only and cannot type them again.
    """
    if details.host is None:
        raise BadInput("field_empty", field="host")
    require_known(details.purpose, PURPOSES, "purpose")
    require_known(details.area, AREAS, "area")
    phone = compact(details.phone)
    if len(phone) > _LONGEST_PHONE:
        raise BadInput("field_too_long", field="phone", longest=_LONGEST_PHONE, length=len(phone))
    values: dict[str, Any] = {
        "unit": checked_name(details.unit, "unit"),
        "host": details.host,
        "purpose": details.purpose,
        "area": details.area,
        "matter": checked_text(details.matter, "matter"),
    }
    sealer = work.store.sealer
    if details.name.strip() or not known:
        values["name"] = checked_name(details.name, "name")
    if phone or not known:
        values["phone"] = sealer.seal(phone, "visitor.phone")
        values["phone_mark"] = sealer.mark(phone, "visitor.phone")
    plate = checked_text(details.plate, "plate", 20).upper()
    if plate or not known:
        values["plate"] = sealer.seal(plate, "visitor.plate")
    return values
