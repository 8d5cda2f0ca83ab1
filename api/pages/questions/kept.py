"""Answers kept for a while: the next page of one, or its next row, is not worked out again."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from api.context import viewer
from graph.findings.answer import Finding
from graph.snapshots import seen_by
from powermap.model import PowerMap

EXTENSION = "powermap_answers"
MOST_KEPT = 64


class Answers:
    """The latest answers, by question and by what the viewer may see of which revision."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[object, Finding] = OrderedDict()
        self._lock = Lock()

    def get(
        self,
        whole: PowerMap,
        name: str,
        texts: Mapping[str, str],
        work: Callable[[], Finding],
        *,
        ceiling: str = "",
    ) -> Finding:
        """The answer to a question about this map, from `work` where it is not there yet.

        `ceiling` says how much of what the viewer may see the map holds, where that is not all.
        """
        seen = seen_by(viewer(), whole.header.id, whole.revision)
        key = seen, ceiling, name, tuple(sorted(texts.items()))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = work()
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found


def register(blueprint: Blueprint) -> None:
    def begin(state: BlueprintSetupState) -> None:
        state.app.extensions[EXTENSION] = Answers()

    blueprint.record_once(begin)
