"""Where maps are kept: one file per store, one set of promises (`powermap/ports.py`)."""

from urllib.parse import urlsplit

from powermap.errors import StoreUnusable
from powermap.ports import MapStore


def open_store(url: str, *, username: str = "", password: str = "", database: str = "") -> MapStore:
    """The store at an address: `sqlite:///powermap.db`, `sqlite://` (in memory), `neo4j://host`.

    User name, password and database are for Neo4j alone.
    """
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        from graph.stores.sqlite import SqliteStore

        return SqliteStore(url.removeprefix("sqlite://").removeprefix("/"))
    if scheme in ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"):
        # Imported here, so that the embedded store runs without the driver.
        from graph.stores.neo4j import Neo4jStore

        return Neo4jStore(url, username=username, password=password, database=database)
    raise StoreUnusable(
        f"POWERMAP_STORE is {url!r}; it must begin with sqlite:// or neo4j:// (or bolt://)."
    )
