"""Many stations at work on one store: sixteen on a server that goes away, eight on one file."""

from __future__ import annotations

from tests.evidence.figures import Sheet
from tests.races.stations import Play, play_day


def races(sheet: Sheet) -> None:
    """A whole day at sixty times speed, on each kind of store; about ten minutes each."""
    for play in (
        Play("postgresql", stations=16, speed=60, outage_s=20),
        Play("sqlite", stations=8, speed=60),
    ):
        found = play_day(play)
        name = f"{play.stations} stations, {play.database}"
        sheet.note(f"{name}: {found['tickets']} tickets, {found['calls']} calls")
        for what in ("called_twice", "skipped", "feed_faults", "never_shown"):
            sheet.at_most(f"{name}: {what.replace('_', ' ')}", found[what], 0, digits=0)
        complete = found["stations_with_complete_feed"]
        sheet.true(f"{name}: complete feed", complete == play.stations, f"{complete} stations")
        sheet.true(f"{name}: journal whole", found["journal_verified"], "verified")
        sheet.true(f"{name}: errors", not found["errors"], str(len(found["errors"])))
        shown = found["commit_to_screen_ms"]
        sheet.at_most(f"{name}: commit to screen, p95", shown["p95"], 300, " ms", 0)
        sheet.note(f"median {shown['p50']:.0f} ms, longest {shown['max']:.0f} ms")
        if play.outage_s:
            outage = found["outage"]
            for what in ("said_so", "kept_what_was_typed", "came_back"):
                told = outage[f"stations_that_{what}"]
                words = what.replace("_", " ")
                sheet.true(f"{name}: {words}", told == play.stations, f"{told} stations")
            calls = outage["calls_afterwards"]
            sheet.true(f"{name}: calls after the server was back", calls > 0, str(calls))
