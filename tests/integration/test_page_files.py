"""The files beside what can be copied: every row, no formula, open records unless all are asked."""

import csv
import io
import re
from html import unescape

import networkx as nx
import pytest

from api.context import EXTENSION
from powermap.access import Role, Viewer
from powermap.changes import Create, Request
from tests.unit.visual.made_up_maps import made_up_map

HTML = {"Accept": "text/html"}
TABLES = (
    *(f"/tables/{name}" for name in ("parties", "ties", "accountabilities", "pairs")),
    "/tables/organisations",
    "/leaders",
    "/organisations",
    "/accountabilities",
    "/relationships",
    "/assessments",
    "/changes",
    "/measures",
    "/matrix",
    "/questions/gaps/rows",
)
FILES = (
    *(f"{path}.csv" for path in TABLES),
    "/answer.txt",
    "/measures.txt",
    "/questions/gaps/answer.txt",
    "/leaders/{asha}/brief.txt",
)
TIES = (
    ("asha", "ben", 4),
    ("ben", "asha", 2),
    ("ben", "carys", 3),
    ("asha", "hidden", 1),
    ("hidden", "ben", None),
)


@pytest.fixture
def mixed(one_map):
    """Three who are open, one of them between the others, and one whom nobody may guess."""
    asha, ben, carys = map(one_map.leader, ("Asha Green", "=Ben", "Carys Iqbal"))
    hidden = one_map.leader("Hidden Person", sensitivity="confidential")
    one_map.leaders = {"asha": asha, "ben": ben, "carys": carys, "hidden": hidden}
    trust = kept(one_map, "/organisations", name="Trust", kind="foundation_trust", sector="nhs")
    council = kept(
        one_map, "/organisations", name="Shire", kind="council", sector="local_government"
    )
    for holder, body in ((asha, council), (ben, trust), (carys, trust)):
        kept(one_map, "/accountabilities", holder=holder, to=body, kind="post", title="+Chief")
    kept(one_map, "/assessments", leader=asha, power=3, assessed_on="2010-01")
    for source, target, strength in TIES:
        known = {} if strength is None else {"strength": strength}
        above = {"sensitivity": "confidential"} if "hidden" in (source, target) else {}
        one_map.tie(one_map.leaders[source], one_map.leaders[target], **known, **above)
    return one_map


def kept(one_map, path, **values):
    answer = one_map.post(path, {"sensitivity": "open", **values})
    assert answer.status_code == 201, answer.json
    return answer.json["id"]


def got(one_map, path, **query):
    address = f"/maps/{one_map.id}" + path.format(**one_map.leaders)
    return one_map.client.get(address, query_string=query)


def rows_of(answer):
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))


@pytest.mark.parametrize("path", FILES)
def test_what_is_not_open_is_left_out_unless_all_is_asked_for(mixed, path):
    usual, everything = got(mixed, path), got(mixed, path, records="all")

    assert usual.status_code == everything.status_code == 200, usual.text
    assert usual.headers["Content-Disposition"].startswith("attachment")
    assert "Hidden Person" not in usual.text
    assert "open records only" in usual.text
    assert "all that the maker may see" in everything.text
    assert got(mixed, path, records="some").status_code == 422


@pytest.mark.parametrize(
    "path",
    ["/tables/parties", "/tables/ties", "/leaders", "/relationships", "/changes", "/measures"]
    + ["/matrix", "/questions/gaps/rows"],
)
def test_all_holds_what_the_page_shows(mixed, path):
    assert "Hidden Person" in got(mixed, f"{path}.csv", records="all").text


@pytest.mark.parametrize("path", TABLES)
def test_no_cell_begins_a_formula(mixed, path):
    rows = rows_of(got(mixed, f"{path}.csv", records="all"))

    assert rows
    assert not [c for row in rows for c in row.values() if c.startswith(("=", "+", "-", "@"))]


def test_a_brief_of_somebody_who_is_not_open_is_not_found(mixed):
    assert got(mixed, "/leaders/{hidden}/brief.txt").status_code == 404
    assert "Hidden Person" in got(mixed, "/leaders/{hidden}/brief.txt", records="all").text
    assert got(mixed, "/organisations/{asha}/brief.txt").status_code == 404


def test_no_page_offers_a_file_that_is_not_there(mixed):
    pages = (
        ("", {}),
        ("", {"focus": "{hidden}"}),
        ("", {"highlight": "pairs:{ben},{asha},{hidden}"}),
        ("/questions/introductions", {"me": "{asha}", "target": "{hidden}"}),
        ("/questions/introductions", {"me": "{asha}", "target": "{carys}"}),
        ("/leaders/{hidden}", {}),
        ("/leaders/{asha}", {}),
        ("/leaders", {}),
        ("/matrix", {}),
        ("/measures", {}),
        ("/changes", {}),
    )
    offered = {}
    for path, query in pages:
        shown = got(mixed, path, **{n: v.format(**mixed.leaders) for n, v in query.items()})
        assert shown.status_code == 200, (path, query)
        for address in re.findall(r'href="([^"]+\.(?:csv|txt)[^"]*)" download', shown.text):
            offered[unescape(address)] = mixed.client.get(unescape(address)).status_code

    assert len(offered) > 30
    assert set(offered.values()) == {200}


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/tables/parties.csv", {"layer": "friendship"}),
        ("/tables/parties.csv", {"nonsense": "1"}),
        ("/answer.txt", {"on": "yesterday"}),
        ("/leaders.csv", {"sort": "fame"}),
        ("/relationships.csv", {"kind": "likes"}),
        ("/measures.csv", {"columns": "all"}),
        ("/measures.txt", {"unit": "dogs"}),
        ("/matrix.csv", {"rows": "dogs"}),
        ("/leaders/{asha}/brief.txt", {"on": "yesterday"}),
    ],
)
def test_what_cannot_be_answered_names_the_field(mixed, path, query):
    answer = got(mixed, path, **query)

    assert answer.status_code == 422
    assert [each["parameter"] for each in answer.json["errors"]] == list(query)


def test_a_table_that_is_none_and_a_map_that_is_none_are_not_found(mixed):
    assert got(mixed, "/tables/people.csv").status_code == 404
    assert mixed.client.get("/maps/none/tables/parties.csv").status_code == 404


def test_the_matrix_holds_the_ties_and_their_strengths(mixed):
    rows = rows_of(got(mixed, "/matrix.csv", records="all", rows="each"))

    names = {"asha": "Asha Green", "ben": "'=Ben", "carys": "Carys Iqbal"}
    names["hidden"] = "Hidden Person"
    assert {
        (row["names"], row["named"]): float(row["strength"]) if row["strength"] else None
        for row in rows
    } == {(names[source], names[target]): strength for source, target, strength in TIES}


def test_the_measures_are_unrounded_and_of_everybody(app):
    store = app.extensions[EXTENSION].store
    made = made_up_map(130, 400)
    changes = [Create(made.header), *map(Create, made.records.values())]
    store.apply(made.header.id, Viewer("o", Role.OWNER), changes, request=Request("1", "1"))
    client = app.test_client()

    rows = rows_of(
        client.get(
            f"/maps/{made.header.id}/measures.csv",
            query_string={"columns": "between", "sort": "betweenness", "records": "all"},
        )
    )

    graph = nx.DiGraph()
    graph.add_nodes_from(made.leaders)
    on = made.header.as_at
    graph.add_edges_from(
        (tie.source, tie.target) for tie in made.held_on(on).relationships.values()
    )
    expected = nx.betweenness_centrality(graph, normalized=False)
    assert len(rows) == 130
    found = {row["Name"]: float(row["Betweenness"]) for row in rows}
    assert found == pytest.approx({made.party(id).name: n for id, n in expected.items()})
    assert [float(row["Betweenness"]) for row in rows] == sorted(found.values(), reverse=True)


def test_a_file_holds_all_the_rows_of_a_table_that_has_pages(app):
    store = app.extensions[EXTENSION].store
    made = made_up_map(130, 400)
    changes = [Create(made.header), *map(Create, made.records.values())]
    store.apply(made.header.id, Viewer("o", Role.OWNER), changes, request=Request("1", "1"))
    client = app.test_client()
    page = client.get(f"/maps/{made.header.id}/leaders?sort=-ties", headers=HTML).text

    address = unescape(re.search(r'href="([^"]+)" download>CSV of all', page)[1])
    rows = rows_of(client.get(address))

    assert page.count('<th scope=row data-label="Name"') == 50
    assert "1–50 of 130" in page
    assert len(rows) == 130 and len({row["Name"] for row in rows}) == 130
    assert [int(row["Ties"]) for row in rows] == sorted(
        (int(row["Ties"]) for row in rows), reverse=True
    )


def test_the_log_has_a_line_for_each_record_and_who_did_it(mixed):
    rows = rows_of(got(mixed, "/changes.csv", records="all"))

    entries = mixed.get("/changes?limit=100").json["items"]
    assert len(rows) == len(entries)
    assert [int(row["in revision"]) for row in rows] == sorted(
        (entry["revision"] for entry in entries), reverse=True
    )
    assert rows[-1]["kind"] == "description of the map"
