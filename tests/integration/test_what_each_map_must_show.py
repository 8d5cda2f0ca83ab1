"""What the five sample maps are there to show, by the API and by the command alike."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from api.app import create_app
from api.cli import main
from api.context import EXTENSION
from api.importing import import_content
from api.settings import Settings
from powermap.access import Role, Viewer

FIXTURES = Path(__file__).parents[2] / "fixtures"
PEERS, LEEDS, CARE, POSTS, CHALLENGE = (
    "leading-as-peers",
    "leeds-health-and-wellbeing-board",
    "health-and-care-system",
    "senior-joint-posts",
    "peer-challenge",
)
BOARD = "Leeds Health and Wellbeing Board"
PCT = "NHS Leeds (Leeds Primary Care Trust)"

MUST_SHOW = [
    # Who brokered the bid, which tie turned, and what remains if the broker leaves.
    (PEERS, "brokers", {}, ["Rob Webster", "Diane Whittingham", "Steven Michael"]),
    (
        PEERS,
        "what-changed",
        {"before": "2008-06-01", "after": "2010-03-01"},
        ["turned from competing to collaborating", "South West Yorkshire Partnership"],
    ),
    (
        PEERS,
        "if-leaves",
        {"leader": "Rob Webster"},
        ["lose their only link in two steps", "What remains is the tie recorded between their"],
    ),
    # How evenly leadership is spread, whose voice is at the edge, what pulls, what abolition does.
    (LEEDS, "spread-of-leadership", {}, ["shared by 14 leaders"]),
    (LEEDS, "gaps", {"kinds": "voice_at_the_edge"}, ["Umar Pellow", "at the edge"]),
    (LEEDS, "outside-accountabilities", {"body": BOARD}, ["Delphine Ashgrove is also director"]),
    (LEEDS, "if-abolished", {"organisation": PCT}, ["lose their only post", "another home"]),
    # Five factors of a pair, a group and the system; conflict avoided; long term; power over.
    (CARE, "five-factors", {}, ["surfacing and resolving conflict is the weakest", "long-term"]),
    (
        CARE,
        "five-factors",
        {"one": "Cordelia Vasquez-Hume", "other": "Roderic Amponsah"},
        ["Cordelia Vasquez-Hume", "Roderic Amponsah"],
    ),
    (CARE, "five-factors", {"group": "Northmere leadership group"}, ["Northmere leadership group"]),
    (CARE, "gaps", {"kinds": "conflict_avoided"}, ["rate surfacing conflict low"]),
    (CARE, "power-over", {}, ["by law", "commissions", "regulates"]),
    # Every joint post on a date, its asymmetry, both lines, sole links, and a year earlier.
    (
        POSTS,
        "joint-posts",
        {"on": "2010-03-01"},
        ["Rhona MacDonald", "Anita Marsland", "Geoff Alltimes", "Chris Bull", "Denise Radley"],
    ),
    (
        POSTS,
        "what-changed",
        {"before": "2009-03-01", "after": "2010-03-01"},
        ["Geoff Alltimes", "Rhona MacDonald", "began to hold posts in both"],
    ),
    (POSTS, "gaps", {"kinds": "dependent_bodies"}, ["is the only person who joins them"]),
    # Where two see one tie differently, the honest broker, before and after.
    (CHALLENGE, "gaps", {"kinds": "seen_differently"}, ["see their tie differently"]),
    (CHALLENGE, "stuck-pairs", {}, ["could be the honest broker"]),
    (
        CHALLENGE,
        "honest-broker",
        {"one": "Lucian Adeyemi-Frost", "other": "Torvald Inskip"},
        ["Mortimer Dacosta-Lee"],
    ),
    (
        CHALLENGE,
        "what-changed",
        {"before": "2017-10-02", "after": "2018-02-28"},
        ["turned from challenging each other to collaborating"],
    ),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """The samples in a file, asked through the API, and the same file for the command."""
    address = f"sqlite:///{tmp_path_factory.mktemp('shown')}/maps.db"
    app = create_app(Settings(store_url=address, log_level="ERROR"))
    store, owner = app.extensions[EXTENSION].store, Viewer("owner", Role.OWNER)
    maps = {
        path.stem: import_content(store, owner, path.name, path.read_bytes(), into=None)
        for path in FIXTURES.glob("*.json")
    }
    yield app.test_client(), maps, address
    store.close()


@pytest.mark.parametrize(
    ("stem", "question", "parameters", "shown"),
    MUST_SHOW,
    ids=[f"{stem}-{question}-{number}" for number, (stem, question, *_) in enumerate(MUST_SHOW)],
)
def test_the_map_shows_it_by_both_doors(service, stem, question, parameters, shown):
    client, maps, address = service
    answer = client.get(
        f"/api/v1/maps/{maps[stem].map_id}/findings/{question}",
        query_string=_by_id(client, maps[stem].map_id, parameters),
    )
    assert answer.status_code == 200, answer.text
    sentences = answer.json["sentences"]
    told = " ".join([*sentences, *(row["sentence"] for row in answer.json["rows"])])
    for piece in shown:
        assert piece in told

    options = [word for name, value in parameters.items() for word in (f"--{name}", value)]
    command = ["--store", address, "ask", maps[stem].title, question, *options]
    printed = CliRunner().invoke(main, command)
    assert printed.exit_code == 0, printed.output
    for sentence in sentences:
        assert sentence in printed.output


def _by_id(client, map_id, parameters):
    """Names as ids, as the API wants them."""
    ids = {}
    for kind in ("leaders", "organisations"):
        found = client.get(f"/api/v1/maps/{map_id}/{kind}?limit=500").json["items"]
        ids |= {record["name"]: record["id"] for record in found}
    return {name: ids.get(value, value) for name, value in parameters.items()}
