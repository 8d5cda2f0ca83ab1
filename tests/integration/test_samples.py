"""The five sample maps: loaded on both stores, they give the same answers, and the right ones."""

import json
from datetime import date
from pathlib import Path

import pytest

from graph.exchange.map_file import read_map_file, write_map_file
from graph.findings.brokers import broker_answer
from graph.findings.joint_posts import joint_posts
from graph.findings.measured import measured
from graph.network import GroupBy, Unit, network
from graph.stores import open_store
from powermap.access import Role, Viewer
from powermap.changes import Create, Request
from powermap.vocabulary import Layer

SAMPLES = sorted((Path(__file__).parents[2] / "fixtures").glob("*.json"))
OWNER = Viewer("owner", Role.OWNER)


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request, tmp_path):
    if request.param == "sqlite":
        opened = open_store(f"sqlite:///{tmp_path}/maps.db")
    else:
        server = request.getfixturevalue("empty_neo4j")
        opened = open_store(server.uri, username=server.user, password=server.password)
    yield opened
    opened.close()


def load(store, path):
    return load_read(store, read_map_file(path.read_bytes()))


def load_read(store, incoming):
    changes = [Create(incoming.header), *map(Create, incoming.records)]
    map_id = incoming.header.id
    store.apply(map_id, OWNER, changes, request=Request(map_id, map_id))
    return store.read(map_id, OWNER)


def named(path):
    return next(sample for sample in SAMPLES if sample.stem == path)


def answers(power_map):
    """What the map says, layer by layer."""
    found = []
    for layer in Layer:
        for unit in Unit:
            net = network(power_map, layer=layer, unit=unit, group_by=GroupBy.SECTOR)
            report = measured(power_map, net)
            found.append(report)
    found.append([joint.sentence for joint in joint_posts(power_map)])
    return found


def test_there_are_five():
    assert len(SAMPLES) == 5


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_map_is_the_same_after_the_store_as_before_it(store, path, tmp_path):
    incoming = read_map_file(path.read_bytes())

    stored = load_read(store, incoming)

    with_sqlite = open_store("sqlite://")
    reference = load_read(with_sqlite, incoming)
    with_sqlite.close()
    assert write_map_file(stored) == write_map_file(reference)
    assert answers(stored) == answers(reference)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_what_is_exported_comes_back_as_an_equal_map(store, path, tmp_path):
    first = write_map_file(load(store, path))
    exported = tmp_path / "exported.json"
    exported.write_text(first, encoding="utf-8")

    assert write_map_file(load(store, exported)) == first


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_fact_has_a_source_and_is_open(path):
    document = json.loads(path.read_text(encoding="utf-8"))
    for section in ("accountabilities", "relationships", "assessments"):
        for row in document[section]:
            assert row["sensitivity"] == "open", row
            assert row.get("evidence"), row


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_only_illustrative_maps_hold_opinions(path):
    document = json.loads(path.read_text(encoding="utf-8"))
    if document["map"].get("illustrative"):
        return
    assert document["assessments"] == []
    for tie in document["relationships"]:
        assert not {"strength", "sentiment", "factors"} & set(tie), tie
        assert all(item["nature"] == "fact" for item in tie["evidence"]), tie


def test_says_who_brokered_the_bid(store):
    power_map = load(store, named("leading-as-peers"))

    answer = broker_answer(power_map, network(power_map))

    assert answer.sentence == (
        "In the recorded map Rob Webster is the only link in two steps between Diane Whittingham "
        "and Steven Michael, who have no tie of their own."
    )


def test_the_bid_turned_competition_into_collaboration(store):
    power_map = load(store, named("leading-as-peers"))

    def kinds(day, layer):
        net = network(power_map, on=day, layer=layer, unit=Unit.ORGANISATIONS)
        names = {body.id: body.name for body in power_map.organisations.values()}
        return {
            frozenset((names[a], names[b]))
            for a, b in net.graph.edges
            if {"Calderdale and Huddersfield", "South West Yorkshire"}
            == {" ".join(names[n].split()[:3]) for n in (a, b)}
        }

    before, after = date(2008, 6, 1), date(2010, 3, 1)
    assert kinds(before, Layer.TENSIONS) and not kinds(before, Layer.RELATIONSHIPS)
    assert kinds(after, Layer.RELATIONSHIPS) and not kinds(after, Layer.TENSIONS)


def test_finds_every_joint_post_of_march_2010_and_of_the_year_before(store):
    power_map = load(store, named("senior-joint-posts"))

    now = {joint.leader.name for joint in joint_posts(power_map, date(2010, 3, 1))}
    before = {joint.leader.name for joint in joint_posts(power_map, date(2009, 3, 1))}

    assert now == {
        "Geoff Alltimes",
        "Chris Bull",
        "Jan Coulter",
        "Anita Marsland",
        "Anthony Farnsworth",
        "Rhona MacDonald",
        "Denise Radley",
    }
    assert before == now - {"Geoff Alltimes", "Rhona MacDonald"}


def test_names_the_asymmetry_of_a_joint_post(store):
    power_map = load(store, named("senior-joint-posts"))

    macdonald = next(
        joint for joint in joint_posts(power_map) if joint.leader.name == "Rhona MacDonald"
    )

    assert macdonald.rungs_apart == 2
    assert macdonald.certain
    assert macdonald.sentence.endswith("Chief officer in one body and director in another.")
