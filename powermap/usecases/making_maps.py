"""Making a map, so that asking twice makes one."""

import uuid

from powermap.access import Viewer

_NAMESPACE = uuid.UUID("6f0a5d0e-7a54-5b7c-9a52-3d1c5f2f8f11")


def map_id_for(viewer: Viewer, key: str | None, fresh: str) -> str:
    """The id of a map about to be made: the same for the same caller and key, else a fresh one.

    A map's requests are remembered with the map, so a repeated request must find the same map.
    """
    if key is None:
        return fresh
    return uuid.uuid5(_NAMESPACE, f"{viewer.name}\n{key}").hex
