"""This side of the process that does a job."""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_OURS = ("POWERMAP_", "NEO4J_")


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How the work ended: with a report, or why there is none."""

    report: bytes = b""
    why: str = ""
    error: str = ""
    """For the log, where the fault was ours: what, and where."""


class Child:
    """A process of its own: it keeps the service quick, and stops when it is told to.

    A fresh process rather than a fork: threads of the service, and of the libraries that
    measure, do not survive a fork.
    """

    def __init__(self, *, seconds: int, megabytes: int) -> None:
        """Start it; `OSError` where there is no room for a process."""
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "api.jobs.worker", str(seconds), str(megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            # Ctrl-C is for the service, which then ends its jobs.
            start_new_session=True,
        )

    def work(self, order: Any, heard: Callable[[float, str], None]) -> Ending:
        """Hand it the work, pass on how far it comes, and return how it ended."""
        process = self._process
        assert process.stdin and process.stdout
        try:
            # Written piece by piece, so that a large map does not hold up other requests.
            pickle.dump(order, process.stdin)
            process.stdin.flush()
        except BrokenPipeError:
            return self._died()
        for line in process.stdout:
            said = json.loads(line) if line.endswith(b"\n") else {}
            if "share" in said:
                heard(said["share"], said["measure"])
            elif "bytes" in said:
                report = process.stdout.read(said["bytes"])
                if len(report) == said["bytes"]:
                    return Ending(report=report)
            elif "failed" in said:
                where = " < ".join(reversed(said.get("where", [])))
                return Ending(why=said["failed"], error=f"{said.get('error', '')} {where}".strip())
        return self._died()

    def _died(self) -> Ending:
        code = self._process.wait()
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return Ending(
            why=f"The process that did the work was ended from outside ({how}); the machine may "
            "have run out of memory. Start the job again; if it ends like this again, choose a "
            "part of the map.",
        )

    def stop(self) -> None:
        """End it now, whatever it is at."""
        self._process.kill()

    def close(self) -> None:
        """End it if it still runs, and leave nothing of it behind."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except BrokenPipeError:
                pass


def _environment() -> dict[str, str]:
    """What the service runs in, without its settings: the work needs no secret."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    # It takes one core, and finds the modules where the service found them.
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    return {**kept, **threads, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
