"""Talking to a Neo4j server: what is tried again, for how long, and its errors as ours."""

import os
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import TypeVar

from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, Transaction
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConnectionPoolError,
    ConstraintError,
    DatabaseUnavailable,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from powermap.errors import Conflict, PowerMapError, StoreUnavailable, StoreUnusable, TooMuch

T = TypeVar("T")

POOL = 40
CONNECT_SECONDS = 0.8
ACQUIRE_SECONDS = 1.0
"""For a connection and its greetings; the pool is larger than the threads that draw on it."""
READ_SECONDS = 60
WRITE_SECONDS = 600
GONE_SECONDS = 0.6
"""How long after a first failure a lost server is tried again before it is called unavailable."""
BUSY_SECONDS = 10
"""How long a deadlock, or another passing trouble of the server, is tried again."""

OUT_OF_MEMORY = {
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
    "Neo.TransientError.General.TransactionMemoryLimit",
    "Neo.TransientError.General.OutOfMemoryError",
}
"""The server calls these transient; the same request fails in the same way each time."""

MADE_MEANWHILE = "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists"
"""Two processes made the same constraint; asked again, `IF NOT EXISTS` finds it there."""

_SETTING = re.compile(r"\b(?:dbms|db|server)\.memory\.[a-z._]+")


class Server:
    """A Neo4j server, as each process that uses it reaches it."""

    def __init__(self, url: str, *, username: str, password: str, database: str) -> None:
        self._url = url
        self._auth = (username or "neo4j", password) if password else None
        self._database = database or "neo4j"
        self._drivers: dict[int, Driver] = {}
        self._lock = threading.Lock()

    def read(self, work: Callable[[Transaction], T]) -> T:
        """What `work` answers; it may be asked more than once."""
        return self._transact(work, READ_ACCESS, READ_SECONDS, keep=True)

    def write(self, work: Callable[[Transaction], T], *, keep: bool = True) -> T:
        """What `work` answers, once its changes are durable, or taken back if not to `keep`.

        It may be asked again after its changes were kept: when the answer to a commit is lost.
        """
        return self._transact(work, WRITE_ACCESS, WRITE_SECONDS, keep=keep)

    def close(self) -> None:
        driver = self._drivers.pop(os.getpid(), None)
        if driver is not None:
            driver.close()

    def _driver(self) -> Driver:
        """This process's driver: one made before a fork would share its connections."""
        process = os.getpid()
        with self._lock:
            if process not in self._drivers:
                self._drivers[process] = GraphDatabase.driver(
                    self._url,
                    auth=self._auth,
                    connection_timeout=CONNECT_SECONDS,
                    connection_acquisition_timeout=ACQUIRE_SECONDS,
                    max_connection_pool_size=POOL,
                    liveness_check_timeout=30,
                    # Every query is written to be asked before its labels exist.
                    notifications_disabled_classifications=["UNRECOGNIZED"],
                )
            return self._drivers[process]

    def _transact(
        self, work: Callable[[Transaction], T], access: str, seconds: float, *, keep: bool
    ) -> T:
        first_failure = 0.0
        with _ours(self._url):
            for attempt in count():
                started, reached = time.monotonic(), False
                try:
                    driver = self._driver()
                    with (
                        driver.session(
                            database=self._database,
                            default_access_mode=access,
                            bookmark_manager=driver.execute_query_bookmark_manager,
                        ) as session,
                        session.begin_transaction(timeout=seconds) as tx,
                    ):
                        reached = True
                        answer = work(tx)
                        if keep:
                            tx.commit()
                        else:
                            tx.rollback()
                        return answer
                except (Neo4jError, DriverError) as error:
                    now = time.monotonic()
                    first_failure = first_failure or now
                    patient_for = patience(error)
                    slow_to_connect = not reached and now - started > CONNECT_SECONDS / 2
                    if slow_to_connect or now - first_failure >= patient_for:
                        raise
                time.sleep(random.uniform(0.5, 1) * min(0.02 * 2**attempt, 0.5))
        raise AssertionError("unreachable: count() does not end")


def patience(error: Neo4jError | DriverError) -> float:
    """For how many seconds it makes sense to try again."""
    match error:
        case ServiceUnavailable() | SessionExpired() | DatabaseUnavailable():
            return GONE_SECONDS
        case TransientError():
            return 0 if error.code in OUT_OF_MEMORY else BUSY_SECONDS
        case ClientError():
            return BUSY_SECONDS if error.code == MADE_MEANWHILE else 0
    return 0


@contextmanager
def _ours(url: str) -> Iterator[None]:
    """Neo4j's errors as ours, in this one place. What was sent is in none of their messages."""
    try:
        yield
    except PowerMapError:
        raise
    except (Neo4jError, DriverError) as error:
        raise translated(error, url) from error


def translated(error: Neo4jError | DriverError, url: str) -> PowerMapError:
    code = getattr(error, "code", None)
    match error:
        case AuthError():
            return StoreUnavailable(
                f"Neo4j at {url} refuses the user name or the password. "
                "Check NEO4J_USERNAME and NEO4J_PASSWORD."
            )
        case ConfigurationError():
            return StoreUnusable(f"{url!r} is not an address of a Neo4j server: {error}.")
        case ConstraintError():
            return Conflict(
                "Somebody changed the same records at the same moment; nothing was changed. "
                "Read them again, and try again."
            )
        case Neo4jError() if code in OUT_OF_MEMORY:
            found = _SETTING.search(error.message or "")
            setting = found[0] if found else "dbms.memory.transaction.total.max"
            return TooMuch(
                "The request is too large for the Neo4j server's memory; nothing was changed. "
                f"Raise {setting} (by default it is 70 % of server.memory.heap.max_size, so "
                "raise that first), or send the request in parts."
            )
        case ServiceUnavailable() | SessionExpired() | ConnectionPoolError() | TransientError():
            return StoreUnavailable(
                f"Neo4j at {url} cannot be used now. Check that it runs and can be reached, "
                "and try again."
            )
        case ClientError() if code == "Neo.ClientError.Database.DatabaseNotFound":
            return StoreUnusable(f"Neo4j at {url} has no such database. Check NEO4J_DATABASE.")
        case Neo4jError() if code and ("TransactionTimedOut" in code or "DatabaseError" in code):
            return StoreUnavailable(f"Neo4j at {url} could not finish the request ({code}).")
    return StoreUnusable(f"Neo4j at {url} does not work as expected ({code or error!r}).")
