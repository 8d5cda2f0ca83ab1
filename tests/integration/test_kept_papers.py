"""Papers are on record, and say what in them reads differently now."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from datetime import datetime
from typing import Any

import pytest
from docx import Document
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.context import EXTENSION
from api.importing import load_samples
from api.paper.asked import MOST_QUESTIONS
from api.paper.moved_on import moved_on
from graph.findings.questions import QUESTIONS
from powermap.access import Role, Viewer
from powermap.errors import StoreUnavailable
from powermap.vocabulary import Sensitivity
from tests.contract.board import READER, to_keep
from tests.integration.conftest import OneMap

OWNER = Viewer("owner", Role.OWNER)
GAPS = {"name": "gaps", "parameters": {"kinds": "one_way"}}


@pytest.fixture
def small(one_map: OneMap) -> OneMap:
    names = ("Asha Verma", "Ben Okafor", "Cara Lindqvist")
    one_map.leaders = {name: one_map.leader(name) for name in names}
    one_map.tie(one_map.leaders["Asha Verma"], one_map.leaders["Ben Okafor"])
    one_map.tie(one_map.leaders["Ben Okafor"], one_map.leaders["Cara Lindqvist"])
    return one_map


def make(small: OneMap, *questions: Any, **values: Any) -> TestResponse:
    body = {"questions": list(questions) or [GAPS], "figures": [], **values}
    answer = small.post("/papers", body)
    assert answer.status_code == 200, answer.json
    return answer


def since(small: OneMap, made: TestResponse) -> Any:
    answer = small.client.get(made.headers["Location"])
    assert answer.status_code == 200, answer.json
    return answer.json


def text_of(made: TestResponse) -> str:
    """All that stands in the document, tables included."""
    document = Document(io.BytesIO(made.data))
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


# -- the record -----------------------------------------------------------------------------------


def test_a_paper_is_on_record_as_it_was_handed_out(small: OneMap) -> None:
    made = make(
        small,
        front_sheet={"title": "Who holds us together", "date": "2010-03-18", "purpose": "noting"},
        ceiling="confidential",
        marking="OFFICIAL: draft",
    )

    found = since(small, made)
    paper = found["paper"]
    assert paper["id"] == made.headers["Powermap-Paper"]
    assert paper["address"] == made.headers["Location"]
    assert paper["digest"] == hashlib.sha256(made.data).hexdigest()
    assert str(paper["revision"]) == made.headers["Powermap-Revision"]
    assert (paper["title"], paper["format"]) == ("Who holds us together", "word")
    assert (paper["ceiling"], paper["pseudonyms"]) == ("confidential", False)
    assert (paper["made_by"], paper["moved_on_by"]) == ("owner", 0)
    assert small.get("/papers").json == {"revision": paper["revision"], "items": [paper]}
    assert found["asked"] == {
        "kind": "word",
        "questions": [GAPS],
        "figures": [],
        "front_sheet": {
            "title": "Who holds us together",
            "date": "2010-03-18",
            "purpose": "noting",
        },
        "ceiling": "confidential",
        "pseudonyms": False,
        "marking": "OFFICIAL: draft",
    }


def test_the_newest_is_first(small: OneMap) -> None:
    for title in ("one", "two", "three"):
        make(small, front_sheet={"title": title})

    items = small.get("/papers").json["items"]

    assert [item["title"] for item in items] == ["three", "two", "one"]


def test_what_was_asked_makes_the_same_paper_again(small: OneMap) -> None:
    body = {
        "questions": [{**GAPS, "picture": True}, {"name": "central", "parameters": {}}],
        "figures": ["", "focus=" + small.leaders["Ben Okafor"]],
        "front_sheet": {"recommendation": "The Board is asked\nto note it.", "item": "7.2"},
        "pseudonyms": True,
    }
    first = make(small, **body)

    again = make(small, **since(small, first)["asked"])

    assert since(small, again)["asked"] == since(small, first)["asked"]
    one, other = (
        text_of(paper).replace(since(small, paper)["paper"]["made_at"][11:16], "hh:mm")
        for paper in (first, again)
    )
    assert one == other


def test_the_time_on_record_is_the_one_in_the_file(small: OneMap) -> None:
    made = make(small)

    on_record = datetime.fromisoformat(since(small, made)["paper"]["made_at"])

    stored = Document(io.BytesIO(made.data)).core_properties.created
    assert stored is not None
    assert stored.replace(tzinfo=None) == on_record.replace(tzinfo=None, microsecond=0)


def test_a_template_is_not_kept(small: OneMap) -> None:
    template = io.BytesIO()
    Document().save(template)

    made = make(small, template=base64.b64encode(template.getvalue()).decode())

    assert "template" not in since(small, made)["asked"]


def test_a_paper_that_cannot_be_recorded_is_not_handed_out(
    small: OneMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = small.client.application.extensions[EXTENSION].store

    def refuse(*_: Any) -> None:
        raise StoreUnavailable("The disk is full.")

    monkeypatch.setattr(store, "keep_paper", refuse)

    answer = small.post("/papers", {"questions": [GAPS]})

    assert answer.status_code == 503
    assert not zipfile.is_zipfile(io.BytesIO(answer.data))


def test_what_is_refused_is_not_recorded(small: OneMap) -> None:
    assert small.post("/papers", {"questions": [{"name": "gapz"}]}).status_code == 422

    assert small.get("/papers").json["items"] == []


def test_a_paper_is_forgotten(small: OneMap) -> None:
    made, other = make(small), make(small)
    address = made.headers["Location"]

    assert small.client.delete(address).status_code == 204

    assert [item["address"] for item in small.get("/papers").json["items"]] == [
        other.headers["Location"]
    ]
    for answer in (small.client.get(address), small.client.delete(address)):
        assert answer.status_code == 404
        assert answer.content_type == "application/problem+json"
        assert answer.json["title"] == "No such paper"
    assert small.client.delete(address, headers={"Origin": "http://evil"}).status_code == 403


@pytest.mark.parametrize("path", ["/papers/none", "/papers/%27%20OR%201=1", "/papers/a%00b"])
def test_a_paper_that_is_not_there_is_a_problem(small: OneMap, path: str) -> None:
    for answer in (small.get(path), small.client.delete(small.address + path)):
        assert answer.status_code == 404
        assert answer.content_type == "application/problem+json"
    assert small.client.get("/api/v1/maps/none/papers").status_code == 404
    assert small.client.get("/api/v1/maps/none" + path).status_code == 404


def test_nobody_is_shown_what_others_made(small: OneMap) -> None:
    store = small.client.application.extensions[EXTENSION].store
    theirs = store.keep_paper(small.id, READER, to_keep("Theirs"))

    assert small.get("/papers").json["items"] == []
    assert small.get(f"/papers/{theirs.id}").status_code == 404
    assert small.client.delete(f"{small.address}/papers/{theirs.id}").status_code == 404
    assert store.papers(small.id, READER) == (theirs,)


def test_hostile_text_comes_back_as_it_was_sent(small: OneMap) -> None:
    title = "<script>alert(1)</script> ' -- “Ł” 🕳️"

    made = make(small, front_sheet={"title": title})

    found = since(small, made)
    assert found["paper"]["title"] == found["asked"]["front_sheet"]["title"] == title


# -- what reads differently now -------------------------------------------------------------------


def test_a_paper_of_a_map_that_stands_still_reads_as_it_did(small: OneMap) -> None:
    made = make(small, GAPS, {"name": "central"})

    found = since(small, made)

    assert (found["revision"], found["differing"]) == (found["paper"]["revision"], 0)
    assert [answer["differs"] for answer in found["answers"]] == [False, False]
    assert not any({"then", "now"} & answer.keys() for answer in found["answers"])


def test_a_tie_that_is_answered_changes_what_the_paper_says(small: OneMap) -> None:
    made = make(small, GAPS, {"name": "joint-posts"})
    small.tie(small.leaders["Ben Okafor"], small.leaders["Asha Verma"])

    found = since(small, made)

    assert (found["paper"]["moved_on_by"], found["differing"]) == (1, 1)
    gaps, posts = found["answers"]
    assert (gaps["question"], gaps["differs"]) == ("gaps", True)
    assert posts["differs"] is False
    written = text_of(made)
    assert gaps["then"]["asks"] in written
    for sentence in gaps["then"]["sentences"]:
        assert sentence in written
    (gone,) = gaps["then"]["rows"]
    assert "Asha Verma" in gone["sentence"] and gone["sentence"] in written
    told = small.get("/findings/gaps?kinds=one_way").json
    assert gaps["now"]["sentences"] == told["sentences"]
    assert gaps["now"]["rows"] == []
    assert gaps["now"]["rows_in_all"] == len(told["rows"]) == gaps["then"]["rows_in_all"] - 1


def test_what_is_new_is_told_apart_from_what_was_there(small: OneMap) -> None:
    made = make(small)
    small.tie(small.leaders["Asha Verma"], small.leader("Dev Patel"))

    (answer,) = since(small, made)["answers"]

    (new,) = answer["now"]["rows"]
    assert "between Asha Verma and Dev Patel" in new["sentence"]
    assert new["sentence"] not in text_of(made)
    assert answer["then"]["rows"] == []


def test_a_map_that_moved_on_elsewhere_leaves_the_paper_as_it_reads(small: OneMap) -> None:
    made = make(small)
    small.patch(f"/leaders/{small.leaders['Cara Lindqvist']}", {"identifiers": []}, 1)
    body = {"name": "Far away", "kind": "council", "sector": "local_government"}
    assert small.post("/organisations", {**body, "sensitivity": "open"}).status_code == 201

    found = since(small, made)

    assert found["paper"]["moved_on_by"] >= 1
    assert found["differing"] == 0


def test_a_new_name_reads_differently(small: OneMap) -> None:
    made = make(small)
    id = small.leaders["Ben Okafor"]
    assert small.patch(f"/leaders/{id}", {"name": "Benjamin Okafor"}, 1).status_code == 200

    (answer,) = since(small, made)["answers"]

    assert "Ben Okafor" in json.dumps(answer["then"])
    assert "Benjamin Okafor" in json.dumps(answer["now"])


def test_whoever_has_left_the_map_cannot_be_asked_about(small: OneMap) -> None:
    id = small.leaders["Cara Lindqvist"]
    made = make(small, {"name": "if-leaves", "parameters": {"leader": id}}, GAPS)
    assert small.delete(f"/leaders/{id}", 1).status_code == 200

    leaves, gaps = since(small, made)["answers"]

    assert leaves["differs"] is True
    assert leaves["cannot_be_asked"] == (
        "leader: must be the id of a leader or organisation on this map"
    )
    assert "now" not in leaves
    assert leaves["then"]["sentences"][0] in text_of(made)
    assert gaps["differs"] is True


def test_a_question_that_there_is_no_more_spoils_nothing_else(small: OneMap) -> None:
    store = small.client.application.extensions[EXTENSION].store
    questions = [{"name": "given-up", "parameters": {}}, GAPS]
    old = store.keep_paper(
        small.id, OWNER, to_keep("Old", revision=6, asked={"questions": questions})
    )
    small.tie(small.leaders["Ben Okafor"], small.leaders["Asha Verma"])

    given_up, gaps = small.get(f"/papers/{old.id}").json["answers"]

    assert "differs" not in given_up
    assert given_up["cannot_be_asked"].startswith("name: must be one of")
    assert gaps["differs"] is True


def test_an_answer_about_an_earlier_revision_can_be_compared(small: OneMap) -> None:
    made = make(small, {"name": "gaps-since", "parameters": {"from_revision": "4"}})
    small.tie(small.leaders["Ben Okafor"], small.leaders["Asha Verma"])

    (answer,) = since(small, made)["answers"]

    assert answer["differs"] is True
    assert answer["then"]["sentences"][0] in text_of(made)


@pytest.mark.parametrize("pseudonyms", [False, True])
def test_a_revision_that_a_paper_may_not_show_changes_nothing_it_says(
    client: FlaskClient, pseudonyms: bool
) -> None:
    """Nothing in an answer hangs on the revision's number, or on when it was asked."""
    list(load_samples(client.application.extensions[EXTENSION].store, OWNER))
    items = client.get("/api/v1/maps").json["items"]
    (id,) = [item["id"] for item in items if item["title"].startswith("Leading as Peers")]
    sample = OneMap(client, id)
    free = [
        {"name": name}
        for name, question in QUESTIONS.items()
        if not any(parameter.required for parameter in question.parameters.values())
    ][:MOST_QUESTIONS]
    made = make(sample, *free, pseudonyms=pseudonyms)
    sample.leader("Somebody Else", sensitivity="private")

    found = since(sample, made)

    assert found["paper"]["moved_on_by"] == 1
    assert [answer["question"] for answer in found["answers"] if answer["differs"]] == []
    assert len(found["answers"]) == len(free) > 8


# -- what may be seen -----------------------------------------------------------------------------


def test_what_is_above_the_ceiling_is_not_compared(small: OneMap) -> None:
    questions = [{"name": "gaps"}, {"name": "central"}]
    low, high = make(small, *questions), make(small, *questions, ceiling="confidential")
    for place, level in enumerate(("confidential", "private")):
        hidden = small.leader(f"CANARY{place} Hidden", sensitivity=level)
        small.tie(hidden, small.leaders["Ben Okafor"], sensitivity=level)
        small.tie(small.leaders["Cara Lindqvist"], small.leaders["Asha Verma"], sensitivity=level)

    found, higher = since(small, low), since(small, high)

    assert found["paper"]["moved_on_by"] == 6
    assert found["differing"] == 0
    assert "CANARY" not in json.dumps(found)
    assert higher["differing"] == 2
    assert "CANARY0" in json.dumps(higher)
    assert "CANARY1" not in json.dumps(higher)


def test_a_paper_with_pseudonyms_is_compared_with_pseudonyms(small: OneMap) -> None:
    ben = small.leaders["Ben Okafor"]
    made = make(
        small,
        {"name": "if-leaves", "parameters": {"leader": ben}},
        {"name": "central"},
        pseudonyms=True,
        front_sheet={"title": "On Ben Okafor"},
    )
    for number in range(4):
        small.tie(small.leader(f"Newcomer {number}"), ben)

    found = since(small, made)

    told = json.dumps(found["answers"])
    for part in ("Asha", "Verma", "Ben", "Okafor", "Cara", "Newcomer", ben):
        assert part not in told, part
    assert found["differing"] == 2
    # Whoever is Person B in the paper is Person B on both sides.
    assert found["answers"][0]["then"]["asks"] in text_of(made)
    assert found["answers"][0]["now"]["asks"] == found["answers"][0]["then"]["asks"]
    written = text_of(made)
    for answer in found["answers"]:
        for sentence in answer["then"]["sentences"]:
            assert sentence in written
    assert found["paper"]["title"].startswith("On Person ")


def test_what_has_been_hidden_from_its_reader_is_not_told_again(small: OneMap) -> None:
    """The reader of a paper of open records sees less of it once a record is confidential."""
    store = small.client.application.extensions[EXTENSION].store
    kept = store.keep_paper(
        small.id,
        READER,
        to_keep("Paper", revision=6, asked={"questions": [GAPS]}, ceiling=Sensitivity.OPEN),
    )
    id = small.leaders["Cara Lindqvist"]
    assert small.patch(f"/leaders/{id}", {"sensitivity": "confidential"}, 1).status_code == 200

    def read_by(viewer: Viewer) -> Any:
        return moved_on(kept, lambda revision: store.read(small.id, viewer, revision=revision))

    # It stands in the paper, and its owner may see it: that it has gone is a difference.
    assert "Cara" in str(read_by(OWNER).answers[0].then)
    assert "Cara" not in str(read_by(OWNER).answers[0].now)
    assert "Asha" in str(read_by(READER).answers)
    assert "Cara" not in str(read_by(READER).answers)
