"""The settings and the store of one run of the command, and who runs it."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

import click

from api.settings import Settings
from graph.stores import open_store
from powermap.access import Role, Viewer
from powermap.errors import InvalidValue, PowerMapError
from powermap.model import PowerMap
from powermap.ports import MapStore

F = TypeVar("F", bound=Callable[..., Any])
MOST_SHOWN = 20


class Session:
    """Made before the command runs; nothing is read or opened until it is needed."""

    def __init__(self, store: str | None) -> None:
        self._store = store
        self._settings: Settings | None = None

    def settings(self, **changed: Any) -> Settings:
        """The settings from the environment, with what the command line says instead."""
        given = {name: value for name, value in changed.items() if value is not None}
        if self._store:
            given["store_url"] = self._store
        self._settings = replace(Settings.from_environ(), **given)
        return self._settings

    @property
    def viewer(self) -> Viewer:
        """Whoever can run the command on the store is its owner."""
        return Viewer((self._settings or self.settings()).owner_name, Role.OWNER)

    @contextmanager
    def open(self, settings: Settings | None = None) -> Iterator[MapStore]:
        settings = settings or self.settings()
        store = open_store(
            settings.store_url,
            username=settings.neo4j_username,
            password=settings.neo4j_password,
            database=settings.neo4j_database,
        )
        try:
            yield store
        finally:
            store.close()


def find_map(store: MapStore, viewer: Viewer, wanted: str) -> str:
    """The id of the map with this id or title, or else of the only one whose title begins so.

    Where no title begins so, of the only one that has it within.
    """
    maps = store.maps(viewer)
    sought = wanted.casefold()
    exact = [m for m in maps if wanted == m.header.id or sought == m.header.title.casefold()]
    begins = [m for m in maps if m.header.title.casefold().startswith(sought)]
    found = exact or begins or [m for m in maps if sought in m.header.title.casefold()]
    if len(found) == 1:
        return found[0].header.id
    titles = "\n".join(f"  {m.header.title}" for m in (found or maps)[:MOST_SHOWN])
    if found:
        raise click.ClickException(
            f"{wanted!r} may mean several maps; say more of the title, or the id:\n"
            + "\n".join(f"  {m.header.title}  ({m.header.id})" for m in found[:MOST_SHOWN])
        )
    known = f" There are:\n{titles}" if titles else " There are none yet."
    raise click.ClickException(f"There is no map {wanted!r}.{known}")


def find_party(power_map: PowerMap, wanted: str) -> str:
    """The id of the leader or organisation with this name or id."""
    sought = wanted.casefold()
    names = {one.id: one.name for one in power_map.leaders.values()}
    names |= {one.id: one.name for one in power_map.organisations.values()}
    found = [id for id, name in names.items() if sought in (id, name.casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        raise click.ClickException(f"{wanted!r} may be any of: {', '.join(found)}. Give the id.")
    near = sorted(name for name in names.values() if sought in name.casefold())[:MOST_SHOWN]
    meant = f" Did you mean: {', '.join(near)}?" if near else ""
    raise click.ClickException(f"There is no {wanted!r} on this map.{meant}")


def on_failure(command: F) -> F:
    """End with exit code 1 and one plain sentence, or a line for each wrong value."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except InvalidValue as error:
            lines = [
                f"{'/'.join(map(str, p.path))}: {p.message}" if p.path else p.message
                for p in error.problems
            ]
            more = [f"… and {len(lines) - MOST_SHOWN} more"] if len(lines) > MOST_SHOWN else []
            raise click.ClickException("\n".join(lines[:MOST_SHOWN] + more)) from None
        except PowerMapError as error:
            raise click.ClickException(str(error)) from None

    return run  # type: ignore[return-value]  # wraps keeps the signature
