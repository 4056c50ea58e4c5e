"""What may stand in the catalogue, and which channel a service can be offered on; pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time

from branch.kernel.errors import BadInput

# Letters without look-alikes (look.md section 13).
LETTERS = "ACEFHKLMNPRTUVWXY"
DOCUMENT_CONDITIONS = (
    "always",
    "if_agent",
    "if_large",
    "if_small",
    "if_asked",
    "if_has",
    "if_known",
    "optional",
)
CHANNELS = (
    "cash_machine",
    "smart_teller",
    "mobile_bank",
    "personal_ebank",
    "phone_bank",
    "corporate_ebank",
)
SELF_SERVICE = ("cash_machine", "smart_teller")
LONGEST_SERVICE_MIN = 240
LARGEST_CREDIT_MIN = 24 * 60


@dataclass(frozen=True)
class Document:
    """What to bring, and when it is needed (a code of ``DOCUMENT_CONDITIONS``)."""

    zh: str
    en: str
    when: str


def offered_machine(channels: Mapping[str, str], out: Collection[str] = ()) -> str | None:
    """The self-service machine in the lobby that can do the whole service and is not among those
    ``out`` of order, or None."""
    return next(
        (name for name in SELF_SERVICE if channels.get(name) == "yes" and name not in out), None
    )


def checked_minutes(minutes: int, field: str, longest: int) -> int:
    """Minutes between 0 and ``longest``; raises BadInput otherwise."""
    if not 0 <= minutes <= longest:
        raise BadInput("minutes_range", field=field, longest=longest)
    return minutes


def checked_break(text: str) -> str:
    """A planned break HH:MM-HH:MM, or empty; raises BadInput otherwise."""
    plain = text.replace("–", "-").replace(" ", "")
    if not plain:
        return ""
    hour = r"([01]\d|2[0-3]):[0-5]\d"
    if not re.fullmatch(f"{hour}-{hour}", plain) or plain[:5] >= plain[6:]:
        raise BadInput("break_form", field="planned_break")
    return plain


def break_span(text: str) -> tuple[int, int] | None:
    """A planned break as minutes from midnight, or None where there is none."""
    if not text:
        return None
    begins, ends = (time.fromisoformat(part) for part in text.split("-"))
    return begins.hour * 60 + begins.minute, ends.hour * 60 + ends.minute
