"""What screens and papers see of inspections; write nothing."""

from __future__ import annotations

from branch.inspections.queries.equipment import EquipmentLine, equipment, expiring
from branch.inspections.queries.sheets import (
    DayLine,
    Hint,
    SheetLine,
    SheetView,
    day_lines,
    hints,
    sheet_view,
    sheets_between,
)
from branch.inspections.queries.summary import MonthLine, Repeat, month_lines, repeats

__all__ = [
    "DayLine",
    "EquipmentLine",
    "Hint",
    "MonthLine",
    "Repeat",
    "SheetLine",
    "SheetView",
    "day_lines",
    "equipment",
    "expiring",
    "hints",
    "month_lines",
    "repeats",
    "sheet_view",
    "sheets_between",
]
