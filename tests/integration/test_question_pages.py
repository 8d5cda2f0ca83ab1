"""The question pages: every question on every sample, what is wrong is said, nothing runs."""

import csv
import io
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from api.app import create_app
from api.context import EXTENSION
from api.pages.questions import question_page
from api.parameters import answered, query_schema
from api.settings import Settings
from graph.exchange.map_file import read_map_file
from graph.findings.questions import QUESTIONS, Takes
from graph.network import network
from powermap.access import Role, Viewer
from powermap.changes import Create, Request
from powermap.errors import TooMuch
from powermap.model import Leader, MapHeader, Organisation
from tests.unit.visual.made_up_maps import HOSTILE_NAMES, made_up_map

FIXTURES = Path(__file__).parents[2] / "fixtures"
STEMS = sorted(path.stem for path in FIXTURES.glob("*.json"))
OWNER = Viewer("owner", Role.OWNER)
HTML = {"Accept": "text/html"}
LEADERS = ("me", "target", "one", "other", "a", "b", "leader", "party")


class Site:
    """A service with the sample maps, one with hostile names, and an empty one."""

    def __init__(self, app):
        self.client = app.test_client()
        self.store = app.extensions[EXTENSION].store
        self.maps = {}

    def keep(self, name, header, records):
        changes = [Create(header), *map(Create, records)]
        self.store.apply(header.id, OWNER, changes, request=Request(name, name))
        self.maps[name] = header.id

    def map(self, name):
        return self.store.read(self.maps[name], OWNER)

    def get(self, name, path="", **query):
        return self.client.get(
            f"/maps/{self.maps[name]}/questions{path}", query_string=query, headers=HTML
        )

    def ask(self, name, question, **typed):
        """Send the form as a browser would, with its key."""
        shown = self.get(name, f"/{question}")
        key = re.search(r'name="form_key" value="([^"]+)"', shown.text)[1]
        return self.client.post(
            f"/maps/{self.maps[name]}/questions/{question}",
            data=MultiDict([("form_key", key), *[(k, v) for k, v in typed.items()]]),
            headers=HTML,
        )

    def id(self, name, called):
        parties = [*self.map(name).leaders.values(), *self.map(name).organisations.values()]
        return next(party.id for party in parties if party.name == called)


@pytest.fixture(scope="module")
def site():
    app = create_app(Settings(store_url="sqlite://", log_level="ERROR"))
    site = Site(app)
    for stem in STEMS:
        incoming = read_map_file((FIXTURES / f"{stem}.json").read_bytes())
        site.keep(stem, incoming.header, incoming.records)
    hostile = made_up_map(12, 24, names=HOSTILE_NAMES, title="</title><script>alert(9)</script>")
    site.keep("hostile", hostile.header, hostile.records.values())
    empty = MapHeader(id="empty", title="New", purpose="A test.", as_at=date(2010, 3, 1))
    site.keep("empty", empty, [])
    yield site
    site.store.close()


@pytest.fixture(autouse=True)
def _without_cookies(site):
    site.client = site.client.application.test_client()


def text_of(page):
    """What a reader reads: no tags, no doubled spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


def needed(power_map, question):
    """What the question needs, with people who have a tie and bodies of this map."""
    name = {leader.id: leader.name for leader in power_map.leaders.values()}
    ties = network(power_map).graph.edges
    one, other = min(ties, key=lambda tie: (name[tie[0]], name[tie[1]]))
    shown = power_map.held_on(power_map.header.as_at)
    bodies = sorted(shown.organisations, key=lambda id: shown.organisations[id].name)[:2]
    values = {
        Takes.PARTY: lambda key: bodies[0],
        Takes.PARTIES: lambda key: ";".join(bodies if key == "organisations" else [one]),
        Takes.REVISION: lambda key: "1",
        Takes.DAY: lambda key: "2009-01-01" if key == "before" else "2010-03-01",
    }
    people = {"target": other, "other": other, "b": other}
    return {
        key: people.get(key, one) if key in LEADERS else values[p.takes](key)
        for key, p in QUESTIONS[question].parameters.items()
        if p.required
    }


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("stem", STEMS)
def test_every_question_is_answered_on_every_sample(site, stem, question):
    power_map = site.map(stem)
    query = needed(power_map, question)
    expected = answered(
        power_map,
        QUESTIONS[question],
        query_schema(question)().load(query),
        lambda revision: power_map,
    )

    page = site.get(stem, f"/{question}", **query)

    assert page.status_code == 200, text_of(page.text)
    told = text_of(page.text)
    assert " ".join(expected.sentences[0].split()) in told
    for row in expected.rows[: question_page.PER_PAGE]:
        assert " ".join(row.sentence.split()) in told
    assert f'id="row-{min(len(expected.rows), 25)}"' in page.text or not expected.rows
    assert "How this is counted" in told
    assert f"Revision {power_map.revision} of the recorded map" in told


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_that_a_map_says_becomes_markup(site, question):
    query = needed(site.map("hostile"), question)

    page = site.get("hostile", f"/{question}", **query).text

    for payload in ("<img src=x", "<script>alert", "</style><svg"):
        assert payload not in page.lower()
    assert "alert(9)" in text_of(page)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_empty_map_is_answered_or_asked_about(site, question):
    assert site.get("empty", f"/{question}").status_code == 200


def test_the_index_has_each_question_once_or_more(site):
    page = site.get("leading-as-peers").text

    for name, question in QUESTIONS.items():
        assert f"/questions/{name}" in page
        assert question.asks in unescape(page)


def test_typed_names_become_ids_in_the_address(site):
    owen, rob = (site.id("leading-as-peers", n) for n in ("Owen Williams", "Rob Webster"))

    answer = site.ask("leading-as-peers", "introductions", me="owen williams", target="Rob Webster")

    assert answer.status_code == 303
    assert f"me={owen}" in answer.location and f"target={rob}" in answer.location
    page = site.client.get(answer.location, headers=HTML).text
    assert "How does Owen Williams get to Rob Webster?" in page


def test_a_name_nobody_has_is_kept_and_the_near_ones_are_offered(site):
    rob = site.id("leading-as-peers", "Rob Webster")

    answer = site.ask("leading-as-peers", "introductions", me="Owen Williams", target="webster")

    assert answer.status_code == 422
    assert 'value="webster"' in answer.text
    assert 'href="#ask-target"' in answer.text
    assert "Whom to reach: nobody and nothing on this map is called “webster”" in text_of(
        answer.text
    )
    offer = re.search(rf'<a href="([^"]*target={rob}[^"]*)"', answer.text)[1]
    assert site.client.get(unescape(offer), headers=HTML).status_code == 200


def test_what_is_missing_is_named(site):
    answer = site.ask("leading-as-peers", "introductions", me="", target="Rob Webster")

    assert answer.status_code == 422
    assert "Who asks: is needed." in text_of(answer.text)


@pytest.mark.parametrize(
    ("question", "query", "said"),
    [
        ("gaps", {"on": "soon"}, "On which day: must be a day such as 2010-03-01."),
        ("gaps", {"kinds": "none"}, "Only these sorts of gap: must be one of"),
        ("gaps", {"group_by": "colour"}, "Groups are: must be one of"),
        ("gaps", {"cold_days": "many"}, "Cold after how many days: must be a whole number"),
        ("gaps", {"who": "me"}, "who: is not something this question takes."),
        ("gaps", {"row": "99999"}, "row: must be a whole number from 1 to"),
        ("gaps", {"page": "0"}, "page: must be a whole number from 1 to"),
        ("gaps", {"kind": "none"}, "kind: none of the rows is of this kind."),
        ("gaps-since", {"from_revision": "7"}, "Since revision: must be a revision of this map"),
        ("if-leaves", {"leader": "nobody"}, "Person: nobody and nothing on this map is called"),
        ("if-leaves", {"leader": "NHS Calderdale"}, "Person: "),
        ("if-merged", {"organisations": "NHS Calderdale"}, "Organisations: "),
        ("if-abolished", {"organisation": "Rob Webster"}, "Organisation: "),
    ],
)
def test_what_is_wrong_is_said_at_the_top_and_at_the_field(site, question, query, said):
    answer = site.get("leading-as-peers", f"/{question}", **query)

    assert answer.status_code == 422
    told = text_of(answer.text)
    assert "There is a problem" in told
    assert said in told
    assert "Error: " in re.search("<title>(.*?)</title>", answer.text, re.S)[1]


def test_one_value_is_not_taken_twice(site):
    address = f"/maps/{site.maps['leading-as-peers']}/questions/gaps?on=2010-01-01&on=2010-02-01"

    answer = site.client.get(address, headers=HTML)

    assert answer.status_code == 422
    assert "On which day: is given more than once." in text_of(answer.text)


def test_a_form_without_its_key_is_refused(site):
    address = f"/maps/{site.maps['leading-as-peers']}/questions/introductions"

    answer = site.client.post(address, data={"me": "Rob Webster"}, headers=HTML)

    assert answer.status_code == 403


def test_unknown_maps_and_questions_are_not_found(site):
    assert site.client.get("/maps/none/questions", headers=HTML).status_code == 404
    assert site.client.get("/maps/none/questions/gaps", headers=HTML).status_code == 404
    assert site.get("leading-as-peers", "/none").status_code == 404
    assert site.get("leading-as-peers", "/none/rows.csv").status_code == 404


def test_what_is_too_much_is_said_in_a_sentence(site, monkeypatch):
    def refuse(*_):
        raise TooMuch("This map has too many people for that; ask about one body.")

    monkeypatch.setattr(question_page, "answered", refuse)

    answer = site.get("leading-as-peers", "/gaps", on="2009-12-24")

    assert answer.status_code == 422
    assert "ask about one body" in text_of(answer.text)


def test_an_answer_is_worked_out_once_for_each_revision(site, monkeypatch):
    times = []

    def counted(*given):
        times.append(given[0].revision)
        return answered(*given)

    monkeypatch.setattr(question_page, "answered", counted)
    header = MapHeader(id="once", title="Once", purpose="A test.", as_at=date(2010, 3, 1))
    site.keep("once", header, [Leader(id="o1", name="Asha Green", sensitivity="open")])

    first = site.get("once", "/gaps").text
    again = site.get("once", "/gaps", row=1).text
    site.get("once", "/gaps", kinds="no_accountability")
    later = Create(Leader(id="o2", name="Ben Hughes", sensitivity="open"))
    site.store.apply("once", OWNER, [later], request=Request("later", "later"))
    after = site.get("once", "/gaps").text

    assert times == [1, 1, 2]
    assert "Asha Green" in first and "Asha Green" in again
    assert "Ben Hughes" not in again and "Ben Hughes" in after


def test_a_row_is_found_on_its_page_and_stands_out(site):
    page = site.get("peer-challenge", "/gaps", row=30).text

    assert 'id="row-30" value="30" class="on-map"' in page
    assert 'id="row-25"' not in page
    assert "Page 2 of" in page


def test_rows_of_one_kind_keep_their_numbers(site):
    page = site.get("leading-as-peers", "/gaps", kind="one_way").text

    numbers = [int(number) for number in re.findall(r'id="row-(\d+)"', page)]
    every = answered(
        site.map("leading-as-peers"), QUESTIONS["gaps"], {}, lambda revision: None
    ).rows
    assert numbers == [place for place, row in enumerate(every, 1) if row.kind == "one_way"]


def test_a_question_of_the_index_keeps_its_words(site):
    page = site.get("leeds-health-and-wellbeing-board", "/gaps", kinds="voice_at_the_edge").text

    assert "<h1><bdi>Whose voice is at the edge?</bdi></h1>" in page


def test_joint_posts_on_a_day(site):
    page = text_of(site.get("senior-joint-posts", "/joint-posts", on="2010-03-01").text)

    assert "On 1 March 2010 seven people hold posts in two bodies or more." in page
    assert "As at 1 March 2010." in page


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))


def test_the_rows_as_csv_say_where_they_come_from(site):
    answer = site.get("leading-as-peers", "/gaps/rows.csv")

    rows = rows_of(answer)
    assert answer.content_type.startswith("text/csv")
    assert len(rows) == 25
    assert rows[0]["sentence"].startswith("Diane Whittingham and Steven Michael share")
    assert rows[0]["next step"] and rows[0]["evidence"] and rows[0]["shared"] == "2"
    assert {row["revision"] for row in rows} == {"1"}
    assert {row["as at"] for row in rows} == {"2010-03-01"}
    assert {row["records"] for row in rows} == {"open records only"}


def test_no_cell_is_a_formula_and_the_text_is_kept(site):
    formulas = ("=1+1", "+1", "-1", "@SUM(A1)", "＝1+1")
    header = MapHeader(id="cells", title="Cells", purpose="A test.", as_at=date(2010, 3, 1))
    people = [Leader(id=f"f{n}", name=f, sensitivity="open") for n, f in enumerate(formulas)]
    if "cells" not in site.maps:
        site.keep("cells", header, people)

    rows = rows_of(site.get("cells", "/gaps/rows.csv", kinds="no_accountability"))

    assert {row["people and bodies"] for row in rows} == {f"'{each}" for each in formulas}
    assert not any(cell[:1] in "=+-@＝" for row in rows for cell in row.values() if cell)


def test_confidential_records_are_left_out_of_a_file_unless_asked_for(site):
    header = MapHeader(id="secret", title="Secret", purpose="A test.", as_at=date(2010, 3, 1))
    people = [
        Leader(id="s1", name="Open Person", sensitivity="open"),
        Leader(id="s2", name="Hidden Person", sensitivity="confidential"),
    ]
    site.keep("secret", header, people)

    usual = site.get("secret", "/gaps/rows.csv")
    everything = site.get("secret", "/gaps/rows.csv", records="all")

    assert "Hidden Person" not in usual.text and "Open Person" in usual.text
    assert "Hidden Person" in everything.text
    assert site.get("secret", "/gaps/rows.csv", records="some").status_code == 422


def test_the_answer_as_json_is_linked_and_there(site):
    page = site.get("leading-as-peers", "/gaps", kinds="one_way,no_holder").text
    address = unescape(re.search(r'<a href="([^"]+)">The answer as JSON', page)[1])

    answer = site.client.get(address)

    assert {row["kind"] for row in answer.json["rows"]} <= {"one_way", "no_holder"}


class Test_who_asks:
    def choose(self, site, **sent):
        address = f"/maps/{site.maps['leading-as-peers']}/me"
        key = re.search(r'name="form_key" value="([^"]+)"', site.client.get(address).text)[1]
        return site.client.post(address, data={"form_key": key, **sent}, headers=HTML)

    def test_is_chosen_once_and_asks_from_then_on(self, site):
        stem = "leading-as-peers"
        chosen = self.choose(site, me="Owen Williams")
        cookie = next(c for c in chosen.headers.getlist("Set-Cookie") if "powermap_me=" in c)

        page = site.get(stem, "/introductions", target=site.id(stem, "Rob Webster")).text

        assert "How does Owen Williams get to Rob Webster?" in page
        assert "You are <bdi>Owen Williams</bdi>" in page
        for part in ("HttpOnly", "SameSite=Strict", f"Path=/maps/{site.maps[stem]}"):
            assert part in cookie
        assert "You are" not in site.get("peer-challenge").text

    def test_can_be_forgotten(self, site):
        self.choose(site, me="Owen Williams")
        self.choose(site, forget="yes")

        assert "Say who you are" in site.get("leading-as-peers").text

    def test_is_a_person_of_the_map(self, site):
        for typed, said in (("NHS Calderdale", "no person on this map"), ("", "is needed")):
            answer = self.choose(site, me=typed)

            assert answer.status_code == 422
            assert said in text_of(answer.text)

    def test_goes_back_to_a_page_of_this_map_and_nowhere_else(self, site):
        start = f"/maps/{site.maps['leading-as-peers']}"
        back = f"{start}/questions/gaps?on=2010-01-01"
        assert self.choose(site, me="Owen Williams", next=back).location == back
        for elsewhere in (
            "https://example.org/",
            "//example.org",
            "/\\example.org",
            f"{start}.example.org",
            f"{start}/../../x",
            "javascript:alert(1)",
        ):
            answer = self.choose(site, me="Owen Williams", next=elsewhere)
            assert answer.location == f"{start}/questions"

    def test_is_remembered_with_the_question_where_that_is_ticked(self, site):
        asked = site.ask(
            "leading-as-peers",
            "introductions",
            me="Owen Williams",
            target="Rob Webster",
            remember="yes",
        )

        assert any("powermap_me=" in cookie for cookie in asked.headers.getlist("Set-Cookie"))


def test_parties_of_a_row_lead_to_their_own_pages(site):
    page = site.get("leading-as-peers", "/gaps").text
    diane = site.id("leading-as-peers", "Diane Whittingham")
    address = re.search(rf'<a href="([^"]+)" data-party="{diane}"', page)[1]

    assert diane in address
    assert site.client.get(unescape(address), headers=HTML).status_code == 200


def test_people_and_bodies_of_one_name_are_no_link(site):
    header = MapHeader(id="twins", title="Twins", purpose="A test.", as_at=date(2010, 3, 1))
    records = [
        Leader(id="t1", name="Sam Jones"),
        Leader(id="t2", name="Sam Jones"),
        Organisation(id="t3", name="Trust", sector="nhs", kind="acute_trust"),
    ]
    site.keep("twins", header, records)

    page = site.ask("twins", "one-page", party="sam jones")

    assert page.status_code == 422
    assert "2 on this map are called “sam jones”" in text_of(page.text)
    assert "party=t1" in page.text and "party=t2" in page.text
