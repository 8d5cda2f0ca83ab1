"""What a request needs to know: who asks, and where the maps are."""

from dataclasses import dataclass
from typing import cast

from flask import current_app, g

from api.jobs.queue import Jobs
from api.settings import Settings
from graph.results import Results
from graph.snapshots import Snapshots
from powermap.access import Viewer
from powermap.model import PowerMap
from powermap.ports import MapStore, MapSummary, Positions

EXTENSION = "powermap"


@dataclass(frozen=True, kw_only=True)
class Service:
    """The parts of one running service, made by `create_app`."""

    settings: Settings
    store: MapStore
    snapshots: Snapshots
    results: Results
    jobs: Jobs


def service() -> Service:
    return cast(Service, current_app.extensions[EXTENSION])


def store() -> MapStore:
    return service().store


def viewer() -> Viewer:
    """Who asks; set before each request by `api.guard`."""
    return cast(Viewer, g.viewer)


def power_map(map_id: str, revision: int | None = None) -> PowerMap:
    """The viewer's part of a map."""
    return service().snapshots.read(map_id, viewer(), revision)


def maps() -> list[MapSummary]:
    return store().maps(viewer())


def arrangement(map_id: str, name: str = "") -> Positions:
    """Where things stand on the drawn map, for viewers who see what this one sees."""
    return store().arrangement(map_id, viewer(), name=name)


def keep_arrangement(map_id: str, positions: Positions, name: str = "") -> None:
    store().keep_arrangement(map_id, viewer(), positions, name=name)
