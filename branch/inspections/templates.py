"""The templates in force: the shipped ones, and the versions the branch made of them; writes
nothing."""

from __future__ import annotations

import json
from functools import cache

from branch.catalogue.founding import shipped
from branch.inspections.records import TemplateRow
from branch.inspections.rules import Template, template_from
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store

SHIPPED_VERSION = 1

_CHANGED = Prepared(
    lambda: TemplateRow.select(TemplateRow.code, TemplateRow.version, TemplateRow.data).order_by(
        TemplateRow.code, TemplateRow.version
    )
)
_VERSION = Prepared(
    lambda code, version: TemplateRow.select(TemplateRow.data).where(
        TemplateRow.code == code, TemplateRow.version == version
    )
)


@cache
def shipped_templates() -> tuple[Template, ...]:
    """The nine inspections a branch begins with."""
    data = shipped("catalogue/inspections.yaml")
    return tuple(template_from(one, SHIPPED_VERSION) for one in data["templates"])


def templates(store: Store) -> tuple[Template, ...]:
    """Every template in its newest version, in the shipped order, the branch's own after them."""
    found = {template.code: template for template in shipped_templates()}
    for code, version, data in _CHANGED.all(store):
        found[code] = template_from(json.loads(data), version)
    return tuple(found.values())


def template_of(store: Store, code: str, version: int = 0) -> Template | None:
    """A template in a version, 0 for the newest; None for an unknown one."""
    if not version:
        return next((one for one in templates(store) if one.code == code), None)
    row = _VERSION.one(store, code=code, version=version)
    if row is not None:
        return template_from(json.loads(row[0]), version)
    if version == SHIPPED_VERSION:
        return next((one for one in shipped_templates() if one.code == code), None)
    return None
