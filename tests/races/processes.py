"""The processes of a played day's stations: begun together, told what to do, heard, ended."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

_ROOT = Path(__file__).parents[2]
_LEAVES_WITHIN_S = 20


class StationProcesses:
    """One process a station; each is told and tells lines of JSON."""

    def __init__(self, told: Iterable[dict[str, Any]]) -> None:
        self._heard: list[queue.SimpleQueue[dict[str, Any]]] = []
        self._processes: list[subprocess.Popen[str]] = []
        self.names: list[str] = []
        for one in told:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.races.station_process"],
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            heard: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
            assert process.stdout is not None
            threading.Thread(target=_hear, args=(process.stdout, heard), daemon=True).start()
            self._processes.append(process)
            self._heard.append(heard)
            self.names.append(one["label"])
            self._write(process, one)

    @staticmethod
    def _write(process: subprocess.Popen[str], what: dict[str, Any]) -> None:
        assert process.stdin is not None
        process.stdin.write(json.dumps(what) + "\n")
        process.stdin.flush()

    def order(self, do: str, **more: Any) -> None:
        """Tell every station to do something."""
        for process in self._processes:
            self._write(process, {"do": do, **more})

    def answers(self, key: str, within_s: float) -> dict[str, Any]:
        """What each station tells under ``key``.

        Raises RuntimeError when one has died or does not answer in time.
        """
        deadline = time.monotonic() + within_s
        found: dict[str, Any] = {}
        for name, heard in zip(self.names, self._heard, strict=True):
            while True:
                try:
                    told = heard.get(timeout=max(0.0, deadline - time.monotonic()))
                except queue.Empty:
                    raise RuntimeError(f"{name} did not tell {key} in {within_s} s") from None
                if "gone" in told:
                    raise RuntimeError(f"{name} died before it told {key}")
                if key in told:
                    found[name] = told[key]
                    break
        return found

    def end(self) -> dict[str, int]:
        """Let all of them leave; their exit statuses."""
        for process in self._processes:
            if process.poll() is None and process.stdin is not None:
                self._write(process, {"do": "leave"})
        statuses = []
        for process in self._processes:
            try:
                statuses.append(process.wait(_LEAVES_WITHIN_S))
            except subprocess.TimeoutExpired:
                process.kill()
                statuses.append(process.wait())
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
        return dict(zip(self.names, statuses, strict=True))


def _hear(pipe: IO[str], heard: queue.SimpleQueue[dict[str, Any]]) -> None:
    for line in pipe:
        heard.put(json.loads(line))
    heard.put({"gone": True})
