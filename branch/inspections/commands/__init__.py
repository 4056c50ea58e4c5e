"""What changes inspections: sheets, their answers and signatures, templates, equipment."""

from __future__ import annotations

from branch.inspections.commands import changing, ending, equipment, making, retention
from branch.inspections.commands.changing import ChangeTemplate, RestoreTemplate
from branch.inspections.commands.ending import FinishSheet, SignSheet
from branch.inspections.commands.equipment import (
    AddEquipment,
    ChangeEquipment,
    SetEquipmentState,
)
from branch.inspections.commands.making import (
    AddSheetPhoto,
    AnswerItem,
    DropSheet,
    OpenSheetPhoto,
    RemoveSheetPhoto,
    StartSheet,
)
from branch.kernel.runner import Handler

__all__ = [
    "AddEquipment",
    "AddSheetPhoto",
    "AnswerItem",
    "ChangeEquipment",
    "ChangeTemplate",
    "DropSheet",
    "FinishSheet",
    "OpenSheetPhoto",
    "RemoveSheetPhoto",
    "RestoreTemplate",
    "SetEquipmentState",
    "SignSheet",
    "StartSheet",
]

HANDLERS: dict[type, Handler] = {
    **making.HANDLERS,
    **ending.HANDLERS,
    **changing.HANDLERS,
    **equipment.HANDLERS,
    **retention.HANDLERS,
}
