"""Steps marked at several stations: the first counts, the second is told who was quicker."""

from __future__ import annotations

import pytest

from branch.drills.commands.evidence import (
    AddPhoto,
    ChangeObservation,
    DropObservation,
    Observe,
    OpenPhoto,
    RemovePhoto,
)
from branch.drills.commands.marking import MarkStep, UndoMark
from branch.drills.commands.review import ReviewRun
from branch.drills.commands.running import EndRun
from branch.drills.queries.photos import kept_digests
from branch.kernel.errors import BadInput, BranchError, NotFound, RuleBroken, Stale
from branch.kernel.phrases import phrases
from branch.kernel.vault import digest_of, vault_of
from tests.drills.desk import ADVISER, HEAD, OFFICER, PICTURE, SUPERVISOR, TELLER, Desk


def sentence(error: BranchError, language: str = "zh") -> str:
    return phrases("errors").say(error.code, language, **error.values)


def test_a_mark_says_what_when_and_who(desk: Desk) -> None:
    run = desk.started()
    desk.at(run, 58)
    mark = desk.run(MarkStep(run, 3, note="119 接警，地址已复述", number=2), TELLER)
    found = desk.step(run, 3).mark
    assert found is not None
    assert (found.id, found.result, found.at_ms, found.gross_ms) == (mark, "done", 58_000, 58_000)
    assert (found.by, found.note, found.number) == ("王敏", "119 接警，地址已复述", 2)
    kept = desk.store.rows("SELECT note FROM drill_mark", ())[0][0]
    assert "接警" not in kept
    assert desk.last.data == {"at_ms": 58_000, "mark": mark, "result": "done", "step": 3}


def test_the_second_station_is_told_who_was_quicker(desk: Desk) -> None:
    run = desk.started()
    desk.at(run, 222)
    desk.run(MarkStep(run, 12), TELLER, "drills-1")
    with pytest.raises(Stale) as refused:
        desk.run(MarkStep(run, 12, "wrong"), ADVISER, "drills-2")
    assert sentence(refused.value) == "王敏 已在 03:42 标记这一步"
    assert sentence(refused.value, "en") == "王敏 marked this step at 03:42"
    mark = desk.step(run, 12).mark
    assert mark is not None
    assert mark.result == "done"


def test_a_mark_without_a_time_of_its_own_tells_the_time_of_day(desk: Desk) -> None:
    run = desk.started()
    desk.at(run, 130)
    desk.run(MarkStep(run, 5, "missed"), TELLER)
    with pytest.raises(Stale) as refused:
        desk.run(MarkStep(run, 5), ADVISER)
    assert sentence(refused.value) == "王敏 已在 09:02 标记这一步"


def test_a_mark_is_put_right_by_naming_it(desk: Desk) -> None:
    run = desk.started()
    first = desk.run(MarkStep(run, 5, at_ms=50_000), TELLER)
    second = desk.run(MarkStep(run, 5, "wrong", at_ms=50_000, replaces=first), OFFICER)
    assert second != first
    found = desk.step(run, 5).mark
    assert found is not None
    assert (found.id, found.result) == (second, "wrong")
    with pytest.raises(Stale) as refused:
        desk.run(MarkStep(run, 5, "missed", replaces=first), SUPERVISOR)
    assert sentence(refused.value) == "冯涛 已在 00:50 更正这一步"
    # What was there before stays on record.
    rows = desk.store.rows("SELECT result, ended_at IS NULL FROM drill_mark ORDER BY id", ())
    assert [(row[0], bool(row[1])) for row in rows] == [("done", False), ("wrong", True)]


def test_a_mark_taken_back_opens_the_step(desk: Desk) -> None:
    run = desk.started()
    mark = desk.run(MarkStep(run, 5, at_ms=50_000), TELLER)
    desk.run(UndoMark(mark), TELLER)
    assert desk.step(run, 5).mark is None
    with pytest.raises(Stale) as refused:
        desk.run(UndoMark(mark), TELLER)
    assert refused.value.code == "mark_gone"
    with pytest.raises(Stale) as refused:
        desk.run(MarkStep(run, 5, replaces=mark), TELLER)
    assert refused.value.code == "mark_gone"
    desk.run(MarkStep(run, 5, at_ms=80_000), TELLER)
    assert desk.step(run, 5).taken_ms == 80_000


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"step": 99}, "drill_step_unknown", "step"),
        ({"result": "late"}, "code_unknown", "result"),
        ({"number": -1}, "setting_range", "number"),
        ({"note": "长" * 501}, "field_too_long", "note"),
    ],
)
def test_what_cannot_be_marked(desk: Desk, change: dict, code: str, field: str) -> None:
    run = desk.started()
    with pytest.raises(BadInput) as refused:
        desk.run(MarkStep(**{"run": run, "step": 1, **change}))
    assert (refused.value.code, refused.value.field) == (code, field)


def test_marks_stand_once_the_run_was_reviewed(desk: Desk) -> None:
    run = desk.started()
    mark = desk.run(MarkStep(run, 1))
    desk.run(EndRun(run, 60_000))
    desk.run(MarkStep(run, 2, "missed"), OFFICER)
    desk.run(ReviewRun(run), HEAD)
    for command in (MarkStep(run, 3), UndoMark(mark), Observe(run, "strength", "口令清楚")):
        with pytest.raises(Stale):
            desk.run(command)
    with pytest.raises(NotFound):
        desk.run(UndoMark(999))


def test_no_mark_shows_its_note_in_a_log() -> None:
    assert "周军" not in repr(MarkStep(1, 2, note="周军晕倒"))
    assert "周军" not in repr(Observe(1, "area", "周军没人管", "people"))


# -- photos and observations -----------------------------------------------------------------------


def test_a_photo_lies_in_the_vault_and_is_found_by_its_step(desk: Desk) -> None:
    run = desk.started()
    photo = desk.run(AddPhoto(run, 8, PICTURE, at_ms=90_000), TELLER)
    found = desk.detail(run).photos
    assert [(one.id, one.step, one.kind, one.media, one.at_ms) for one in found] == [
        (photo, 8, "photo", "png", 90_000)
    ]
    assert desk.run(OpenPhoto(photo), HEAD) == PICTURE
    assert desk.last.what == "drill.photo_opened"
    assert kept_digests(desk.store) == {digest_of(PICTURE)}


def test_a_photo_taken_out_leaves_its_trace(desk: Desk) -> None:
    run = desk.started()
    photo = desk.run(AddPhoto(run, None, PICTURE, kind="sign"), TELLER)
    desk.run(RemovePhoto(photo), TELLER)
    assert desk.detail(run).photos == ()
    assert kept_digests(desk.store) == frozenset()
    with pytest.raises(NotFound):
        desk.run(OpenPhoto(photo))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"%PDF-1.4", "picture_kind"),
        (PICTURE + bytes(5 * 2**20), "file_too_large"),
    ],
    ids=["empty", "pdf", "large"],
)
def test_no_other_file_is_a_photo(desk: Desk, data: bytes, code: str) -> None:
    run = desk.started()
    with pytest.raises(BadInput) as refused:
        desk.run(AddPhoto(run, 8, data))
    assert (refused.value.code, refused.value.field) == (code, "photo")
    assert vault_of(desk.store).sweep((), 2**40) == 0


def test_observations_carry_step_and_root_cause(desk: Desk) -> None:
    run = desk.started()
    first = desk.run(Observe(run, "area", "卫生间搜查偏晚", "training", 11, 171_000), OFFICER)
    desk.run(Observe(run, "strength", "先搀扶老人，口令清楚", at_ms=84_000), OFFICER)
    desk.run(ChangeObservation(first, "area", "卫生间搜查晚了", "people", 11), OFFICER)
    found = [(one.kind, one.text, one.cause, one.step, one.at_ms) for one in
             desk.detail(run).observations]  # fmt: skip
    assert found == [
        ("area", "卫生间搜查晚了", "people", 11, 171_000),
        ("strength", "先搀扶老人，口令清楚", "", None, 84_000),
    ]
    desk.run(DropObservation(first))
    assert len(desk.detail(run).observations) == 1
    assert "口令" not in str(desk.store.rows("SELECT text FROM drill_observation", ()))


def test_the_review_asks_for_every_root_cause(desk: Desk) -> None:
    run = desk.started()
    seen = desk.run(Observe(run, "area", "卫生间搜查偏晚"), OFFICER)
    desk.run(EndRun(run))
    with pytest.raises(RuleBroken) as refused:
        desk.run(ReviewRun(run), HEAD)
    assert refused.value.values == {"number": 1}
    desk.run(ChangeObservation(seen, "area", "卫生间搜查偏晚", "training", None), OFFICER)
    desk.run(ReviewRun(run), HEAD)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (("area", "晚了", "weather"), "cause"),
        (("strength", "好", "people"), "cause"),
        (("rumour", "好", ""), "kind"),
        (("strength", " ", ""), "text"),
    ],
)
def test_observations_that_say_nothing(desk: Desk, given: tuple, field: str) -> None:
    run = desk.started()
    with pytest.raises(BadInput) as refused:
        desk.run(Observe(run, *given))
    assert refused.value.field == field
