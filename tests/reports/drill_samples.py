"""A drill with everything a report can tell, played through commands; pictures as cameras make
them."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from branch.drills.commands.evidence import AddPhoto, Observe
from branch.drills.commands.marking import MarkStep
from branch.drills.commands.plans import ApprovePlan, DraftPlan
from branch.drills.commands.review import AddDrillAction, ReviewRun, WriteHotWash
from branch.drills.commands.running import (
    EndRun,
    PauseRun,
    ReleaseInject,
    ResumeRun,
    SkipInject,
    StartMuster,
)
from branch.drills.rules.scenario import Words
from branch.lobby.queries.screens import branch_name
from branch.visitors.commands.rollcall import AddToRoll, MarkRoll
from branch.visitors.queries.rollcall import open_roll_call
from reports.letterhead import Origin
from tests.drills.desk import GUARD, HEAD, LOBBY_MANAGER, OFFICER, SUPERVISOR, TELLER, Desk

# Seconds each step of FIRE-01 took from its anchor where it was not two seconds early.
LATE = {4: 7, 6: 40}
WRONG, MISSED = 7, 3


def picture(number: int, size: tuple[int, int] = (1_600, 1_200)) -> bytes:
    """A photo of a hall, as a JPEG."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(image)
    for at in range(12):
        left = (at * 131 + number * 57) % size[0]
        draw.rectangle((left, 300, left + 90, 900), fill=(40 * number % 256, 90, 20 * at))
    target = BytesIO()
    image.save(target, "JPEG", quality=90)
    return target.getvalue()


def origin(desk: Desk, language: str = "zh") -> Origin:
    return Origin(language, branch_name(desk.store), desk.clock.now_ms())


def full_run(desk: Desk, people: int = 40, photos: int = 6) -> int:
    """FIRE-01 with a pause, steps late, wrong and missed, an inject left out, a head count, notes,
    photos, findings, an action, a new plan; reviewed."""
    run = desk.started("FIRE-01", "live")
    call = desk.run(StartMuster(run))
    scenario = desk.detail(run).scenario
    planned = {inject.no: inject.planned_at_s for inject in scenario.injects}
    desk.run(PauseRun(run, 5_000))
    desk.run(ResumeRun(run, 15_000))
    for inject in scenario.injects[1:-1]:
        desk.run(ReleaseInject(run, inject.no, (inject.planned_at_s + 10) * 1_000))
    desk.run(SkipInject(run, scenario.injects[-1].no, 250_000))
    for step in scenario.steps:
        if step.no == MISSED:
            continue
        taken = step.target_s + LATE.get(step.no, -2)
        at = (planned.get(step.inject or 0, 0) + taken + 10) * 1_000
        result = "wrong" if step.no == WRONG else "done"
        note = "灭火器压力不足" if step.no == WRONG else ""
        number = 4 if step.evidence == "count" else None
        if step.inject != scenario.injects[-1].no:
            desk.run(MarkStep(run, step.no, result, at, note, number), OFFICER)
    for number in range(photos):
        desk.run(AddPhoto(run, number + 1, picture(number), at_ms=60_000 + number * 9_000), OFFICER)
    there = open_roll_call(desk.store)
    assert there is not None
    desk.run(MarkRoll(call, tuple(mark.id for mark in there.marks), "safe"), GUARD)
    for number in range(people - len(there.marks)):
        desk.run(AddToRoll(call, f"客户{number}"), GUARD)
    desk.at(run, 420)
    desk.run(EndRun(run))
    desk.run(Observe(run, "strength", "坐轮椅的客户有专人陪同先走，口令清楚"), OFFICER)
    desk.run(Observe(run, "strength", "来访名册与现场一致"), OFFICER)
    finding = desk.run(Observe(run, "area", "卫生间搜查迟 40 秒", "training", 6), OFFICER)
    desk.run(Observe(run, "area", "灭火器压力不足", "equipment", WRONG), OFFICER)
    desk.run(WriteHotWash(run, ("西侧门口", "", "能"), "轮椅通道要清空"), OFFICER)
    owner, due = desk.staff(LOBBY_MANAGER), desk.today + timedelta(days=7)
    action = desk.run(AddDrillAction(run, "增配手电，指定两人分区搜查", owner, due, finding), HEAD)
    desk.run(AddDrillAction(run, "重讲分工", desk.staff(SUPERVISOR), due, cause="training"), HEAD)
    title = Words("火灾预案", "Fire plan")
    version = desk.run(
        DraftPlan("FIRE-01", title, "正文", "卫生间分两区搜查", action), LOBBY_MANAGER
    )
    desk.run(ApprovePlan("FIRE-01", version), HEAD)
    desk.run(ReviewRun(run), HEAD)
    return run


def pictures(desk: Desk, run: int) -> dict[int, bytes]:
    """The bytes of its photos, as somebody who looks at them gets them."""
    from branch.drills.commands.evidence import OpenPhoto

    return {photo.id: desk.run(OpenPhoto(photo.id), TELLER) for photo in desk.detail(run).photos}
