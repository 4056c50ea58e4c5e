"""Reads the options and starts what they ask for; owns nothing else (composition only)."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from pathlib import Path

from branch.kernel.errors import TingtangError
from branch.kernel.phrases import Phrases, phrases
from branch.kernel.settings import Settings, machine_choice, settle


def _language(argv: list[str]) -> str:
    """The language of help and messages, before the options are parsed."""
    if "--language" in argv[:-1]:
        return "en" if argv[argv.index("--language") + 1] == "en" else "zh"
    return "en" if os.environ.get("TINGTANG_LANGUAGE") == "en" else "zh"


def _parser(words: Phrases, language: str) -> argparse.ArgumentParser:
    def say(key: str) -> str:
        return words.say(key, language)

    parser = argparse.ArgumentParser(prog="main.py", description=say("about"))
    parser.add_argument("--home", metavar="DIR", help=say("opt_home"))
    parser.add_argument("--database", metavar="URL", help=say("opt_database"))
    parser.add_argument("--language", choices=("zh", "en"), help=say("opt_language"))
    parser.add_argument("--station", metavar="NAME", help=say("opt_station"))
    commands = parser.add_subparsers(dest="command")

    demo = commands.add_parser("demo", help=say("cmd_demo"), description=say("cmd_demo"))
    demo.add_argument("--day", type=Path, metavar="FILE", help=say("opt_day"))
    demo.add_argument("--speed", type=int, metavar="N", help=say("opt_speed"))
    demo.add_argument("--headless", action="store_true", help=say("opt_headless"))
    demo.add_argument("--out", type=Path, metavar="DIR", default=Path("out"), help=say("opt_out"))

    replay = commands.add_parser("replay", help=say("cmd_replay"), description=say("cmd_replay"))
    replay.add_argument(
        "--scenarios", type=Path, metavar="FILE", required=True, help=say("opt_scenarios")
    )
    replay.add_argument("--json", action="store_true", help=say("opt_json"))

    simulate = commands.add_parser(
        "simulate", help=say("cmd_simulate"), description=say("cmd_simulate")
    )
    what = simulate.add_mutually_exclusive_group(required=True)
    what.add_argument("--case", type=Path, metavar="FILE", help=say("opt_case"))
    what.add_argument("--trace", type=Path, metavar="FILE", help=say("opt_trace"))
    simulate.add_argument("--seed", type=int, metavar="N", default=1, help=say("opt_seed"))
    simulate.add_argument("--json", action="store_true", help=say("opt_simulate_json"))

    estimate = commands.add_parser(
        "estimate", help=say("cmd_estimate"), description=say("cmd_estimate")
    )
    estimate.add_argument(
        "--days", type=Path, metavar="FILE", required=True, help=say("opt_estimate_days")
    )
    estimate.add_argument(
        "--out", type=Path, metavar="FILE", required=True, help=say("opt_estimate_out")
    )
    estimate.add_argument("--json", action="store_true", help=say("opt_estimate_json"))

    whatif = commands.add_parser("whatif", help=say("cmd_whatif"), description=say("cmd_whatif"))
    which = whatif.add_mutually_exclusive_group(required=True)
    which.add_argument("--day", type=Path, metavar="FILE", help=say("opt_whatif_day"))
    which.add_argument("--past", metavar="YYYY-MM-DD", help=say("opt_whatif_past"))
    for option, metavar, key in (
        ("--more-teller", "HH:MM-HH:MM[:CODES]", "opt_whatif_more"),
        ("--also", "COUNTER:CODES", "opt_whatif_also"),
        ("--credit", "CLASS=MINUTES", "opt_whatif_credit"),
    ):
        whatif.add_argument(option, action="append", default=[], metavar=metavar, help=say(key))
    whatif.add_argument("--json", action="store_true", help=say("opt_simulate_json"))

    journal = commands.add_parser("journal", help=say("cmd_journal"))
    journal_commands = journal.add_subparsers(dest="journal_command", required=True)
    journal_commands.add_parser("verify", help=say("cmd_verify"), description=say("cmd_verify"))

    drill = commands.add_parser("drill", help=say("cmd_drill"), description=say("cmd_drill"))
    drill_commands = drill.add_subparsers(dest="drill_command", required=True)
    about = say("cmd_drill_report")
    report = drill_commands.add_parser("report", help=about, description=about)
    report.add_argument("number", metavar="NUMBER", help=say("opt_drill_number"))
    report.add_argument("--staff", metavar="NO", required=True, help=say("opt_drill_staff"))
    report.add_argument("--out", type=Path, metavar="FILE", help=say("opt_drill_out"))

    about_key = commands.add_parser("key", help=say("cmd_key"), description=say("cmd_key"))
    key_commands = about_key.add_subparsers(dest="key_command", required=True)
    for name in ("status", "show", "encrypt", "decrypt", "rotate", "recover"):
        about = say(f"cmd_key_{name}")
        one = key_commands.add_parser(name, help=about, description=about)
        if name == "show":
            one.add_argument("--yes", action="store_true", help=say("opt_key_yes"))
        if name in ("encrypt", "decrypt", "rotate"):
            one.add_argument("--staff", metavar="NO", required=True, help=say("opt_key_staff"))
    return parser


def main(argv: list[str]) -> int:
    """Run the program; returns the exit status: 0 done, 1 refused with a sentence, 2 usage."""
    words, language = phrases("cli"), _language(argv)
    options = _parser(words, language).parse_args(argv)
    try:
        settings = settle(options.home, options.database)
        if options.command is None and options.language is None:
            language = machine_choice(settings, "language") or language
        return _carry_out(options, settings, words, language)
    except TingtangError as error:
        print(phrases("errors").say(error.code, language, **error.values), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(words.say("stopped", language), file=sys.stderr)
        return 130


def _carry_out(
    options: argparse.Namespace, settings: Settings, words: Phrases, language: str
) -> int:
    match options.command:
        case "replay":
            return _replay(options, settings, words, language)
        case "simulate":
            return _simulate(options, words, language)
        case "estimate":
            return _estimate(options, words, language)
        case "whatif":
            return _whatif(options, settings, words, language)
        case "journal":
            return _verify(settings, words, language)
        case "drill":
            return _drill(options, settings, words, language)
        case "key":
            return _key(options, settings, words, language)
        case "demo":
            return _demo(options, settings, language)
        case _:
            from ui.shell.application import has_display

            if not has_display():
                # Nobody could see the program; show what it does instead.
                return _demo(_parser(words, language).parse_args(["demo"]), settings, language)
            from ui.program import run_program

            return run_program(settings, language, options.station)


def _demo(options: argparse.Namespace, settings: Settings, language: str) -> int:
    from ui.demo import run_demo

    return run_demo(
        settings, language, options.day, options.speed, options.headless, options.out, print
    )


def _replay(options: argparse.Namespace, settings: Settings, words: Phrases, language: str) -> int:
    from branch.tools.scenarios import replay

    for scenario in replay(options.scenarios, settings):
        if options.json:
            print(scenario.as_json())
            continue
        calls = [call or words.say("nobody", language) for call in scenario.calls]
        print(words.say("scenario_line", language, id=scenario.id, calls=" ".join(calls)))
        for ticket, key in scenario.keys.items():
            print(f"  {ticket} {key}")
    return 0


def _simulate(options: argparse.Namespace, words: Phrases, language: str) -> int:
    from branch.tools.cases import simulate_cases, simulate_traces

    if options.trace is not None:
        traces = simulate_traces(options.trace)
        if options.json:
            print(json.dumps(traces, ensure_ascii=False))
            return 0
        for name, calls in traces.items():
            print(words.say("trace_line", language, id=name, count=len(calls)))
            for ticket, counter, second in calls:
                print(f"  {ticket} {counter} {second}")
        return 0
    found: dict[str, object] = {}
    for name, answer in simulate_cases(options.case, options.seed):
        found[name] = answer
        shown = json.dumps(answer, ensure_ascii=False)
        if not options.json:
            print(f"{name} {shown}", flush=True)
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    return 0


def _tell(told: str, last: bool) -> None:
    """One line of progress that the next one replaces, where somebody looks."""
    if sys.stderr.isatty():
        print(f"\r{told}", end="\n" if last else "", file=sys.stderr, flush=True)


def _whatif(options: argparse.Namespace, settings: Settings, words: Phrases, language: str) -> int:
    from branch.tools.whatif_text import comparison_json, comparison_text, whatif
    from branch.tools.whatif_wanted import Wanted

    def progress(share: float) -> bool:
        _tell(words.say("whatif_progress", language, share=round(share * 100)), False)
        return True

    wanted = Wanted(options.more_teller, options.also, options.credit)
    found = whatif(settings, options.day, options.past, wanted, progress)
    _tell("", True)
    print(comparison_json(found) if options.json else comparison_text(found, language))
    return 0


def _estimate(options: argparse.Namespace, words: Phrases, language: str) -> int:
    from branch.tools.estimating import estimate

    def progress(done: int, days: int) -> None:
        _tell(words.say("estimate_progress", language, done=done, days=days), done == days)

    figures = estimate(options.days, options.out, progress)
    if options.json:
        print(json.dumps(figures, indent=1))
        return 0
    print(words.say("estimate_kept", language, file=str(options.out)))
    for name, value in figures.items():
        print(f"  {words.say(f'figure_{name}', language)} {value:.3f}")
    return 0


def _verify(settings: Settings, words: Phrases, language: str) -> int:
    from branch.bootstrap import own_branch
    from branch.kernel import journal
    from branch.papers.queries import damaged_papers

    branch = own_branch(settings)
    try:
        if not branch.founded:
            print(words.say("no_branch", language), file=sys.stderr)
            return 1
        found = journal.verify(branch.store)
        if isinstance(found, journal.Broken):
            sentence = phrases("errors").say(found.code, language, revision=found.revision)
            print(sentence, file=sys.stderr)
            return 1
        head = journal.head(branch.store)[1]
        print(words.say("journal_fine", language, count=found, head=head))
        damaged = damaged_papers(branch.store)
        for one in damaged:
            what = words.say(f"paper_{one.what}", language)
            told = words.say(
                "paper_damaged", language, paper=one.paper, form=one.form, copy=one.copy, what=what
            )
            print(told, file=sys.stderr)
        return 1 if damaged else 0
    finally:
        branch.close()


def _drill(options: argparse.Namespace, settings: Settings, words: Phrases, language: str) -> int:
    from reports.drill_file import write_drill_report

    pin = _secret(words.say("key_ask_pin", language))
    file = write_drill_report(settings, language, options.number, options.staff, pin, options.out)
    print(words.say("drill_report_kept", language, file=str(file)))
    return 0


def _key(options: argparse.Namespace, settings: Settings, words: Phrases, language: str) -> int:
    from branch.tools import key_text

    match options.key_command:
        case "status":
            print(key_text.status(settings, language))
        case "show" if not options.yes:
            print(words.say("key_wants_yes", language), file=sys.stderr)
            return 1
        case "show":
            print(key_text.recovery_sheet(settings, language))
        case "recover":
            text = _secret(words.say("key_ask_recovery", language))
            print(key_text.recover(settings, language, text))
        case change:
            pin = _secret(words.say("key_ask_pin", language))
            print(key_text.change(settings, language, change, options.staff, pin))
    return 0


def _secret(question: str) -> str:
    """A line that is not shown while it is typed; from standard input where nobody types."""
    if sys.stdin.isatty():
        return getpass.getpass(question)
    return sys.stdin.readline().rstrip("\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
