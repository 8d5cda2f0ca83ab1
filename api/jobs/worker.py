"""The process that does one job: `python -m api.jobs.worker SECONDS MEGABYTES`.

It reads what to measure from standard input, and writes lines of JSON to standard output: how far
it has come, and at last the result or why there is none. It opens no store, and ends at once when
its standard input does, which is when the service that started it is gone.
"""

import json
import os
import pickle
import sys
import threading
import traceback
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from api.jobs.progress import Progress
from graph.findings.measured import measured
from graph.measures.effort import effort
from graph.network import Network
from powermap.errors import PowerMapError
from powermap.model import PowerMap

SHARE_OF_ONE_MEASURE = 0.5
"""No measure may be expected to take more of the whole time: it would leave none for the rest."""
OUT_OF_MEMORY = (
    "It needs more memory than a job may use here ({megabytes:,} MB). Choose a part of the map, "
    "measure organisations instead of leaders, or set POWERMAP_JOB_MEGABYTES higher."
)
OUR_FAULT = "Something went wrong here; the fault is ours. What is quick can still be had at once."


@dataclass(frozen=True, kw_only=True)
class Order:
    """What to measure: the viewer's part of a map, the network chosen of it, and what beside."""

    power_map: PowerMap
    network: Network
    beside: Mapping[str, Any] = field(default_factory=dict)


def report(order: Order) -> dict[str, Any]:
    """Every measure of the network, as the map's own address gives those that are quick."""
    made = measured(order.power_map, order.network, **order.beside)
    return {"revision": order.power_map.revision, **made}


def main() -> None:
    seconds, megabytes = int(sys.argv[1]), int(sys.argv[2])
    said = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not be taken for a word of ours.
    os.dup2(2, 1)
    try:
        order = pickle.load(sys.stdin.buffer)
        threading.Thread(target=_end_with_the_service, daemon=True).start()
        _limit(megabytes)
        progress = Progress(lambda share, measure: _say(said, share=share, measure=measure))
        with effort(seconds * SHARE_OF_ONE_MEASURE, progress.tell, progress.name):
            text = json.dumps(report(order), ensure_ascii=False, allow_nan=False)
        packed = zlib.compress(text.encode(), level=1)
        _say(said, bytes=len(packed))
        said.write(packed)
    except MemoryError:
        _say(said, failed=OUT_OF_MEMORY.format(megabytes=megabytes))
    except PowerMapError as error:
        _say(said, failed=str(error))
    except Exception as error:
        # Where it went wrong, but not the message: that may quote what somebody wrote.
        steps = traceback.extract_tb(error.__traceback__)
        where = [f"{step.filename}:{step.lineno} {step.name}" for step in steps[-8:]]
        _say(said, failed=OUR_FAULT, error=type(error).__name__, where=where)
    said.flush()
    # At once: a thread still waits on standard input.
    os._exit(0)


def _limit(megabytes: int) -> None:
    """Use no more memory than this, and let everybody else go first."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.nice(5)


def _end_with_the_service() -> None:
    os.read(0, 1)
    os._exit(1)


def _say(said: BinaryIO, **words: Any) -> None:
    said.write(json.dumps(words).encode() + b"\n")
    said.flush()


if __name__ == "__main__":
    main()
