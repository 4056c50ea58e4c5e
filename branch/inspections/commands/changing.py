"""Changes of what inspections ask: a new version of a template, or the shipped one again."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from branch.inspections.records import TemplateRow
from branch.inspections.rules import (
    Template,
    checked_template,
    template_data,
    template_from,
)
from branch.inspections.templates import shipped_templates, template_of
from branch.kernel.errors import BadInput, NotFound, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work


@dataclass(frozen=True)
class ChangeTemplate:
    """A new version of a template, or a new one; ``template.version`` is the one it was made
    from (0 for a new one). Returns the new version. Sheets that were begun keep theirs; another
    ``every`` holds from the next day on."""

    template: Template


@dataclass(frozen=True)
class RestoreTemplate:
    """The shipped template again, as a new version."""

    code: str


_KEEP = Prepared(
    lambda code, version, data, now, by: TemplateRow.insert(
        {
            TemplateRow.code: code,
            TemplateRow.version: version,
            TemplateRow.data: data,
            TemplateRow.changed_at: now,
            TemplateRow.changed_by: by,
        }
    )
)


def change_template(work: Work, command: ChangeTemplate) -> int:
    """Keep a new version; raises BadInput for what cannot stand, and for a shipped one that is to
    be done at other times than its rules say (the catalogue's ``basis``); Stale when somebody was
    quicker."""
    checked_template(command.template)
    # As it will be read from then on: what cannot be read again is not kept.
    data = json.loads(json.dumps(template_data(command.template)))
    template = template_from(data, command.template.version)
    shipped = _shipped(template.code)
    if shipped is not None and template.every != shipped.every:
        raise BadInput("template_every_fixed", field="every")
    newest = template_of(work.store, template.code)
    if template.version != (newest.version if newest else 0):
        raise Stale("template_changed")
    return _keep(work, template)


def restore_template(work: Work, command: RestoreTemplate) -> int:
    """Put the shipped one back; raises NotFound for one of the branch's own."""
    shipped = _shipped(command.code)
    newest = template_of(work.store, command.code)
    if shipped is None or newest is None:
        raise NotFound("template_unknown")
    return _keep(work, replace(shipped, version=newest.version))


def _shipped(code: str) -> Template | None:
    return next((one for one in shipped_templates() if one.code == code), None)


def _keep(work: Work, template: Template) -> int:
    version = template.version + 1
    _KEEP.run(
        work.store,
        code=template.code,
        version=version,
        data=json.dumps(template_data(template), ensure_ascii=False),
        now=work.now,
        by=work.actor.staff,
    )
    work.record("inspection.template_changed", template.code, version=version)
    return version


HANDLERS: dict[type, Handler] = {
    ChangeTemplate: Handler(change_template),
    RestoreTemplate: Handler(restore_template),
}
