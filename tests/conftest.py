"""What every kind of test may ask for: a real Neo4j, a browser, and honesty about both.

Tests marked `neo4j` or `browser` are skipped, with the reason, where there is no server or
browser; where `CI` is set such a skip is a failure, because there it would hide an untested store.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.neo4j_server import NoServer, Server, empty_database, find_server

IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
NEVER_SKIPPED_IN_CI = ("neo4j", "browser")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    # The browser must not look for anything outside: a closed network makes it wait.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def neo4j_server() -> Server:
    """The one server of this run, started; its database is empty when the run starts."""
    try:
        return _started_server()
    except NoServer as reason:
        pytest.skip(f"no Neo4j: {reason}")


@pytest.fixture
def empty_neo4j(neo4j_server: Server) -> Iterator[Server]:
    """The server with an empty database, before the test and after it."""
    empty_database(neo4j_server)
    yield neo4j_server
    empty_database(neo4j_server)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium as the system installed it, without a window."""
    path = _chromium_path()
    if path is None:
        pytest.skip("no browser: Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say in the first lines which server the tests run on, and start it for that if need be."""
    if not _may_run_neo4j_tests(config):
        neo4j = "not needed by these tests"
    else:
        try:
            server = _started_server()
            neo4j = f"{server.version} {server.edition} at {server.uri} ({server.origin})"
        except NoServer as reason:
            neo4j = f"none. {reason}"
    return [f"neo4j: {neo4j}", f"chromium: {_chromium_path() or 'none'}"]


def pytest_unconfigure() -> None:
    if _server_or_reason.cache_info().currsize:
        server = _server_or_reason()
        if not isinstance(server, NoServer):
            server.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    needs = [mark for mark in NEVER_SKIPPED_IN_CI if item.get_closest_marker(mark)]
    if IN_CI and needs and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"A test marked {needs[0]} may not be skipped in CI. {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if IN_CI and report.skipped:
        # A whole file was left out, before anyone could see how its tests are marked.
        report.outcome = "failed"
        report.longrepr = f"No file of tests may be skipped in CI. {report.longrepr}"
    return report


@cache
def _server_or_reason() -> Server | NoServer:
    # Kept either way: a server that failed to start once is not tried again for every test.
    try:
        server = find_server()
        server.start()
        return server
    except NoServer as reason:
        return reason


def _started_server() -> Server:
    server = _server_or_reason()
    if isinstance(server, NoServer):
        raise server
    return server


def _chromium_path() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def _may_run_neo4j_tests(config: pytest.Config) -> bool:
    """Whether a file named on the command line holds such a test: cheaper than starting a server.

    Reads the files' text, since the header is due before the tests are collected.
    """
    if config.option.collectonly or re.search(r"\bnot neo4j\b", config.option.markexpr or ""):
        return False
    for argument in config.args:
        named = Path(config.invocation_params.dir, argument.partition("::")[0])
        for path in [named] if named.is_file() else named.rglob("test_*.py"):
            if "mark.neo4j" in path.read_text():
                return True
    return False
