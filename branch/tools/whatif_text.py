"""What-if on the command line: which branch and day, the comparison as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from branch.bootstrap import own_branch
from branch.founding import sample_plan
from branch.kernel.errors import BadInput
from branch.kernel.phrases import phrases
from branch.kernel.settings import Settings
from branch.kernel.store import Store
from branch.lobby.queries.summary import Waits
from branch.lobby.whatif import Comparison, Course
from branch.tools.past_day import day_of_journal
from branch.tools.whatif_answer import Question, answer
from branch.tools.whatif_wanted import Wanted, ground_of, ground_of_plan


def whatif(
    settings: Settings,
    file: Path | None,
    past: str | None,
    wanted: Wanted,
    progress: Callable[[float], bool],
) -> Comparison:
    """Compare a day file, or a past day (YYYY-MM-DD) of the branch, with the changes.

    A day file is played on a branch like this one, or like the sample while there is none.
    Raises BadInput for a file or a change that cannot be read, NotFound for a day the branch was
    not open, Cancelled when ``progress`` answers no.
    """
    ground = None
    with _own_branch(settings) as store:
        if store is not None:
            ground = ground_of(store)
            if past is not None:
                day = day_of_journal(store, past)
                return answer(Question(day, wanted, ground, settings), progress).comparison
    if file is None:
        raise BadInput("no_branch_yet", field="past")
    ground = ground or ground_of_plan(sample_plan())
    return answer(Question(file, wanted, ground, settings), progress).comparison


@contextmanager
def _own_branch(settings: Settings) -> Iterator[Store | None]:
    """The store of the branch, None where there is none yet; nothing is made."""
    file = Path(settings.database.removeprefix("sqlite:///"))
    if not settings.on_server and not file.exists():
        yield None
        return
    branch = own_branch(settings)
    try:
        yield branch.store if branch.founded else None
    finally:
        branch.close()


# -- the comparison ---------------------------------------------------------------------------


def comparison_json(found: Comparison) -> str:
    """The whole comparison as one JSON object."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=1)


def comparison_text(found: Comparison, language: str) -> str:
    """The three courses side by side, by class, in minutes."""
    words = phrases("cli")
    heads = [words.say(key, language) for key in ("whatif_real", "whatif_again", "whatif_changed")]
    courses = (found.real, found.again, found.changed)
    lines = [words.say("whatif_columns", language)]
    for name in ("", *found.real.by_class):
        lines.append("")
        lines.append(name or words.say("summary_all", language))
        lines.extend(
            _line(head, _of(course, name)) for head, course in zip(heads, courses, strict=True)
        )
    lines.append("")
    lines.extend(
        words.say("whatif_ends", language, name=head, left=course.left, over=course.over)
        for head, course in zip(heads, courses, strict=True)
    )
    if found.by_hand:
        lines.append(words.say("whatif_by_hand", language, n=found.by_hand))
    return "\n".join(lines)


def _of(course: Course, klass: str) -> Waits:
    if not klass:
        return course.waits
    return course.by_class.get(klass, Waits(0, 0.0, 0.0, 0.0, 0.0))


def _line(name: str, waits: Waits) -> str:
    numbers = (waits.mean, waits.median, waits.p90, waits.maximum)
    return f"  {name:<12}{waits.count:>6}" + "".join(f"{number / 60:>9.1f}" for number in numbers)
