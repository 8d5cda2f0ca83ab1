"""Before and after through its doors: days, revisions, what if; what it hides and refuses."""

from datetime import UTC, datetime
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from api.cli import main
from api.figures.asked import FigureAsked, Shows, figure_from_text
from api.figures.ground import new_ground
from api.figures.supposed import Supposed, WhatIf
from api.paper.asked import AskedQuestion, PaperAsked
from api.paper.content import paper
from api.view import View
from graph.network import Unit
from tests.integration.test_figure import raw, spelt
from tests.unit.findings_more.samples import called, sample
from visual.figure.svg import written

CANARY = "Canary Quillfeather"
PEOPLE = ("Rob Webster", "Diane Whittingham", "Steven Michael")


@pytest.fixture
def riverside(one_map):
    """Asha joins Ben and Carl; Dan comes in 2010; a confidential Canary is tied to Ben."""
    people = {name: one_map.leader(name) for name in ("Asha", "Ben", "Carl", "Dan")}
    people["Canary"] = one_map.leader(CANARY, sensitivity="confidential")
    bodies = {}
    for name, kind in (("North Trust", "acute_trust"), ("South Council", "council")):
        sector = "nhs" if kind == "acute_trust" else "local_government"
        body = {"name": name, "kind": kind, "sector": sector, "sensitivity": "open"}
        answer = one_map.post("/organisations", body)
        assert answer.status_code == 201, answer.json
        bodies[name] = answer.json["id"]
    for name, to, start in (("Asha", "North Trust", None), ("Dan", "South Council", "2010-01-01")):
        body = {
            "holder": people[name],
            "to": bodies[to],
            "kind": "post",
            "title": "Director",
            "holder_status": "named",
            "sensitivity": "open",
            **({"active_from": start} if start else {}),
        }
        assert one_map.post("/accountabilities", body).status_code == 201
    for one, other in (("Asha", "Ben"), ("Asha", "Carl")):
        for source, target in ((one, other), (other, one)):
            one_map.tie(people[source], people[target], active_to="2010-12-31")
    one_map.tie(people["Ben"], people["Carl"], kind="competes", active_to="2009-06-30")
    one_map.tie(people["Ben"], people["Carl"], kind="collaborates", active_from="2009-07-01")
    one_map.tie(people["Dan"], people["Carl"], active_from="2010-01-01", strength=4)
    one_map.tie(people["Canary"], people["Ben"], sensitivity="confidential")
    one_map.leaders = people | bodies
    return one_map


def told(one_map, query):
    answer = one_map.get(f"/figure?shows=before_after&{query}")
    assert answer.status_code == 200, answer.data[:400]
    return ElementTree.fromstring(answer.data).find("{*}desc").text


def refused(one_map, query):
    answer = one_map.get(f"/figure?{query}")
    assert answer.status_code == 422, answer.data[:300]
    assert answer.content_type == "application/problem+json"
    return {problem["parameter"]: problem["detail"] for problem in answer.json["errors"]}


def test_two_days_side_by_side(riverside):
    said = told(riverside, "before=2009-03-01")

    assert "Before: as at 1 March 2009" in said and "After: as at 1 March 2010" in said
    assert "the tie between Ben and Carl has turned" in said
    assert "Carl and Dan have a tie that was not there" in said
    assert "Dan is new" in said
    assert "one tie turned" in said, "the sentence is that of the answer"


def test_the_same_day_twice_says_that_nothing_differs(riverside):
    said = told(riverside, "before=2010-03-01")

    assert "nothing differs" in said and "Nothing that is drawn differs." in said


def test_two_revisions_side_by_side(riverside):
    revision = int(riverside.get().headers["Powermap-Revision"])
    riverside.tie(riverside.leaders["Asha"], riverside.leaders["Dan"])

    said = told(riverside, f"since={revision}")

    assert f"At revision {revision}" in said and f"at revision {revision + 1}" in said
    assert "Asha and Dan have a tie that was not there" in said
    assert "Ben and Carl have" not in said.partition("What differs:")[2].partition(".")[0]


@pytest.mark.parametrize(
    ("supposed", "expected"),
    [
        ("leaves:{Asha}", ["If Asha leaves", "Asha is gone", "Asha and Ben have lost a tie"]),
        ("abolished:{North Trust}", ["If North Trust is abolished", "North Trust is gone"]),
        ("abolished:{North Trust},{South Council}", ["South Council takes over", "is gone"]),
        ("merged:{North Trust},{South Council}", ["South Council is gone (merged)", "merge"]),
        ("tied:{Ben},{Dan}", ["If Ben and Dan have a tie", "Ben and Dan have a tie that was not"]),
        ("mended:{Ben},{Carl}", ["is mended", "the tie between Ben and Carl is seen otherwise"]),
        ("mended:{Carl},{Dan},5", ["of 5 of 5 or more", "Carl and Dan is stronger"]),
        ("joins:{South Council},{Asha},{Ben}", ["A new leader is new", "A new leader and Asha"]),
    ],
)
def test_what_would_be_beside_what_is(riverside, supposed, expected):
    text = supposed.format_map(riverside.leaders)

    said = told(riverside, f"what_if={text}")

    assert "Now: as at 1 March 2010" in said
    for part in expected:
        assert part in said, said


def test_the_sentence_is_that_of_the_answer(riverside):
    leader = riverside.leaders["Asha"]
    answer = riverside.get(f"/findings/if-leaves?leader={leader}").json

    assert answer["sentences"][0].partition(",")[0] in told(riverside, f"what_if=leaves:{leader}")


@pytest.mark.parametrize("format", ["svg", "png", "pdf"])
def test_what_is_above_the_ceiling_is_in_no_byte(riverside, format):
    hidden = [form for text in (CANARY, riverside.leaders["Canary"]) for form in spelt(text)]
    for compared in ("before=2009-03-01", "since=14", "what_if=leaves:{Ben}"):
        query = compared.format_map(riverside.leaders)

        whole, bare = (
            riverside.get(f"/figure?shows=before_after&{query}&format={format}&ceiling={ceiling}")
            for ceiling in ("private", "open")
        )

        assert whole.status_code == bare.status_code == 200
        assert not any(form in raw(bare.data, format) for form in hidden)
        if format == "svg":
            assert CANARY.encode() in whole.data, "who may see it sees it"


def test_nobody_who_is_hidden_goes_comes_or_turns_in_the_open_figure(riverside):
    """What differs for them alone differs for nobody: not in counts, and not in places."""
    canary, carl = riverside.leaders["Canary"], riverside.leaders["Carl"]
    query = f"what_if=leaves:{carl}"
    without = told(riverside, query).partition(" Map as at")[0].partition(" withheld")[0]
    for kind in ("competes", "collaborates"):
        riverside.tie(canary, carl, kind=kind, sensitivity="confidential")

    with_more = told(riverside, query).partition(" Map as at")[0].partition(" withheld")[0]

    assert without.rpartition(". ")[0] == with_more.rpartition(". ")[0]


def test_whoever_is_hidden_and_whoever_is_not_there_are_refused_alike(riverside):
    known, hidden = riverside.leaders["Asha"], riverside.leaders["Canary"]
    for before, after in (("leaves:", ""), ("tied:", f",{known}"), (f"joins:{known},", "")):
        there, nowhere = (
            refused(riverside, f"shows=before_after&what_if={before}{id}{after}")
            for id in (hidden, "nobody")
        )
        assert there == nowhere and set(there) == {"what_if"}
        assert CANARY not in str(there)


def test_what_was_open_once_and_is_not_any_more_stays_hidden(riverside):
    id = riverside.leader("Edith Formerly-Open")
    riverside.tie(id, riverside.leaders["Ben"])
    revision = int(riverside.get().headers["Powermap-Revision"])
    ties = riverside.get("/relationships").json["items"]
    tie = next(one for one in ties if one["source"] == id)
    assert riverside.delete(f"/relationships/{tie['id']}", tie["version"]).status_code < 300
    answer = riverside.patch(f"/leaders/{id}", {"sensitivity": "confidential"}, 1)
    assert answer.status_code == 200, answer.json

    said = told(riverside, f"since={revision}")

    assert "Edith" not in said
    assert "Edith" in told(riverside, f"since={revision}&ceiling=confidential")


REFUSED = [
    ("shows=before_after", "shows", "before (a day), since (a revision) or what_if"),
    ("before=2009-03-01", "before", "goes with shows=before_after"),
    ("what_if=leaves:x", "what_if", "goes with shows=before_after"),
    ("shows=before_after&before=2009-03-01&since=2", "since", "must not stand beside before"),
    ("shows=before_after&before=2009", "before", "day"),
    ("shows=before_after&before=2011-01-01", "before", "must not be later than"),
    ("shows=before_after&since=999", "since", "from 1 to"),
    ("shows=before_after&since=0", "since", "1"),
    ("shows=before_after&since=1&on=2010-01-01", "on", "must not stand beside since"),
    ("shows=before_after&what_if=flies:x", "what_if", "leaves:ID"),
    ("shows=before_after&what_if=leaves:a,b", "what_if", "leaves:ID"),
    ("shows=before_after&what_if=merged:a", "what_if", "merged:ID,ID"),
    ("shows=before_after&what_if=tied:a,a", "what_if", "each id once"),
    ("shows=before_after&what_if=mended:a,b,9", "what_if", "strength from 1 to 5"),
    ("shows=before_after&what_if=leaves:{North Trust}", "what_if", "of the right sort"),
    ("shows=before_after&what_if=tied:{North Trust},{Asha}", "what_if", "of the right sort"),
    ("shows=before_after&what_if=joins:{Asha},{Ben}", "what_if", "of the right sort"),
]


def test_what_cannot_be_compared_is_refused_by_name(riverside):
    for query, field, part in REFUSED:
        found = refused(riverside, query.format_map(riverside.leaders))

        assert part in found.get(field, ""), (query, found)


def test_a_hostile_id_is_text(riverside):
    id = quote("</svg><script>")

    assert "script" not in str(refused(riverside, f"shows=before_after&what_if=leaves:{id}"))


def test_a_figure_and_its_text_are_the_same_thing():
    for asked in (
        Supposed(what=WhatIf.MENDED, parties=("a,b", "c:d"), strength=4),
        Supposed(what=WhatIf.JOINS, parties=("a", "b", "ü &=")),
    ):
        figure = FigureAsked(
            view=View(unit=Unit.ORGANISATIONS),
            shows=Shows.BEFORE_AFTER,
            what_if=asked,
        )

        assert figure_from_text(figure.text()) == figure
    text = "shows=before_after&before=2009-03-01"
    assert figure_from_text(figure_from_text(text).text()).text() == text


def test_the_command_draws_the_same(tmp_path):
    store, run = f"sqlite:///{tmp_path}/maps.db", CliRunner()
    peers = ["--store", store, "import", "fixtures/leading-as-peers.json"]
    assert run.invoke(main, peers, env={}).exit_code == 0
    target = tmp_path / "figure.svg"
    view = "shows=before_after&before=2008-01-01&unit=organisations"

    done = run.invoke(
        main, ["--store", store, "figure", "Leading", "--to", str(target), "--view", view]
    )

    assert done.exit_code == 0, done.output
    told = ElementTree.fromstring(target.read_bytes()).find("{*}desc").text
    assert "Yorkshire Partnership NHS Foundation Trust has turned" in told


PEERS = sample("leading-as-peers")
ROB, DIANE, STEVEN = (called(PEERS, name) for name in PEOPLE)
QUESTIONS = {
    "if-leaves": ({"leader": ROB}, "If Rob Webster leaves"),
    "if-abolished": ({"organisation": called(PEERS, "NHS Calderdale")}, "is abolished"),
    "if-merged": (
        {
            "organisations": ";".join(
                called(PEERS, name) for name in ("NHS Calderdale", "NHS Kirklees")
            )
        },
        "if NHS Calderdale and NHS Kirklees merge",
    ),
    "if-tied": ({"a": DIANE, "b": STEVEN}, "have a tie that was not there"),
    "if-mended": ({"a": DIANE, "b": ROB, "strength": "5"}, "5 of 5 or more"),
    "if-joins": (
        {"organisation": called(PEERS, "Kirklees Council"), "tied_to": f"{ROB};{DIANE}"},
        "A new leader is new",
    ),
    "what-changed": ({"before": "2008-01-01", "after": "2010-03-01"}, "has turned"),
}


def made_paper(*questions, figures=(), power_map=PEERS, **values):
    wanted = PaperAsked(questions=questions, figures=figures, **values)
    return paper(
        wanted,
        lambda revision: power_map,
        lambda whole, ceiling: new_ground(whole, whole, ceiling, lambda revision: whole),
        maker="owner",
        made_at=datetime(2026, 1, 2, tzinfo=UTC),
    )


@pytest.mark.parametrize("name", QUESTIONS)
def test_in_a_paper_the_picture_of_such_an_answer_is_before_and_after(name):
    parameters, expected = QUESTIONS[name]

    made = made_paper(AskedQuestion(name=name, parameters=parameters, picture=True))

    (section,) = made.sections
    assert section.figure is not None
    told = section.figure.sheet.description
    assert expected in told and "What differs:" in told
    assert made.key_points == () and section.lead in told


def test_pseudonyms_hold_on_both_sides():
    question = AskedQuestion(name="if-leaves", parameters={"leader": ROB}, picture=True)
    figure = figure_from_text(f"shows=before_after&what_if=tied:{DIANE},{STEVEN}")

    made = made_paper(question, figures=(figure,), pseudonyms=True)

    told = [made.figures[0].sheet.description, made.sections[0].figure.sheet.description]
    told += [one.caption for one in (made.figures[0], made.sections[0].figure)]
    assert not any(name in text for text in told for name in PEOPLE)
    assert all("Person " in text for text in told)
    assert not any(
        name.encode() in written(one.sheet).encode()
        for one in (made.figures[0], made.sections[0].figure)
        for name in PEOPLE
    )


def test_where_between_people_nothing_differs_the_figure_says_where_something_does():
    figure = figure_from_text("shows=before_after&before=2008-01-01")

    (drawn,) = made_paper(figures=(figure,)).figures

    assert "Nothing that is drawn here differs" in drawn.sheet.description
    assert "(unit=organisations)" in drawn.sheet.description


def test_of_many_those_that_differ_are_drawn_and_the_others_counted(one_map):
    people = [one_map.leader(f"Imogen Featherstone {n:02}") for n in range(60)]
    for n, other in enumerate(people[1:], 1):
        one_map.tie(people[n // 8], other)

    said = told(one_map, f"what_if=leaves:{people[59]}")
    few = told(one_map, f"what_if=leaves:{people[59]}&names=3")

    assert "Imogen Featherstone 59 is gone" in said
    assert "Imogen Featherstone 07 and Imogen Featherstone 59 have lost a tie" in said
    assert "Shows 11 of 60 people" in said and "for the others nothing differs" in said
    assert "Shows 3 of 60 people and 2 of 59 ties" in few


@pytest.mark.parametrize("preset", ["portrait", "landscape", "slide"])
def test_a_map_of_nobody_can_be_compared_too(one_map, preset):
    assert "nobody" in told(one_map, f"before=2009-01-01&preset={preset}")
