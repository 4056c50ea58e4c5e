"""A PostgreSQL server of a test's own, in a folder of its own, that can be stopped and started."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _programs() -> Path | None:
    """The folder of the newest server on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


class Server:
    """A server on a port of its own; trusts whoever comes, for it holds nothing but a test."""

    def __init__(self, folder: Path) -> None:
        programs = _programs()
        assert programs is not None, "no PostgreSQL server is installed"
        self._programs = programs
        self._folder = folder
        # The server refuses to run as root: there it runs as the user its package made.
        self._owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        self.url = f"postgresql://tingtang@127.0.0.1:{port}/postgres"
        self._do("initdb", "--username=tingtang", "--auth=trust", "--no-sync", "--locale=C.UTF-8")

    @staticmethod
    def installed() -> bool:
        """Whether this machine has a server to run."""
        return _programs() is not None

    @property
    def runs(self) -> bool:
        """Whether it has been started and not stopped."""
        return (self._folder / "data" / "postmaster.pid").exists()

    def _do(self, program: str, *options: str) -> None:
        data = str(self._folder / "data")
        command = [*self._owner, str(self._programs / program), *options, "-D", data]
        # Its own log, not a pipe: the server keeps what it inherits open.
        with (self._folder / "log").open("a") as log:
            subprocess.run(command, check=True, cwd=self._folder, stdout=log, stderr=log)

    def start(self) -> None:
        """Start it; it answers when this returns."""
        self._do("pg_ctl", "start", "--wait", "-o", self._options)

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: ``immediate`` is a crash, ``fast`` ends every connection in an orderly way."""
        self._do("pg_ctl", "stop", "--wait", "-m", mode)


@contextmanager
def own_server() -> Iterator[Server]:
    """A running server in a folder of its own, both gone at the end."""
    with tempfile.TemporaryDirectory(prefix="tingtang-server-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        server = Server(folder)
        server.start()
        try:
            yield server
        finally:
            if server.runs:
                server.stop()
