"""The templates in force: the shipped ones, and the versions the branch made of them; writes
nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from branch.catalogue.founding import shipped
from branch.inspections.records import TemplateRow
from branch.inspections.rules import Template, template_from
from branch.kernel.clock import from_ms
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store

SHIPPED_VERSION = 1

_CHANGED = Prepared(
    lambda: TemplateRow.select(
        TemplateRow.code, TemplateRow.version, TemplateRow.data, TemplateRow.changed_at
    ).order_by(TemplateRow.code, TemplateRow.version)
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


@lru_cache(maxsize=256)
def _parsed(data: str, version: int) -> Template:
    # A month asks for each of its days; what is kept under a version never becomes another.
    return template_from(json.loads(data), version)


def versions(store: Store) -> tuple[Template, ...]:
    """Every version there ever was of every template: a sheet keeps the one it was begun with."""
    changed = (_parsed(row[2], row[1]) for row in _CHANGED.all(store))
    return (*shipped_templates(), *changed)


def templates(store: Store) -> tuple[Template, ...]:
    """Every template in its newest version, in the shipped order, the branch's own after them."""
    found = {template.code: template for template in shipped_templates()}
    for code, version, data, _at in _CHANGED.all(store):
        found[code] = _parsed(data, version)
    return tuple(found.values())


def templates_on(store: Store, day: date, zone: ZoneInfo) -> tuple[Template, ...]:
    """Every template as it asks on a day, in the order of ``templates``.

    It is the version of that day's end, as often as the one of its beginning said: another
    frequency holds from the next day on, so that what was asked for today or earlier stays so.
    """
    found = {template.code: template for template in shipped_templates()}
    every = {template.code: template.every for template in shipped_templates()}
    for code, version, data, at in _CHANGED.all(store):
        changed_on = from_ms(at, zone).date()
        if changed_on > day:
            continue
        template = _parsed(data, version)
        if changed_on < day or code not in every:
            every[code] = template.every
        found[code] = replace(template, every=every[code])
    return tuple(found.values())


def template_of(store: Store, code: str, version: int = 0) -> Template | None:
    """A template in a version, 0 for the newest; None for an unknown one."""
    if not version:
        return next((one for one in templates(store) if one.code == code), None)
    row = _VERSION.one(store, code=code, version=version)
    if row is not None:
        return _parsed(row[0], version)
    if version == SHIPPED_VERSION:
        return next((one for one in shipped_templates() if one.code == code), None)
    return None
