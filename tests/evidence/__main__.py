"""Prints what the queue promises, figure by figure: python -m tests.evidence [PART …].

Parts: cases, scenarios, waits, speed, fairness, stations, whatif; without one, all of them. The
exit status is 1 when a figure misses its bound. Measure on an idle machine.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from tests.evidence import discipline, estimates, stations
from tests.evidence.figures import Sheet

PARTS: dict[str, Callable[[Sheet], None]] = {
    "cases": discipline.cases,
    "scenarios": discipline.scenarios,
    "fairness": discipline.fairness,
    "waits": estimates.waits,
    "speed": estimates.speed,
    "whatif": estimates.whatif,
    "stations": stations.races,
}


def main(argv: list[str]) -> int:
    """Print the parts asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.evidence", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART")
    sheet = Sheet()
    for name in parser.parse_args(argv).parts or list(PARTS):
        sheet.head(name)
        PARTS[name](sheet)
    return sheet.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
