"""Owns the paper of how long personal data are kept and what went; it names nobody but staff."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable

from branch.lobby.queries.screens import BranchName
from branch.visitors.queries.retention import KindPreview, PastRun, Period, Preview
from reports.forms.privacy_words import Maker
from reports.sheet import INK_2, SMALL, Column, Grid, Words, sheet_pdf

_PERIODS = (Column(38), Column(11, "centre"), Column(18, "centre"), Column(33))
_STOCK = (Column(24), *(Column(14, "centre"),) * 3, Column(18, "centre"), Column(16, "centre"))
_RUNS = (Column(18, "centre"), Column(22, "centre"), Column(60))


def retention_pdf(
    periods: Sequence[Period],
    preview: Preview,
    runs: Sequence[PastRun],
    branch: BranchName,
    language: str,
    made_at: int,
) -> bytes:
    """Periods, what is kept and goes next, the last runs; made at an instant (ms).

    The same state gives the same bytes.
    """
    maker = Maker(language, branch, made_at)
    parts: list[Flowable] = [
        maker.title("title_retention"),
        *period_parts(periods, maker),
        maker.heading("stock"),
        _stock(preview, maker),
        maker.heading("runs"),
        _runs(runs, maker),
    ]
    title = maker.say("file_retention", day=preview.day)
    return sheet_pdf(parts, maker.letterhead("foot_retention"), maker.about(title))


def period_parts(periods: Sequence[Period], maker: Maker) -> list[Flowable]:
    """Every period with its limits and why it is kept."""
    say = maker.say
    rows = [(say("period.care"), say("with_day"), "", say("basis.care"))]
    rows += [
        (
            say(f"period.{period.key}"),
            say("days", n=period.days) if period.days else say("with_day"),
            say("range", least=period.least, most=period.most),
            say(f"basis.{period.key}"),
        )
        for period in periods
    ]
    head = [say(key) for key in ("kept", "days_kept", "limits", "basis")]
    return [maker.heading("periods"), Grid(_PERIODS, head, rows, SMALL)]


def _stock(preview: Preview, maker: Maker) -> Grid:
    head = [maker.say(key) for key in ("kind", "total", "now", "week", "oldest", "held")]
    return Grid(_STOCK, head, [_kind(kind, maker) for kind in preview.kinds], SMALL)


def _kind(kind: KindPreview, maker: Maker) -> tuple[str, ...]:
    held = sum(number for _why, number in kind.held)
    return (
        maker.say(f"kind_of.{kind.kind}"),
        str(kind.total),
        str(kind.now),
        str(kind.week),
        kind.oldest,
        str(held) if held else "",
    )


def _runs(runs: Sequence[PastRun], maker: Maker) -> Flowable:
    if not runs:
        return Words(maker.say("no_runs"), colour=INK_2)
    rows = [(run.day, run.name or maker.say("the_program"), _went(run, maker)) for run in runs]
    head = [maker.say(key) for key in ("run_day", "run_by", "run_gone")]
    return Grid(_RUNS, head, rows, SMALL)


def _went(run: PastRun, maker: Maker) -> str:
    counts = [(kind, number) for kind, number in run.counts.items() if number]
    if not counts:
        return maker.say("nothing_went")
    return maker.say("between").join(
        maker.say("count_of", kind=maker.say(f"kind_of.{kind}"), n=number)
        for kind, number in counts
    )
