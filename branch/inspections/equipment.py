"""What stands in the equipment register, and when it is past its time; pure."""

from __future__ import annotations

from datetime import date, timedelta

# A date that is reached within so many days is told beforehand.
EXPIRES_SOON_DAYS = 30
KINDS = (
    "extinguisher",
    "hydrant",
    "alarm",
    "camera",
    "cash_machine",
    "smart_teller",
    "kiosk",
    "board",
    "printer",
    "aed",
    "first_aid",
    "wheelchair",
    "other",
)
WORKING, BROKEN, RETIRED = "working", "broken", "retired"
# Years until an extinguisher is scrapped, by its kind (DB11/T 1620-2019 as quoted; a secondary
# source, so the day entered by hand counts).
SCRAP_YEARS = {"water": 6, "powder": 10, "clean_gas": 10, "co2": 12}


def expiry_state(expires_on: str, today: date) -> str:
    """ "", "soon" (30 days) or "expired" of a day in ISO form, "" where there is none."""
    if not expires_on:
        return ""
    day = date.fromisoformat(expires_on)
    if day < today:
        return "expired"
    return "soon" if day <= today + timedelta(days=EXPIRES_SOON_DAYS) else ""
