"""Jobs under both servers of powermap: quick meanwhile, and nothing left behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request as Ask
from urllib.request import urlopen

import pytest

from graph.stores import open_store
from powermap.access import Role, Viewer
from powermap.changes import Create, Request
from tests.unit.jobs.conftest import children
from tests.unit.visual.made_up_maps import made_up_map

ROOT = Path(__file__).parents[2]
WAITRESS = ["-c", "from api.cli import main; main()", "serve", "--port", "{port}"]
GUNICORN = ["-m", "gunicorn", "--bind=127.0.0.1:{port}", "--workers=1", "--threads=8"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A store with a map whose measures take a second or two."""
    path = tmp_path_factory.mktemp("jobs") / "maps.db"
    large = made_up_map(100, 300)
    header = replace(large.header, id="large")
    store = open_store(f"sqlite:///{path}")
    changes = [Create(header), *map(Create, large.records.values())]
    store.apply("large", Viewer("owner", Role.OWNER), changes, request=Request("made", "made"))
    store.close()
    return path


@dataclass
class Served:
    running: subprocess.Popen
    address: str

    def ask(self, path, method="GET", body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = Ask(self.address + path, data=data, headers=headers, method=method)
        with urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def start(self):
        return self.ask("/api/v1/maps/large/jobs", "POST", {})["address"]

    def worker(self):
        """The process at work, once it is."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            for pid in _all_below(self.running.pid):
                if b"api.jobs.worker" in _command(pid):
                    return pid
            time.sleep(0.02)
        raise AssertionError("no job is at work")


@pytest.fixture(
    params=[WAITRESS, [*GUNICORN, "api.app:create_app()"]], ids=["waitress", "gunicorn"]
)
def served(request, kept, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {name: value for name, value in os.environ.items() if "POWERMAP" not in name}
    running = subprocess.Popen(
        [sys.executable, *(word.replace("{port}", str(port)) for word in request.param)],
        cwd=tmp_path,
        env={
            **environ,
            "PYTHONPATH": str(ROOT),
            "POWERMAP_STORE": f"sqlite:///{kept}",
            "POWERMAP_LOG_LEVEL": "ERROR",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # Where the tests themselves run in the background, Ctrl-C would be ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    made = Served(running, f"http://127.0.0.1:{port}")
    try:
        _wait_until_up(made)
        yield made
    finally:
        running.kill()
        running.wait()


def test_the_service_stays_quick_while_a_job_runs_and_its_result_is_there_at_the_end(served):
    address = served.start()
    waits, state = [], "waiting"
    while state in ("waiting", "running"):
        begun = time.monotonic()
        assert served.ask("/healthz") == {"status": "up"}
        waits.append(time.monotonic() - begun)
        time.sleep(0.03)
        state = served.ask(address)["state"]

    assert state == "done"
    assert len(waits) > 10
    assert sorted(waits)[len(waits) * 95 // 100] < 0.2
    assert len(served.ask(f"{address}/result")["nodes"]) == 100


def test_a_cancelled_job_is_gone_within_a_second_even_when_it_hears_nothing(served):
    address = served.start()
    worker = served.worker()
    os.kill(worker, signal.SIGSTOP)

    cancelled = served.ask(address, "DELETE")

    assert cancelled["state"] == "cancelled"
    assert _gone_within(worker, 1)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_stopped_leaves_no_process_behind(served, how):
    served.start()
    worker = served.worker()

    served.running.send_signal(how)

    assert served.running.wait(timeout=10) == 0
    assert _gone_within(worker, 1)


def test_a_server_that_is_killed_leaves_no_process_behind(served):
    served.start()
    worker = served.worker()

    for pid in [*_all_below(served.running.pid), served.running.pid]:
        if pid != worker:
            os.kill(pid, signal.SIGKILL)

    assert _gone_within(worker, 2)


def _wait_until_up(made):
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            made.ask("/healthz")
            return
        except URLError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def _all_below(pid):
    below = children(str(pid))
    return below.union(*(_all_below(each) for each in below)) if below else set()


def _command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _gone_within(pid, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not _command(pid):
            return True
        time.sleep(0.02)
    return False
