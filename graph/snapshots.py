"""Whole maps kept in memory, so that a page, a table and a measure read the store once."""

from collections import OrderedDict
from threading import Lock

from powermap.access import Act, Scope, Viewer, permit
from powermap.model import PowerMap
from powermap.ports import MapStore

Key = tuple[str, int, Scope, bool]


def seen_by(viewer: Viewer, map_id: str, revision: int) -> Key:
    """What a reading is known by: equal for viewers to whom all of it looks the same."""
    # The owner's copy also counts what is withheld.
    return map_id, revision, permit(viewer, Act.READ), viewer.role.value == "owner"


class Snapshots:
    """The latest maps read, by map, revision and what the viewer may see.

    A new revision is read again as a whole: filtering changes one by one would hide a change
    from open to private, and miss a change of role.
    """

    def __init__(self, store: MapStore, keep: int = 16) -> None:
        self._store, self._keep = store, keep
        self._maps: OrderedDict[Key, PowerMap] = OrderedDict()
        self._lock = Lock()

    def read(self, map_id: str, viewer: Viewer, revision: int | None = None) -> PowerMap:
        """The map as it is, or at a revision; raises as `MapStore.read` does."""
        current = self._store.revision(map_id, viewer)
        if revision is not None and revision != current:
            # A past map depends on the records' present levels: not to be kept.
            return self._store.read(map_id, viewer, revision=revision)
        key = seen_by(viewer, map_id, current)
        with self._lock:
            if key in self._maps:
                self._maps.move_to_end(key)
                return self._maps[key]
        power_map = self._store.read(map_id, viewer)
        with self._lock:
            self._maps[seen_by(viewer, map_id, power_map.revision)] = power_map
            while len(self._maps) > self._keep:
                self._maps.popitem(last=False)
        return power_map
