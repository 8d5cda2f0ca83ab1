"""Every question can be asked through the API and with the command, and answers alike."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.app import create_app
from api.cli import main
from api.command.asking import option
from api.context import EXTENSION
from api.settings import Settings
from graph.findings.questions import QUESTIONS

PEERS = str(Path(__file__).parents[2] / "fixtures" / "leading-as-peers.json")
NAMES = {
    "me": "Owen Williams",
    "target": "Rob Webster",
    "one": "Diane Whittingham",
    "other": "Steven Michael",
    "a": "Diane Whittingham",
    "b": "Steven Michael",
    "leader": "Rob Webster",
    "party": "Rob Webster",
    "body": "Leading as Peers",
    "before": "2008-06-01",
    "after": "2010-03-01",
    "from_revision": "1",
    "tied_to": "Diane Whittingham;Steven Michael",
    "organisation": "NHS Calderdale",
    "organisations": "NHS Calderdale;NHS Kirklees",
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A store with one sample map; the API over it, and the command on it."""
    store = f"sqlite:///{tmp_path_factory.mktemp('findings')}/maps.db"

    def powermap(*words):
        return CliRunner().invoke(main, ["--store", store, *words])

    assert powermap("import", PEERS).exit_code == 0
    app = create_app(Settings(store_url=store, log_level="ERROR"))
    client = app.test_client()
    address = client.get("/api/v1/maps").json["items"][0]["address"]
    yield client, address, powermap
    app.extensions[EXTENSION].store.close()


def ids(client, address):
    found = {}
    for plural in ("leaders", "organisations"):
        for item in client.get(f"{address}/{plural}?limit=500").json["items"]:
            found[item["name"]] = item["id"]
    return found


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_answered_alike_by_both_faces(loaded, name):
    client, address, powermap = loaded
    known = ids(client, address)
    needed = [key for key, p in QUESTIONS[name].parameters.items() if p.required]
    query = {key: ";".join(known.get(one, one) for one in NAMES[key].split(";")) for key in needed}
    words = [word for key in needed for word in (option(key), NAMES[key])]

    answered = client.get(f"{address}/findings/{name}", query_string=query)
    typed = powermap("ask", "leading as", name, "--json", *words)

    assert answered.status_code == 200, answered.json
    assert typed.exit_code == 0, typed.output
    assert json.loads(typed.stdout) == answered.json
    assert answered.json["sentences"]
    assert answered.json["rule"]
    for row in answered.json["rows"]:
        assert row["sentence"].endswith(".")
        assert all(party["name"] in known for party in row["parties"])


def test_rows_carry_the_evidence_they_rest_on(loaded):
    client, address, _ = loaded

    rows = client.get(f"{address}/findings/gaps?kinds=one_way").json["rows"]

    assert rows
    assert all(proof["evidence"][0]["citation"] for row in rows for proof in row["evidence"])


def test_lists_the_questions_and_what_each_takes(loaded):
    client, address, _ = loaded

    items = client.get(f"{address}/findings").json["items"]

    assert [item["name"] for item in items] == list(QUESTIONS)
    assert all(item["asks"].endswith("?") for item in items)


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("introductions?me=none&target=none", "me"),
        ("introductions", "me"),
        ("gaps?kinds=nothing", "kinds"),
        ("gaps?on=soon", "on"),
        ("gaps?group_by=colour", "group_by"),
        ("gaps?cold_days=0", "cold_days"),
        ("gaps?views_apart=many", "views_apart"),
        ("gaps-since", "from_revision"),
        ("if-mended?a=none&b=none", "a"),
        ("if-mended?strength=6", "strength"),
        ("if-joins?organisation=none", "tied_to"),
        ("gaps-since?from_revision=9", "from_revision"),
        ("what-changed-since?from_revision=0", "from_revision"),
        ("what-changed-since?from_revision=1&to_revision=9", "to_revision"),
        ("gaps?who=me", "who"),
        ("if-merged?organisations=none;other", "organisations"),
        ("if-leaves?leader=%00", "leader"),
    ],
)
def test_a_wrong_parameter_is_named(loaded, path, parameter):
    client, address, _ = loaded

    answer = client.get(f"{address}/findings/{path}")

    assert answer.status_code == 422, answer.json
    assert parameter in [error["parameter"] for error in answer.json["errors"]]


def test_a_body_cannot_leave_and_a_person_cannot_be_abolished(loaded):
    client, address, _ = loaded
    known = ids(client, address)

    leaves = client.get(f"{address}/findings/if-leaves?leader={known['NHS Calderdale']}")
    abolished = client.get(f"{address}/findings/if-abolished?organisation={known['Rob Webster']}")

    assert leaves.status_code == abolished.status_code == 422


def test_the_command_says_what_it_needs_and_what_has_no_meaning(loaded):
    _, _, powermap = loaded

    missing = powermap("ask", "leading as", "introductions", "--me", "Rob Webster")
    strange = powermap("ask", "leading as", "gaps", "--leader", "Rob Webster")

    assert "say --target" in missing.output
    assert "--leader has no meaning for this question" in strange.output
    assert missing.exit_code == strange.exit_code == 1


def test_what_turned_between_two_days_is_said_first(loaded):
    client, address, _ = loaded

    found = client.get(f"{address}/findings/what-changed?before=2008-06-01&after=2010-03-01").json

    assert "South West Yorkshire" in found["sentences"][0] + found["sentences"][1]
    assert any("compet" in row["sentence"] for row in found["rows"])


def test_two_revisions_are_compared_by_their_numbers(tmp_path):
    store = f"sqlite:///{tmp_path}/maps.db"

    def powermap(*words):
        return CliRunner().invoke(main, ["--store", store, *words])

    assert powermap("import", PEERS).exit_code == 0
    app = create_app(Settings(store_url=store, log_level="ERROR"))
    client = app.test_client()
    address = client.get("/api/v1/maps").json["items"][0]["address"]
    rob = client.get(f"{address}/leaders/{ids(client, address)['Rob Webster']}")
    gone = client.delete(
        f"{address}/leaders/{rob.json['id']}",
        headers={"If-Match": rob.headers["ETag"]},
    )
    assert gone.status_code < 300, gone.json

    changed = client.get(f"{address}/findings/what-changed-since?from_revision=1").json
    nothing = client.get(
        f"{address}/findings/what-changed-since?from_revision=1&to_revision=1"
    ).json
    backwards = client.get(f"{address}/findings/what-changed-since?from_revision=2&to_revision=1")
    gaps = client.get(f"{address}/findings/gaps-since?from_revision=1&kinds=no_holder").json
    typed = powermap("ask", "leading as", "what-changed-since", "--json", "--from-revision", "1")
    app.extensions[EXTENSION].store.close()

    went = [row for row in changed["rows"] if row["kind"] == "person_went"]
    assert [row["parties"][0]["name"] for row in went] == ["Rob Webster"], "named, though gone"
    assert nothing["sentences"] == ["Nothing recorded has changed since revision 1."]
    assert backwards.status_code == 422
    assert backwards.json["errors"][0]["parameter"] == "from_revision"
    assert {row["facts"]["change"] for row in gaps["rows"]} == {"new"}
    assert json.loads(typed.stdout) == changed
    unknown = powermap("ask", "leading as", "what-changed-since", "--from-revision", "9")
    assert (unknown.exit_code, unknown.output) == (1, "Error: The map has no revision 9.\n")
