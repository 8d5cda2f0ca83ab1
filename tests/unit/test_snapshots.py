"""Whole maps in memory: never older than the store, never of another viewer."""

from datetime import date

import pytest

from graph.snapshots import Snapshots
from graph.stores import open_store
from powermap.access import Role, Viewer
from powermap.changes import Create, Request, Update
from powermap.model import Leader, MapHeader
from powermap.vocabulary import Sensitivity

OWNER, OTHER = Viewer("ann", Role.OWNER), Viewer("bob", Role.VIEWER)


@pytest.fixture
def store():
    opened = open_store("sqlite://")
    header = MapHeader(id="m", title="T", purpose="P", as_at=date(2010, 3, 1))
    asha = Leader(id="asha", name="Asha", sensitivity=Sensitivity.OPEN)
    opened.apply("m", OWNER, [Create(header), Create(asha)], request=Request("1", "1"))
    yield opened
    opened.close()


def test_the_same_revision_is_read_once(store):
    snapshots = Snapshots(store)

    assert snapshots.read("m", OWNER) is snapshots.read("m", OWNER)


def test_a_change_is_seen_at_once_and_a_raised_level_hides(store):
    snapshots = Snapshots(store)
    snapshots.read("m", OTHER)
    raised = Leader(id="asha", name="Asha V", sensitivity=Sensitivity.CONFIDENTIAL)

    store.apply("m", OWNER, [Update(raised, 1)], request=Request("2", "2"))

    assert snapshots.read("m", OWNER).leaders["asha"].name == "Asha V"
    assert snapshots.read("m", OTHER).leaders == {}


def test_viewers_do_not_share_what_they_may_not(store):
    private = Leader(id="ben", name="Ben", sensitivity=Sensitivity.PRIVATE)
    store.apply("m", OWNER, [Create(private)], request=Request("3", "3"))
    snapshots = Snapshots(store)

    assert set(snapshots.read("m", OWNER).leaders) == {"asha", "ben"}
    assert set(snapshots.read("m", Viewer("eve", Role.EDITOR)).leaders) == {"asha"}


def test_only_the_latest_few_are_kept(store):
    snapshots = Snapshots(store, keep=1)
    first = snapshots.read("m", OWNER)
    snapshots.read("m", OTHER)

    assert snapshots.read("m", OWNER) is not first
