"""A played day's summary as text and as JSON, with what its numbers mean."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from branch.kernel import journal
from branch.kernel.errors import StoreUnavailable
from branch.kernel.phrases import phrases
from branch.kernel.store import Store
from branch.lobby.queries.summary import DaySummary, Waits


def summary_json(summary: DaySummary, head: tuple[int, str]) -> str:
    """The summary with the journal's revision and head hash it was computed from."""
    shown = asdict(summary)
    shown["journal"] = {"revision": head[0], "head": head[1]}
    shown["definitions"] = phrases("cli").say("summary_note", "en")
    return json.dumps(shown, ensure_ascii=False, indent=1)


def summary_text(summary: DaySummary, language: str) -> str:
    """The summary for a person, in columns."""
    words = phrases("cli")
    lines = [
        words.say("summary_title", language, day=summary.day),
        words.say(
            "summary_counts",
            language,
            issued=summary.issued,
            served=summary.served,
            no_shows=summary.no_shows,
            left=summary.left,
            waiting=summary.waiting,
        ),
        "",
        f"{words.say('summary_head', language)}: {words.say('summary_columns', language)}",
        _line(words.say("summary_all", language), summary.waits),
    ]
    for part in (summary.by_class, summary.by_group):
        lines.append("")
        lines.extend(_line(code, waits) for code, waits in part.items())
    return "\n".join([*lines, "", words.say("summary_note", language)])


def _line(name: str, waits: Waits) -> str:
    numbers = (waits.mean, waits.median, waits.p90, waits.maximum)
    return f"{name:<20}{waits.count:>6}" + "".join(f"{number:>9.0f}" for number in numbers)


def journal_lines(store: Store) -> str:
    """The whole journal, one entry a line of JSON: what the summary can be recomputed from."""
    return "".join(
        json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in journal.entries(store)
    )


def keep_report(
    folder: Path,
    summary: DaySummary,
    head: tuple[int, str],
    lines: str,
    paper: bytes,
    language: str,
) -> None:
    """Write ``summary.json``, ``summary.txt``, ``journal.jsonl`` and ``day-report.pdf``.

    Raises StoreUnavailable where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "summary.json").write_text(summary_json(summary, head), encoding="utf-8")
        (folder / "day-report.pdf").write_bytes(paper)
        (folder / "journal.jsonl").write_text(lines, encoding="utf-8")
        (folder / "summary.txt").write_text(summary_text(summary, language), encoding="utf-8")
    except OSError as error:
        raise StoreUnavailable("folder_not_writable", folder=str(folder)) from error
