"""A real Neo4j for the tests: one that is named, one in a container, or one from Maven Central.

The tests never look at the application's own settings: Community has a single database, and a
test run empties it, so a server must be offered by its own name and be empty to begin with.

As a command, `python -m tests.neo4j_server fetch` fills the cache ahead of time, and
`python -m tests.neo4j_server serve` keeps a server up for many test runs.
"""

from __future__ import annotations

import functools
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, LiteralString, Protocol, TypeVar

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

T = TypeVar("T")

POM = Path(__file__).parent / "neo4j" / "pom.xml"
IMAGE = "neo4j:5-community"
START_SECONDS = 120.0

# Netty and the page cache reach into these packages; the server stops without them.
_JVM_OPTIONS = (
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dlog4j2.disable.jmx=true",
    "-Dfile.encoding=UTF-8",
)
_SETTINGS = """\
server.default_listen_address=127.0.0.1
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=64m
dbms.usage_report.enabled=false
"""


class NoServer(Exception):
    """No Neo4j can be had here; the message says what would change that."""


class Server(Protocol):
    """What the tests may ask of a server, wherever it runs."""

    uri: str
    user: str
    password: str
    version: str
    edition: str
    origin: str
    can_be_killed: bool

    def start(self) -> None:
        """Start the server, or connect to it, and wait for its first answer."""

    def stop(self) -> None:
        """End the server and delete what it held."""

    def kill(self) -> None:
        """End the server at once, as a power cut of the process would (SIGKILL)."""

    def restart(self) -> None:
        """Start it again after `kill`, with the same files, address and password."""


class NamedServer:
    """The server of `POWERMAP_TEST_NEO4J_URI`: somebody else starts and stops it."""

    can_be_killed = False
    origin = "POWERMAP_TEST_NEO4J_URI"

    def __init__(self, uri: str, user: str, password: str) -> None:
        self.uri, self.user, self.password = uri, user, password
        self.version = self.edition = ""

    def start(self) -> None:
        """Connect, and refuse a database that holds anything."""
        try:
            with connect(self) as driver:
                self.version, self.edition = _components(driver)
                if _row(driver, "MATCH (n) RETURN n LIMIT 1"):
                    raise NoServer(
                        f"The database at POWERMAP_TEST_NEO4J_URI ({self.uri}) is not empty, and"
                        " the tests would delete what it holds. Name an empty one."
                    )
        except (Neo4jError, DriverError) as error:
            raise NoServer(
                f"POWERMAP_TEST_NEO4J_URI names {self.uri}, which cannot be used: {error}"
            ) from error

    def stop(self) -> None:
        """Leave the database as it was found: empty."""
        empty_database(self)

    def kill(self) -> None:
        raise NotImplementedError("a named server is not ours to kill; see can_be_killed")

    def restart(self) -> None:
        raise NotImplementedError("a named server is not ours to restart; see can_be_killed")


class ContainerServer:
    """A server in a container of its own, on a free loopback port."""

    can_be_killed = True
    origin = f"container of {IMAGE}"
    user = "neo4j"

    def __init__(self, heap: str = "1g") -> None:
        self.heap = heap
        # Chosen here, since the engine would pick another port at each restart.
        self.port = _free_port()
        self.uri = f"bolt://127.0.0.1:{self.port}"
        self.password = secrets.token_urlsafe(16)
        self.version = self.edition = ""
        self._name = f"powermap-test-{self.port}-{secrets.token_hex(4)}"

    def start(self) -> None:
        # The password goes through the environment, so that it shows in no list of processes.
        self._docker(
            *("run", "--detach", "--name", self._name),
            *("--publish", f"127.0.0.1:{self.port}:7687", "--env", "NEO4J_AUTH"),
            *("--env", f"NEO4J_server_memory_heap_max__size={self.heap}"),
            *("--env", "NEO4J_dbms_usage__report_enabled=false", IMAGE),
        )
        self._wait()

    def stop(self) -> None:
        self._docker("rm", "--force", "--volumes", self._name)

    def kill(self) -> None:
        self._docker("kill", "--signal", "KILL", self._name)

    def restart(self) -> None:
        self._docker("start", self._name)
        self._wait()

    def _wait(self) -> None:
        self.version, self.edition = _wait_for(self, lambda: _ask_version(self))

    def _docker(self, *arguments: str) -> None:
        environment = os.environ | {"NEO4J_AUTH": f"{self.user}/{self.password}"}
        subprocess.run(
            ["docker", *arguments], env=environment, check=True, stdout=subprocess.DEVNULL
        )


class Neo4jServer:
    """Neo4j Community from its own jars, in a process and a temporary folder of its own."""

    can_be_killed = True
    user = "neo4j"

    def __init__(self, heap: str = "1g") -> None:
        self._java, java_version = find_java()
        self._jars = fetch_jars()
        self.origin = f"jars from Maven Central, Java {java_version}"
        self.heap = heap
        self.home = Path(tempfile.mkdtemp(prefix="powermap-neo4j-"))
        self.port = _free_port()
        self.uri = f"bolt://127.0.0.1:{self.port}"
        self.password = secrets.token_urlsafe(16)
        self.version = self.edition = ""
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        (self.home / "conf").mkdir(exist_ok=True)
        (self.home / "conf" / "neo4j.conf").write_text(_SETTINGS.format(port=self.port))
        self._launch()
        _wait_for(self, self._set_password, self._check_alive)
        self.version, self.edition = _wait_for(self, lambda: _ask_version(self), self._check_alive)

    def stop(self) -> None:
        # Its files go as well, so there is nothing to gain from the seconds of an orderly stop.
        self.kill()
        shutil.rmtree(self.home, ignore_errors=True)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def restart(self) -> None:
        self.kill()
        self._launch()
        _wait_for(self, lambda: _ask_version(self), self._check_alive)

    def _launch(self) -> None:
        with (self.home / "console.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(self._java, f"-Xmx{self.heap}", *_JVM_OPTIONS, "-cp", f"{self._jars}/*"),
                    *("org.neo4j.server.CommunityEntryPoint", f"--home-dir={self.home}"),
                    *(f"--config-dir={self.home / 'conf'}", "--console-mode"),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C is for the test run, which then stops the server itself.
                start_new_session=True,
            )

    def _check_alive(self) -> None:
        if self._process is not None and self._process.poll() is not None:
            lines = (self.home / "console.log").read_text(errors="replace").splitlines()[-15:]
            raise NoServer(
                "\n".join([f"Neo4j ended with code {self._process.returncode}:", *lines])
            )

    def _set_password(self) -> None:
        """A new server knows one password, and lets nobody do anything before it is changed."""
        with (
            connect(self, password="neo4j") as driver,
            driver.session(database="system") as session,
        ):
            change = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new"
            session.run(change, new=self.password).consume()


def find_server(heap: str = "1g") -> Server:
    """Return a server that is not started yet: named, in a container, or from jars, in this order.

    Raises `NoServer` with one reason for each way that is closed.
    """
    uri = os.environ.get("POWERMAP_TEST_NEO4J_URI")
    if uri:
        return NamedServer(
            uri,
            os.environ.get("POWERMAP_TEST_NEO4J_USERNAME", "neo4j"),
            os.environ.get("POWERMAP_TEST_NEO4J_PASSWORD", ""),
        )
    if container_engine_answers():
        return ContainerServer(heap)
    try:
        return Neo4jServer(heap)
    except NoServer as error:
        raise NoServer(
            f"POWERMAP_TEST_NEO4J_URI is not set, no container engine answers, and {error}"
        ) from error


def container_engine_answers() -> bool:
    """Whether containers can be run here: a `docker` command alone is only a client."""
    if shutil.which("docker") is None:
        return False
    try:
        return subprocess.run(["docker", "info"], capture_output=True, timeout=20).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def find_java() -> tuple[str, int]:
    """Return a Java command and its version; 17 and 21 first, for which Neo4j 5.26 is made."""
    places = [shutil.which("java")]
    if home := os.environ.get("JAVA_HOME"):
        places.insert(0, f"{home}/bin/java")
    places += [str(path) for path in sorted(Path("/usr/lib/jvm").glob("*/bin/java"))]
    found = [(place, _java_version(place)) for place in places if place and Path(place).exists()]
    for place, version in sorted(found, key=lambda java: java[1] not in (17, 21)):
        if version >= 17:
            return place, version
    raise NoServer("Java 17 or newer is not installed")


def neo4j_version() -> str:
    """Return the version that tests/neo4j/pom.xml names."""
    found = re.search(r"<neo4j\.version>(.+?)</neo4j\.version>", POM.read_text())
    assert found, f"{POM} names no neo4j.version"
    return found[1]


def fetch_jars() -> Path:
    """Return the folder with the server's jars, fetched by Maven the first time."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "powermap"
    jars = cache / f"neo4j-{neo4j_version()}"
    if jars.is_dir():
        return jars
    if shutil.which("mvn") is None:
        raise NoServer("Maven (mvn), which fetches Neo4j, is not installed")
    cache.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix="fetching-", dir=cache))
    command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies"]
    command += ["-DincludeScope=runtime", f"-DoutputDirectory={unfinished}"]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise NoServer(f"Maven could not fetch Neo4j {neo4j_version()}:\n{done.stdout}")
        try:
            # A whole folder or none: an interrupted or parallel run leaves no half-filled cache.
            unfinished.rename(jars)
        except OSError:
            if not jars.is_dir():
                raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return jars


def connect(server: Server, password: str | None = None) -> Driver:
    """Return a driver for the server; close it after use."""
    return GraphDatabase.driver(
        server.uri,
        auth=(server.user, server.password if password is None else password),
        connection_timeout=5,
        # One try: whoever waits for the server here has patience of its own.
        max_transaction_retry_time=0,
    )


def empty_database(server: Server) -> None:
    """Delete every node and relationship, a batch at a time; constraints and indexes stay."""
    with connect(server) as driver, driver.session() as session:
        session.run(
            "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"
        ).consume()


def _wait_for(
    server: Server, attempt: Callable[[], T], check_alive: Callable[[], None] = lambda: None
) -> T:
    """Return what `attempt` returns once the server answers it; end the server if it never does."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            check_alive()
            return attempt()
        except (Neo4jError, DriverError) as error:
            if isinstance(error, AuthError) or time.monotonic() > deadline:
                server.stop()
                raise NoServer(f"Neo4j at {server.uri} does not answer: {error}") from error
        except BaseException:
            server.stop()
            raise
        time.sleep(0.25)


def _ask_version(server: Server) -> tuple[str, str]:
    with connect(server) as driver:
        return _components(driver)


def _components(driver: Driver) -> tuple[str, str]:
    row = _row(driver, "CALL dbms.components() YIELD versions, edition RETURN versions[0], edition")
    return row[0], row[1]


def _row(driver: Driver, query: LiteralString) -> Any:
    records, _, _ = driver.execute_query(query)
    return records[0] if records else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@functools.cache
def _java_version(java: str) -> int:
    done = subprocess.run([java, "-version"], capture_output=True, text=True)
    found = re.search(r'version "(\d+)', done.stderr)
    return int(found[1]) if found else 0


def _fetch() -> None:
    if os.environ.get("POWERMAP_TEST_NEO4J_URI") or container_engine_answers():
        return
    try:
        find_java()
        fetch_jars()
    except NoServer as error:
        print(f"The tests that need Neo4j cannot run: {error}.", file=sys.stderr)


def _serve() -> None:
    server = find_server()
    server.start()
    try:
        print(f"Neo4j {server.version} {server.edition} is up ({server.origin}). To test with it:")
        print(f"export POWERMAP_TEST_NEO4J_URI={server.uri}")
        print(f"export POWERMAP_TEST_NEO4J_PASSWORD={server.password}", flush=True)
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        pass
    finally:
        server.stop()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["fetch"]:
            _fetch()
        case ["serve"]:
            _serve()
        case _:
            sys.exit("usage: python -m tests.neo4j_server fetch | serve")
