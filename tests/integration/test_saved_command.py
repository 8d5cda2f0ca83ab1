"""The command keeps questions, asks them again and says what is new, as the API does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from api.app import create_app
from api.cli import main
from api.context import EXTENSION
from api.settings import Settings

PEERS = str(Path(__file__).parents[2] / "fixtures" / "leading-as-peers.json")


@dataclass
class Both:
    """One sample map, reached with the command and through the API."""

    powermap: Callable[..., Result]
    client: FlaskClient
    address: str

    def ids(self, plural: str) -> dict[str, str]:
        items = self.client.get(f"{self.address}/{plural}?limit=500").json["items"]
        return {item["name"]: item["id"] for item in items}

    def tie(self, source: str, target: str) -> None:
        ids = self.ids("leaders")
        values = {"source": ids[source], "target": ids[target], "kind": "trusts"}
        answer = self.client.post(f"{self.address}/relationships", json=values)
        assert answer.status_code == 201, answer.json

    def saved(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.client.get(f"{self.address}/saved-questions").json[
            "items"
        ]
        return items


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Both]:
    for name in ("POWERMAP_STORE", "POWERMAP_OWNER_TOKEN", "POWERMAP_OWNER_NAME"):
        monkeypatch.delenv(name, raising=False)
    store = f"sqlite:///{tmp_path}/maps.db"

    def powermap(*words: str) -> Result:
        return CliRunner().invoke(main, ["--store", store, *words])

    assert powermap("import", PEERS).exit_code == 0
    app = create_app(Settings(store_url=store, log_level="ERROR"))
    client = app.test_client()
    yield Both(powermap, client, client.get("/api/v1/maps").json["items"][0]["address"])
    app.extensions[EXTENSION].store.close()


def test_a_question_asked_can_be_saved_with_ids_for_names(both: Both) -> None:
    asked = both.powermap(
        *("ask", "leading", "introductions", "--me", "Owen Williams", "--target", "rob webster"),
        *("--on", "2010-03-01", "--save", "To Rob"),
    )

    assert asked.exit_code == 0, asked.output
    assert "Saved: To Rob" in asked.stderr
    assert (
        asked.stdout
        == both.powermap(
            *(
                "ask",
                "leading",
                "introductions",
                "--me",
                "Owen Williams",
                "--target",
                "rob webster",
            ),
            *("--on", "2010-03-01"),
        ).stdout
    )
    (saved,) = both.saved()
    ids = both.ids("leaders")
    assert saved["name"] == "To Rob"
    assert saved["parameters"] == {
        "me": ids["Owen Williams"],
        "target": ids["Rob Webster"],
        "on": "2010-03-01",
    }


@pytest.mark.parametrize(
    ("question", "words", "parameters"),
    [
        ("gaps", ("--kinds", "one_way, gone_cold"), {"kinds": "one_way,gone_cold"}),
        ("gaps-since", ("--from-revision", "1"), {"from_revision": "1"}),
        (
            "what-changed",
            ("--before", "2008-06-01", "--after", "2010-03-01"),
            {"before": "2008-06-01", "after": "2010-03-01"},
        ),
    ],
)
def test_what_was_typed_is_kept_as_the_api_would_be_sent_it(
    both: Both, question: str, words: tuple[str, ...], parameters: dict[str, str]
) -> None:
    asked = both.powermap("ask", "leading", question, *words, "--save", "Kept")

    assert asked.exit_code == 0, asked.output
    (saved,) = both.saved()
    assert saved["parameters"] == parameters
    again = both.powermap("saved", "leading", "Kept", "--json")
    through_api = both.client.get(f"{saved['address']}/answer").json
    typed = json.loads(again.stdout)
    del through_api["saved"]["address"]
    assert typed == through_api


def test_bodies_are_kept_by_id(both: Both) -> None:
    both.powermap(
        *("ask", "leading", "if-merged", "--organisations", "NHS Calderdale; NHS Kirklees"),
        *("--save", "One trust"),
    )

    ids = both.ids("organisations")
    (saved,) = both.saved()
    assert saved["parameters"]["organisations"] == f"{ids['NHS Calderdale']};{ids['NHS Kirklees']}"
    listed = both.powermap("saved", "leading").output
    assert "One trust: What changes if these bodies merge?" in listed
    assert "(organisations: NHS Calderdale; NHS Kirklees)" in listed


def test_what_is_new_is_told_until_it_is_marked_as_seen(both: Both) -> None:
    both.powermap("ask", "leading", "gaps", "--kinds", "one_way", "--save", "One way")
    quiet = both.powermap("saved", "leading", "one way")
    both.tie("Owen Williams", "Rob Vincent")
    both.tie("Diane Whittingham", "Becky Malby")

    told = both.powermap("saved", "leading", "one way")
    told_again = both.powermap("saved", "leading", "One way", "--seen")
    after = both.powermap("saved", "leading", "One way")

    assert "No gap is new or gone since revision 1." in quiet.output
    for answer in (told, told_again):
        assert answer.exit_code == 0, answer.output
        assert "Since revision 1, one gap is wider than it was and one is gone." in answer.output
        wider, gone = answer.output.split("Wider than it was:")[1].split("Gone:")
        assert "Owen Williams" in wider and "Next: Ask Rob Vincent" in wider
        assert "No longer so: The tie between Becky Malby and Diane Whittingham" in gone
        assert "Mike Potts" not in wider + gone
    assert "Marked as seen at revision 3." in told_again.stderr
    assert "No gap is new or gone since revision 3." in after.output
    assert "at revision 3; the map is at revision 3." in both.powermap("saved", "leading").output


def test_an_answer_that_changed_is_told_beside_what_it_was(both: Both) -> None:
    words = ("--me", "Owen Williams", "--target", "Rob Vincent")
    before = both.powermap("ask", "leading", "introductions", *words, "--json", "--save", "To Rob")
    same = both.powermap("saved", "leading", "To Rob")
    both.tie("Owen Williams", "Rob Vincent")

    changed = both.powermap("saved", "leading", "To Rob")

    assert "The answer is as it was." in same.output
    assert "The answer has changed. It was:" in changed.output
    assert f"  {json.loads(before.stdout)['sentences'][0]}" in changed.output
    assert both.powermap("ask", "leading", "introductions", *words).output in changed.output


def test_a_question_is_forgotten(both: Both) -> None:
    both.powermap("ask", "leading", "gaps", "--save", "Gaps")

    forgotten = both.powermap("saved", "leading", "gaps", "--forget")

    assert forgotten.output == "Forgotten: Gaps\n"
    assert both.saved() == []
    assert (
        "You have saved no question of Leading as Peers" in both.powermap("saved", "leading").output
    )


def test_names_that_differ_in_case_alone_are_told_apart(both: Both) -> None:
    for name in ("Gaps", "gaps"):
        both.powermap("ask", "leading", "gaps", "--save", name)

    either = both.powermap("saved", "leading", "GAPS")
    one = both.powermap("saved", "leading", "gaps", "--forget")

    assert either.exit_code == 1
    assert "'GAPS' may be any of: Gaps, gaps." in either.output
    assert one.exit_code == 0
    assert [saved["name"] for saved in both.saved()] == ["Gaps"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("saved", "leading", "nothing"), 1, "There is no saved question 'nothing' of this map."),
        (("saved", "nowhere"), 1, "There is no map 'nowhere'."),
        (("saved", "leading", "--seen"), 2, "Say which question: name it after the map."),
        (("saved", "leading", "x", "--seen", "--forget"), 2, "Say --seen or --forget, not both."),
        (("ask", "leading", "gaps", "--save", " "), 1, "name: must have at least one visible"),
        (("ask", "leading", "gaps", "--save", "x" * 201), 1, "name: must be at most 200"),
        (("ask", "leading", "gaps", "--kinds", "none", "--save", "x"), 1, "kinds: must be one of"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    both: Both, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = both.powermap(*words)

    assert answer.exit_code == code
    assert said in answer.output
    assert "Traceback" not in answer.output
    assert both.saved() == []


def test_what_is_saved_is_not_exported(both: Both) -> None:
    before = both.powermap("export", "leading").stdout
    both.powermap("ask", "leading", "gaps", "--save", "Canary question")

    after = both.powermap("export", "leading").stdout

    assert after == before
    assert "Canary" not in after
