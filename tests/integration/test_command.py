"""The `powermap` command, as it is typed."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from api.cli import main

FIXTURES = Path(__file__).parents[2] / "fixtures"
PEERS = str(FIXTURES / "leading-as-peers.json")
POSTS = str(FIXTURES / "senior-joint-posts.json")


@pytest.fixture
def powermap(tmp_path, monkeypatch):
    for name in ("POWERMAP_STORE", "POWERMAP_OWNER_TOKEN", "POWERMAP_HOST"):
        monkeypatch.delenv(name, raising=False)
    store = f"sqlite:///{tmp_path}/maps.db"

    def run(*words):
        return CliRunner().invoke(main, ["--store", store, *words])

    return run


def test_imports_a_map_measures_it_and_says_who_brokers(powermap):
    imported = powermap("import", PEERS)
    measured = powermap("measures", "leading")

    assert imported.exit_code == 0, imported.output
    assert "24 relationships" in imported.output
    assert "Rob Webster is the only link in two steps" in measured.output
    report = json.loads(powermap("measures", "leading", "--json").stdout)
    webster = next(row for row in report["nodes"] if row["name"] == "Rob Webster")
    assert webster["brokerage"]["total"]["raw"] == 2
    assert webster["betweenness"] == 2.0


def test_measures_with_the_choices_of_an_analyst(powermap):
    powermap("import", PEERS)
    chosen = ["--views", "both", "--without", "Becky Malby; rob vincent", "--largest-set", "1"]

    told = powermap("measures", "leading", *chosen)
    report = json.loads(
        powermap("measures", "leading", *chosen, "--also", "partial_credit", "--json").stdout
    )

    assert told.exit_code == 0, told.output
    assert "Left out, as though not on the map: Becky Malby and Rob Vincent" in told.output
    assert "Only ties that both sides name count" in told.output
    assert "rank: by betweenness" in told.output
    assert report["network"]["views"] == "both"
    assert len(report["network"]["without"]) == 2
    assert not {"Becky Malby", "Rob Vincent"} & {row["name"] for row in report["nodes"]}
    assert [len(sets) for sets in report["map"]["key_players"].values()] == [1, 1, 1]
    assert "brokerage_partial_credit" in report["map"]


def test_groups_are_named_as_people_say_them(powermap):
    powermap("import", PEERS)

    by_level = powermap("measures", "leading", "--group-by", "level")
    by_body = powermap("measures", "leading", "--group-by", "organisation")

    assert "chief officer" in by_level.output
    assert "NHS Calderdale" in by_body.output


def test_joint_posts_on_a_day_and_a_year_before(powermap):
    powermap("import", POSTS)

    now = json.loads(powermap("joint-posts", "senior", "--on", "2010-03-01", "--json").stdout)
    before = powermap("joint-posts", "senior", "--on", "2009-03-01")

    assert len(now["items"]) == 7
    assert "5 leaders hold posts in two bodies or more" in before.output


def test_what_is_exported_can_be_imported_and_is_the_same(powermap, tmp_path):
    powermap("import", POSTS)
    first = powermap("export", "senior", "--to", str(tmp_path / "a.json"))
    again = powermap("import", str(tmp_path / "a.json"), "--json")
    copy = json.loads(again.stdout)["map"]
    powermap("export", copy, "--to", str(tmp_path / "b.json"))

    assert first.exit_code == 0, first.output
    assert "exported by owner" in first.output
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_an_export_below_a_ceiling_leaves_out_what_is_above_it(powermap, tmp_path):
    document = json.loads(Path(PEERS).read_text(encoding="utf-8"))
    document["leaders"].append({"key": "canary", "name": "Canary Person"})  # confidential
    changed = tmp_path / "map.json"
    changed.write_text(json.dumps(document), encoding="utf-8")
    powermap("import", str(changed))

    whole = powermap("export", "leading")
    public = powermap("export", "leading", "--ceiling", "open")

    assert "Canary Person" in whole.stdout
    assert "Canary Person" not in public.stdout
    assert "1 left out above the ceiling" in public.stderr


def test_a_map_is_found_by_a_word_of_its_title_unless_another_title_begins_so(powermap):
    powermap("import", PEERS)
    powermap("import", str(FIXTURES / "leeds-health-and-wellbeing-board.json"))

    assert '"title": "Shared leadership of the Leeds' in powermap("export", "leeds").stdout
    assert '"title": "Leading as Peers' in powermap("export", "lea").stdout
    assert "may mean several maps" in powermap("export", "and").output


def test_a_dry_run_imports_nothing(powermap):
    tried = powermap("import", PEERS, "--dry-run")

    assert "would be created" in tried.output
    assert "Maps: 0." in powermap("check").output


def test_undo_takes_the_latest_revision_back(powermap):
    powermap("import", PEERS)
    would = powermap("undo", "leading", "--dry-run")
    undone = powermap("undo", "leading")

    assert "would: delete" in would.output
    assert "Undid revision 1" in undone.output
    assert "Maps: 0." in powermap("check").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["measures", "nowhere"], "There is no map 'nowhere'."),
        (["measures", "senior", "--without", "Nobody"], "There is no 'Nobody' on this map."),
        (["measures", "senior", "--at-least", "6"], "6 is not in the range 1<=x<=5"),
        (["measures", "senior", "--views", "all"], "'all' is not one of"),
        (
            ["measures", "senior", "--layer", "accountabilities", "--views", "both"],
            "views: must be either",
        ),
        (
            ["measures", "--nodes", PEERS, "--ties", PEERS, "--at-least", "2"],
            "--at-least is for a map; it has no meaning for two tables.",
        ),
        (["joint-posts", "senior", "--on", "2010-3-1"], "must be a day such as 2010-03-01"),
        (["import", __file__], "say what kind of file it is"),
        (["import", PEERS, "--into", "senior"], "makes a new map"),
        (["export", "senior", "--to", "/nowhere/x.json"], "cannot be written"),
        (["undo", "senior", "9"], "has no revision 9"),
    ],
)
def test_an_error_is_one_plain_sentence(powermap, words, said):
    powermap("import", POSTS)

    failed = powermap(*words)

    assert failed.exit_code in (1, 2)
    assert said in failed.output
    assert "Traceback" not in failed.output


def test_every_fault_of_a_map_file_is_named_by_its_place(powermap, tmp_path):
    document = json.loads(Path(PEERS).read_text(encoding="utf-8"))
    document["leaders"][0]["name"] = " "
    document["accountabilities"][0]["to"] = "nowhere"
    document["ties"] = []
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(document), encoding="utf-8")

    failed = powermap("import", str(broken))

    assert failed.exit_code == 1
    assert "leaders/0/name: must have at least one visible character" in failed.output
    assert "accountabilities/0/to: there is no record with the key 'nowhere'" in failed.output
    assert "ties: is not a part of a map file" in failed.output
    assert "Maps: 0." in powermap("check").output


def test_a_store_that_cannot_be_opened_is_named(tmp_path):
    failed = CliRunner().invoke(main, ["--store", f"sqlite:///{tmp_path}/no/such/x.db", "check"])

    assert failed.exit_code == 1
    assert "POWERMAP_STORE" in failed.output


def test_slow_work_says_so(capfd, monkeypatch):
    import time

    from api.command import progress

    monkeypatch.setattr(progress, "PATIENCE", 0.02)
    with progress.told_when_slow("Measuring"):
        time.sleep(0.1)

    assert "Measuring… 0 s" in capfd.readouterr().err


@pytest.fixture
def with_a_secret(powermap, tmp_path):
    document = json.loads(Path(PEERS).read_text(encoding="utf-8"))
    document["leaders"].append({"key": "canary", "name": "Canary Person"})  # confidential
    changed = tmp_path / "map.json"
    changed.write_text(json.dumps(document), encoding="utf-8")
    powermap("import", str(changed))
    return powermap


def test_a_drawn_file_holds_what_is_open_and_more_only_when_asked(with_a_secret, tmp_path):
    drawn, whole = tmp_path / "map.html", tmp_path / "whole.html"

    said = with_a_secret("draw", "leading", "--to", str(drawn))
    with_a_secret("draw", "leading", "--to", str(whole), "--everything")

    assert said.exit_code == 0, said.output
    assert "1 left out above the ceiling" in said.output
    assert "Rob Webster" in drawn.read_text(encoding="utf-8")
    assert b"Canary" not in drawn.read_bytes()
    assert b"Canary" in whole.read_bytes()


def test_draws_the_view_that_a_link_names_and_says_what_is_wrong_with_one(powermap, tmp_path):
    powermap("import", PEERS)
    drawn = tmp_path / "map.html"

    link = "http://127.0.0.1/maps/m?layer=accountabilities&unit=organisations&show=all"
    said = powermap("draw", "leading", "--to", str(drawn), "--view", link, "--on", "2010-03-01")
    wrong = powermap("draw", "leading", "--to", str(drawn), "--view", "layer=friendship&colour=red")

    assert said.exit_code == 0, said.output
    assert "NHS Calderdale" in drawn.read_text(encoding="utf-8")
    assert "Accountabilities: one row for each line" in drawn.read_text(encoding="utf-8")
    assert wrong.exit_code == 1
    assert "layer" in wrong.output
    assert "colour" in wrong.output


def test_draws_one_person_by_name_and_suggests_when_it_is_nobody(with_a_secret, tmp_path):
    drawn = str(tmp_path / "map.html")

    found = with_a_secret("draw", "leading", "--to", drawn, "--focus", "rob webster")
    missed = with_a_secret("draw", "leading", "--to", drawn, "--focus", "webster")

    assert found.exit_code == 0, found.output
    assert missed.exit_code == 1
    assert "Did you mean: Rob Webster?" in missed.output


def test_measures_everything_where_it_is_told_to(powermap, monkeypatch):
    monkeypatch.setattr("graph.measures.centrality.BETWEENNESS_SECONDS_PER_STEP", 1.0)
    powermap("import", PEERS)

    usual = json.loads(powermap("measures", "leading", "--json").stdout)
    whole = json.loads(powermap("measures", "leading", "--everything", "--json").stdout)

    assert "betweenness" in usual["not_computed"]
    assert whole["not_computed"] == {}


def test_ctrl_c_ends_long_measuring_with_a_word(tmp_path):
    dice = Random(1)
    size = 3_000
    (tmp_path / "nodes.csv").write_text("node\n" + "".join(f"n{n}\n" for n in range(size)))
    ties = {tuple(dice.sample(range(size), 2)): dice.random() for _ in range(19_900)}
    rows = "".join(f"n{one},n{other},{weight}\n" for (one, other), weight in ties.items())
    (tmp_path / "ties.csv").write_text("source,target,weight\n" + rows)
    # Where the tests themselves run in the background, Ctrl-C would be ignored.
    command = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    command += "from api.command import progress; progress.PATIENCE = 0.3; "
    command += "from api.cli import main; main()"
    words = ["measures", "--nodes", "nodes.csv", "--ties", "ties.csv", "--everything"]

    with subprocess.Popen(
        [sys.executable, "-c", command, *words],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(FIXTURES.parent)},
        text=True,
    ) as running:
        told = running.stderr.readline()
        running.send_signal(signal.SIGINT)
        out, rest = running.communicate(timeout=30)

    assert re.fullmatch(r"Calculating… 0 s( \(\d+% done.*\))?\n", told)
    assert running.returncode == 1
    assert out == ""
    assert "Aborted!" in rest
    assert "Traceback" not in rest
