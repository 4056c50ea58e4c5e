"""What-if in a process of its own: one question in, the share done and one answer out; no Qt.

Playing a day is seconds of plain Python. On a thread of the program it would hold the
interpreter's lock against the GUI thread for most of that time; in another process it cannot.

``python -m branch.tools.whatif_child`` reads the question, one line, from its standard input and
writes messages, one a line, to its standard output. When the input ends before the answer is
there (nobody wants it any more, or the program that asked is gone, however it ended), it stops at
the next step of the play and leaves nothing behind.
"""

from __future__ import annotations

import base64
import os
import pickle
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO

from branch.kernel.errors import TingtangError
from branch.tools.past_day import Cancelled
from branch.tools.whatif_answer import Message, Question, Refusal, answer

_LEAST_PROGRESS = 0.01


def as_line(message: Question | Message) -> bytes:
    """A message as a line of text."""
    return base64.b64encode(pickle.dumps(message, pickle.HIGHEST_PROTOCOL)) + b"\n"


def from_line(line: bytes) -> Question | Message:
    """The message of a line that ``as_line`` made, in this program or its child."""
    message: Question | Message = pickle.loads(base64.b64decode(line))
    return message


def answer_line(line: bytes, told: BinaryIO, wanted: Callable[[], bool]) -> None:
    """Answer the question of a line, as long as it is ``wanted``."""
    question = from_line(line)
    assert isinstance(question, Question)
    last = -_LEAST_PROGRESS

    def tell(message: Message) -> None:
        told.write(as_line(message))
        told.flush()

    def progress(share: float) -> bool:
        nonlocal last
        if share - last >= _LEAST_PROGRESS:
            last = share
            tell(share)
        return wanted()

    try:
        tell(answer(question, progress))
    except TingtangError as error:
        tell(Refusal(error.code, error.values))
    except (Cancelled, BrokenPipeError):
        # Nobody is there to hear it; what was tried is cleared away already.
        return


def _main() -> None:
    line = sys.stdin.buffer.readline()
    gone = threading.Event()

    def watch() -> None:
        # Not through ``sys.stdin``, whose lock would still be held when the process ends.
        while os.read(0, 1):
            continue
        gone.set()

    threading.Thread(target=watch, name="asked", daemon=True).start()
    answer_line(line, sys.stdout.buffer, lambda: not gone.is_set())


if __name__ == "__main__":
    _main()
