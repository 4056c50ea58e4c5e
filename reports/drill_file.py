"""Owns the way from a run's number to its report as a file: who signs in may read it and is noted
as having seen its photos; lays nothing out."""

from __future__ import annotations

from pathlib import Path

from branch.bootstrap import Branch
from branch.drills.commands.evidence import OpenPhoto
from branch.drills.queries.report import AfterAction, after_action
from branch.drills.queries.runs import run_lines
from branch.kernel.clock import SystemClock
from branch.kernel.errors import NotFound, NotPermitted, RuleBroken, StoreUnavailable
from branch.kernel.runner import Actor
from branch.kernel.settings import Settings
from branch.lobby.queries.screens import branch_name
from branch.people.rules import may_read
from branch.tools.command_line import founded_branch, signed_in
from reports.forms.drill_report import drill_report_name, drill_report_pdf
from reports.letterhead import Origin

_EVERY_RUN = 1_000_000


def write_drill_report(
    settings: Settings, language: str, number: str, staff_no: str, pin: str, out: Path | None
) -> Path:
    """Write the report of the run with this number; returns the file's path.

    Without ``out`` it lies in the current folder under its own name. Raises BadInput for a wrong
    staff number or PIN, NotPermitted to who may not read drills, NotFound for an unknown number,
    RuleBroken while the run has not ended, StoreUnavailable where the file cannot be written.
    """
    with founded_branch(settings) as branch, signed_in(branch, staff_no, pin) as (actor, answer):
        if not may_read("drills", answer.roles):
            raise NotPermitted("not_permitted")
        report = _report(branch, number)
        pictures = _pictures(branch, actor, report)
        origin = Origin(language, branch_name(branch.store), SystemClock().now_ms())
    data = drill_report_pdf(report, origin, pictures)
    file = out if out is not None else Path(f"{drill_report_name(report, language)}.pdf")
    try:
        file.write_bytes(data)
    except OSError as error:
        raise StoreUnavailable("folder_not_writable", folder=str(file.parent)) from error
    return file


def _report(branch: Branch, number: str) -> AfterAction:
    line = next((one for one in run_lines(branch.store, _EVERY_RUN) if one.number == number), None)
    if line is None:
        raise NotFound("drill_unknown")
    report = after_action(branch.store, line.id)
    if report is None:
        raise RuleBroken("drill_not_ended")
    return report


def _pictures(branch: Branch, actor: Actor, report: AfterAction) -> dict[int, bytes]:
    """The photos that can be opened; the paper says of the others that they cannot."""
    found: dict[int, bytes] = {}
    for photo in report.run.photos:
        try:
            found[photo.id] = branch.run(OpenPhoto(photo.id), actor).value
        except (NotFound, RuleBroken):
            continue
    return found
