"""Results kept in memory, so that the same question about the same revision is worked out once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

MOST_CHARACTERS = 64_000_000


class Results:
    """The latest results, as text, by what was asked of which revision for which viewers.

    Whoever asks while a result is being worked out waits for it. What goes wrong is not kept.
    """

    def __init__(self, most: int = MOST_CHARACTERS) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, str] = OrderedDict()
        self._at_work: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, work: Callable[[], str]) -> str:
        """The result for this key, from `work` where it is not there yet."""
        with self._lock:
            at_work = self._at_work.setdefault(key, Lock())
        try:
            with at_work:
                found = self._find(key)
                if found is None:
                    found = work()
                    self._keep(key, found)
        finally:
            with self._lock:
                self._at_work.pop(key, None)
        return found

    def _find(self, key: Hashable) -> str | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: Hashable, found: str) -> None:
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > 1 and sum(map(len, self._kept.values())) > self._most:
                self._kept.popitem(last=False)
