"""A server's notices of a branch's commits: the connection that hears them, and no table.

The command runner sends a notice in the command's own transaction, so that PostgreSQL delivers
it when the transaction is committed and never otherwise. A notice says only that there is news:
what is new stands in the journal.
"""

from __future__ import annotations

from typing import Any

from branch.kernel.errors import StoreUnavailable
from branch.kernel.store import Store


def channel(store: Store) -> str:
    """Where a branch's notices go: its schema's name, which has at most 63 bytes as needed."""
    return store.place


class Notices:
    """A connection of its own that hears a branch's notices; queries would swallow them.

    It may be opened on one thread and read on another, by one of them at a time.
    """

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.lost = False

    def fileno(self) -> int:
        """The socket to watch: it can be read when a notice has come or the server has gone.

        Raises StoreUnavailable when the connection has ended; from then on ``lost`` is true.
        """
        import psycopg  # there only where stations have a server

        try:
            number: int = self._connection.fileno()
        except psycopg.Error as error:
            self.close()
            raise StoreUnavailable("store_unreachable") from error
        return number

    def drain(self) -> int:
        """Take the notices that have come, without waiting; returns how many.

        Raises StoreUnavailable when the connection is lost; from then on ``lost`` is true.
        """
        import psycopg  # there only where stations have a server

        try:
            return sum(1 for _ in self._connection.notifies(timeout=0))
        except psycopg.Error as error:
            self.close()
            raise StoreUnavailable("store_unreachable") from error

    def close(self) -> None:
        """End the connection; nothing is heard any more."""
        self.lost = True
        self._connection.close()


def listen(store: Store) -> Notices:
    """Hear the notices of the branch in ``store``, on a new connection to the same server.

    Raises StoreUnavailable when the server cannot be reached. It waits for the network: never
    to be called where windows are drawn.
    """
    import psycopg  # there only where stations have a server

    database = store.database
    try:
        connection = psycopg.connect(database.database, autocommit=True, **database.connect_params)
        connection.execute(f'LISTEN "{channel(store)}"')
    except psycopg.Error as error:
        raise StoreUnavailable("store_unreachable") from error
    return Notices(connection)
