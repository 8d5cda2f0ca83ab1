"""The pages that keep a map true: tables, forms, conflicts, history, undo."""

import re
from dataclasses import dataclass
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.integration.conftest import HEADER, OneMap

KEY = "k" * 43
HOSTILE = "</title><script>alert(1)</script> \"'<b>"


@dataclass
class Pages:
    """The pages of one map, as a browser with its form key asks for them."""

    one_map: OneMap

    def get(self, path: str) -> TestResponse:
        return self.client.get(self.address + path, headers={"Accept": "text/html"})

    def send(self, path: str, **fields: str | list[str]) -> TestResponse:
        """Send a form; dots in names are written as two underscores."""
        named = {name.replace("__", "."): value for name, value in fields.items()}
        return self.client.post(
            self.address + path, data={"form_key": KEY, **named}, headers={"Accept": "text/html"}
        )

    def saved(self, path: str, **fields: str | list[str]) -> str:
        """Send a form that is right; the record it leads to."""
        answer = self.send(path, **fields)
        assert answer.status_code == 303, errors(answer)
        return answer.location.split("?")[0].rsplit("/", 1)[1]

    @property
    def client(self) -> FlaskClient:
        return self.one_map.client

    @property
    def address(self) -> str:
        return f"/maps/{self.one_map.id}"


@pytest.fixture
def pages(one_map: OneMap) -> Pages:
    one_map.client.set_cookie("powermap_form_key", KEY)
    return Pages(one_map)


def errors(answer: TestResponse) -> list[tuple[str, str]]:
    """The summary of errors: each the field it leads to, and what it says."""
    summary = re.search(r'id="error-summary".*?</ul>', answer.text, re.DOTALL)
    found = (
        re.findall(r'<li>(?:<a href="#([^"]*)">)?(.*?)(?:</a>)?</li>', summary[0])
        if summary
        else []
    )
    return [(field, unescape(said)) for field, said in found]


def value_of(page: TestResponse, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*value="([^"]*)"', page.text)
    assert found, f"no input {name}"
    return unescape(found[1])


# -- adding -------------------------------------------------------------------------------------


def test_each_kind_of_record_is_added_by_its_form(pages):
    body = pages.saved("/organisations/add", name="NHS Riverside", kind="council", sector="nhs")
    other = pages.saved("/organisations/add", name="Riverside", kind="council", sector="nhs")
    asha = pages.saved("/leaders/add", name="Asha", sensitivity="open")
    ben = pages.saved("/leaders/add", name="Ben", sensitivity="open")
    above = pages.saved(
        "/accountabilities/add", holder="ben", to="NHS Riverside", kind="post", title="Chair"
    )
    post = pages.saved(
        "/accountabilities/add",
        holder="Asha",
        to="nhs riverside",
        reports_to="Chair, NHS Riverside (Ben)",
        kind="post",
        title="Chief executive",
        acting="true",
        active_from="2009-05",
        identifiers__0__scheme="ESR",
        identifiers__0__value="17",
    )
    tie = pages.saved(
        "/relationships/add",
        source="Asha",
        target="Ben",
        kind="trusts",
        strength="4",
        factors__altruism="5",
        last_contact="2010",
        sensitivity="open",
        evidence__0__basis="minutes",
        evidence__0__citation="Board, item 6\r\npage 2",
        evidence__0__observed_on="2009-05",
        evidence__0__nature="fact",
        evidence__1__basis="",
        evidence__1__citation="",
        evidence__1__confidence="medium",
    )
    judged = pages.saved("/assessments/add", leader="Asha", power="4", assessed_on="2010-02")
    pages.saved(
        f"/organisations/{body}/edit",
        name="NHS Riverside",
        kind="council",
        sector="nhs",
        succeeded_by__0="Riverside",
        version="1",
    )

    api = pages.one_map
    kept = api.get(f"/relationships/{tie}").json
    assert kept["evidence"] == [
        {
            "basis": "minutes",
            "citation": "Board, item 6\npage 2",
            "observed_on": "2009-05",
            "confidence": "medium",
            "nature": "fact",
        }
    ]
    assert (kept["source"], kept["target"], kept["factors"]) == (asha, ben, {"altruism": 5})
    assert (kept["strength"], kept["last_contact"], kept["sensitivity"]) == (4, "2010", "open")
    held = api.get(f"/accountabilities/{post}").json
    assert (held["holder"], held["to"], held["reports_to"]) == (asha, body, above)
    assert held["acting"] is True and held["active_from"] == "2009-05"
    assert held["identifiers"] == [{"scheme": "ESR", "value": "17"}]
    assert api.get(f"/assessments/{judged}").json["leader"] == asha
    assert api.get(f"/organisations/{body}").json["succeeded_by"] == [other]
    assert held["sensitivity"] == "confidential"


def test_a_form_without_its_key_changes_nothing(pages):
    sent = {"name": "Mallory", "form_key": "x" * 43}

    answer = pages.client.post(f"{pages.address}/leaders/add", data=sent)

    assert answer.status_code == 403
    assert pages.one_map.get("/leaders").json["total"] == 0


def test_a_form_sent_twice_adds_once(pages):
    once = "0" * 32

    first = pages.send("/leaders/add", name="Asha", once=once)
    second = pages.send("/leaders/add", name="Asha", once=once)
    pages.send("/leaders/add", name="Ben", once=once)

    assert first.location == second.location
    assert [each["name"] for each in pages.one_map.get("/leaders").json["items"]] == ["Asha", "Ben"]


def test_all_that_is_wrong_is_said_beside_its_field_and_what_was_typed_is_kept(pages):
    answer = pages.send(
        "/relationships/add",
        source="",
        target="Nobody",
        kind="trusts",
        strength="9",
        last_contact="May 2009",
        factors__altruism="x",
        evidence__3__basis="minutes",
        evidence__3__citation=HOSTILE,
    )

    assert answer.status_code == 422
    said = dict(errors(answer))
    assert said["f-source"] == "Whose view is needed"
    assert "Nobody" in said["f-target"]
    assert said["f-strength"] == "Strength must be a whole number from 1 to 5"
    assert said["f-last_contact"].startswith("Last in contact must be a date such as 2007")
    assert said["f-factors-altruism"].endswith("must be a whole number from 1 to 5")
    assert said["f-evidence-0-nature"] == "Evidence 1: fact or opinion is needed"
    assert len(said) == 6
    assert value_of(answer, "last_contact") == "May 2009"
    assert HOSTILE not in answer.text and HOSTILE in unescape(answer.text)
    for field in said:
        assert f'id="{field}"' in answer.text, field
    assert pages.one_map.get("/relationships").json["total"] == 0


def test_words_of_the_model_are_not_shown_to_people(pages):
    pages.saved("/organisations/add", name="Trust", kind="council", sector="nhs")

    answer = pages.send("/accountabilities/add", to="Trust", kind="post", title="Chair")

    (said,) = errors(answer)
    assert said == (
        "f-holder",
        "Holder is needed, unless “The holder is” is vacant or undisclosed",
    )


def test_a_name_that_means_two_people_offers_both(pages):
    first = pages.saved("/leaders/add", name="Rob Smith")
    second = pages.saved("/leaders/add", name="Rob Smith")
    pages.saved("/leaders/add", name="Asha")
    typed = {"source": "Asha", "target": "Rob Smith", "kind": "trusts"}

    answer = pages.send("/relationships/add", **typed)
    chosen = pages.send("/relationships/add", **typed, do=f"choose target={second}")
    tie = pages.saved("/relationships/add", **{**typed, "target": value_of(chosen, "target")})

    assert answer.status_code == 422
    for offered in (first, second):
        assert f'value="choose target={offered}"' in answer.text
    assert chosen.status_code == 200
    assert pages.one_map.get(f"/relationships/{tie}").json["target"] == second


def test_somebody_who_is_not_there_yet_is_a_link_away(pages):
    pages.saved("/leaders/add", name="Asha")

    answer = pages.send("/relationships/add", source="Asha", target="Zoë & Co", kind="trusts")
    address = unescape(re.search(r'href="([^"]*/organisations/add[^"]*)"', answer.text)[1])
    form = pages.client.get(address)

    assert value_of(form, "name") == "Zoë & Co"
    assert "/leaders/add" in answer.text and answer.text.count("Not on the map yet?") == 1


def test_evidence_is_added_and_removed_without_script(pages):
    asked = pages.send("/leaders/add", name="Asha", do="add evidence")
    typed = {
        "name": "Asha",
        "evidence__0__basis": "survey",
        "evidence__0__citation": "First",
        "evidence__1__basis": "minutes",
        "evidence__1__citation": "Second",
    }
    fewer = pages.send("/leaders/add", **typed, do="remove evidence.0")

    assert asked.status_code == 200 and 'name="evidence.0.citation"' in asked.text
    assert "Second" in fewer.text and "First" not in fewer.text
    assert 'name="evidence.1.basis"' not in fewer.text
    assert pages.one_map.get("/leaders").json["total"] == 0


# -- editing, and two people at once ------------------------------------------------------------


def test_the_form_shows_what_is_recorded_and_saves_it_unchanged(pages):
    asha = pages.saved(
        "/leaders/add",
        name="Asha",
        evidence__0__basis="survey",
        evidence__0__citation="Forms",
        evidence__0__nature="opinion",
    )

    form = pages.get(f"/leaders/{asha}/edit")
    again = pages.send(
        f"/leaders/{asha}/edit",
        name=value_of(form, "name"),
        evidence__0__basis="survey",
        evidence__0__citation="Forms",
        evidence__0__nature="opinion",
        evidence__0__confidence="medium",
        sensitivity="confidential",
        version=value_of(form, "version"),
    )

    assert again.status_code == 303
    assert pages.one_map.get(f"/leaders/{asha}").json["version"] == 1


def test_whom_a_tie_is_about_stays(pages):
    for name in ("Asha", "Ben", "Cy"):
        pages.saved("/leaders/add", name=name)
    tie = pages.saved("/relationships/add", source="Asha", target="Ben", kind="trusts")

    pages.saved(f"/relationships/{tie}/edit", source="Cy", target="Cy", kind="advises", version="1")

    kept = pages.one_map.get(f"/relationships/{tie}").json
    names = {each["id"]: each["name"] for each in pages.one_map.get("/leaders").json["items"]}
    assert (names[kept["source"]], names[kept["target"]]) == ("Asha", "Ben")
    assert kept["kind"] == "advises"


def proof(citation: str, place: int = 0) -> dict[str, str]:
    return {
        f"evidence__{place}__basis": "survey",
        f"evidence__{place}__citation": citation,
        f"evidence__{place}__nature": "fact",
        f"evidence__{place}__confidence": "medium",
    }


def test_the_second_to_save_sees_both_versions_and_loses_nothing(pages):
    body = pages.saved(
        "/organisations/add", name="Trust", kind="council", sector="nhs", active_from="2001"
    )
    theirs = {"name": "Theirs", "kind": "council", "sector": "voluntary", "active_from": "2001"}
    pages.saved(f"/organisations/{body}/edit", **theirs, **proof("Seen by them"), version="1")
    mine = {"name": "Mine", "kind": "university", "sector": "nhs", "active_from": "2001"}

    clash = pages.send(f"/organisations/{body}/edit", **mine, **proof("Seen by me"), version="1")

    assert clash.status_code == 409
    for text in ("Theirs", "Mine", "Trust", "Seen by them", "Seen by me"):
        assert text in clash.text
    assert "From" not in re.findall(r"<legend>(\w+)", clash.text)
    assert pages.one_map.get(f"/organisations/{body}").json["name"] == "Theirs"
    sent = {"base": value_of(clash, "base"), "version": value_of(clash, "version")}
    undecided = pages.send(f"/organisations/{body}/edit", **mine, **proof("Seen by me"), **sent)
    assert undecided.status_code == 422
    assert [field for field, _ in errors(undecided)] == ["choice-name-theirs"]
    chosen = {
        "choice-name": "mine",
        "choice-kind": "mine",
        "choice-sector": "theirs",
        "choice-evidence": "both",
    }
    pages.saved(f"/organisations/{body}/edit", **mine, **proof("Seen by me"), **sent, **chosen)
    kept = pages.one_map.get(f"/organisations/{body}").json
    assert (kept["name"], kept["kind"], kept["sector"]) == ("Mine", "university", "voluntary")
    assert [each["citation"] for each in kept["evidence"]] == ["Seen by them", "Seen by me"]
    assert kept["version"] == 3


def test_a_third_person_meanwhile_is_shown_as_well(pages):
    asha = pages.saved("/leaders/add", name="Asha")
    pages.saved(f"/leaders/{asha}/edit", name="Second", version="1")
    pages.saved(f"/leaders/{asha}/edit", name="Third", version="2")

    answer = pages.send(
        f"/leaders/{asha}/edit", name="Mine", base="1", version="2", **{"choice-name": "mine"}
    )

    assert answer.status_code in (409, 422) and "Third" in answer.text
    assert value_of(answer, "version") == "3"
    assert pages.one_map.get(f"/leaders/{asha}").json["name"] == "Third"


@pytest.mark.parametrize(("all_of", "name"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_all_of_one_side_can_be_kept(pages, all_of, name):
    asha = pages.saved("/leaders/add", name="Asha")
    pages.saved(f"/leaders/{asha}/edit", name="Theirs", version="1")

    pages.saved(f"/leaders/{asha}/edit", name="Mine", base="1", version="2", all=all_of)

    assert pages.one_map.get(f"/leaders/{asha}").json["name"] == name


def test_an_edit_of_what_was_deleted_meanwhile_brings_it_back(pages):
    asha = pages.saved("/leaders/add", name="Asha")
    ben = pages.saved("/leaders/add", name="Ben")
    tie = pages.saved("/relationships/add", source="Asha", target="Ben", kind="trusts")
    pages.send(f"/leaders/{asha}/delete", version="1")

    told = pages.send(f"/leaders/{asha}/edit", name="Asha Verma", version="1")
    pages.saved(f"/leaders/{asha}/edit", name="Asha Verma", version="1", do="restore")

    assert told.status_code == 410 and "Asha Verma" in told.text
    assert pages.one_map.get(f"/leaders/{asha}").json["name"] == "Asha Verma"
    assert pages.one_map.get(f"/relationships/{tie}").json["target"] == ben


def test_a_deleted_record_changed_before_shows_both_once_it_is_back(pages):
    asha = pages.saved("/leaders/add", name="Asha")
    pages.saved(f"/leaders/{asha}/edit", name="Theirs", version="1")
    pages.send(f"/leaders/{asha}/delete", version="2")

    answer = pages.send(f"/leaders/{asha}/edit", name="Mine", version="1", do="restore")

    assert answer.status_code == 409 and "Theirs" in answer.text and "Mine" in answer.text
    assert pages.one_map.get(f"/leaders/{asha}").json["name"] == "Theirs"


# -- deleting, history, undo --------------------------------------------------------------------


def test_deleting_says_first_what_goes_with_it_and_can_be_undone(pages):
    asha = pages.saved("/leaders/add", name="Asha")
    pages.saved("/leaders/add", name="Ben")
    trust = pages.saved("/organisations/add", name="Trust", kind="council", sector="nhs")
    tie = pages.saved("/relationships/add", source="Asha", target="Ben", kind="trusts")
    post = pages.saved("/accountabilities/add", holder="Asha", to="Trust", kind="post", title="CE")

    asked = pages.get(f"/leaders/{asha}/delete")
    done = pages.send(f"/leaders/{asha}/delete", version="1")
    after = pages.client.get(done.location)

    assert "Asha trusts Ben" in asked.text and "CE, Trust" in asked.text
    assert done.status_code == 303
    assert pages.one_map.get(f"/relationships/{tie}").status_code == 410
    assert pages.one_map.get(f"/accountabilities/{post}").json["holder_status"] == "vacant"
    assert (
        "Deleted the person Asha" in after.text and f'action="{pages.address}/undo"' in after.text
    )
    revision = re.search(r"done=(\d+)", done.location)[1]
    confirm = pages.send("/undo", revision=revision)
    assert confirm.status_code == 200 and "Asha trusts Ben" in confirm.text
    assert pages.one_map.get(f"/leaders/{asha}").status_code == 410
    assert pages.send("/undo", revision=revision, confirmed="yes").status_code == 303
    assert pages.one_map.get(f"/relationships/{tie}").status_code == 200
    assert pages.one_map.get(f"/accountabilities/{post}").json["holder"] == asha
    assert trust


@pytest.mark.parametrize(
    ("table", "typed", "field", "better"),
    [
        ("leaders", {"name": "Asha Verma"}, "name", "Asha K. Verma"),
        (
            "organisations",
            {"name": "Council", "kind": "council", "sector": "nhs"},
            "sector",
            "local_government",
        ),
        (
            "accountabilities",
            {"holder": "Ben", "to": "Trust", "kind": "post", "title": "Chair"},
            "active_from",
            "2009-05",
        ),
        ("relationships", {"source": "Ben", "target": "Cy", "kind": "trusts"}, "strength", "4"),
        ("assessments", {"leader": "Ben", "power": "2", "assessed_on": "2010"}, "power", "5"),
    ],
)
def test_any_record_is_added_edited_deleted_brought_back_and_restored(
    pages, table, typed, field, better
):
    for name in ("Ben", "Cy"):
        pages.saved("/leaders/add", name=name)
    pages.saved("/organisations/add", name="Trust", kind="care_trust", sector="nhs")
    record = pages.saved(f"/{table}/add", **typed)
    place = f"/{table}/{record}"

    def kept() -> object:
        answer = pages.one_map.get(place)
        return str(answer.json.get(field, "")) if answer.status_code == 200 else answer.status_code

    added = kept()
    pages.saved(f"{place}/edit", **{**typed, field: better}, version="1")
    edited = kept()
    pages.send(f"{place}/delete", version="2")
    deleted = kept()
    back = value_of(pages.get(f"{place}/restore"), "version")
    pages.saved(f"{place}/restore", version=back)
    brought_back = kept()
    now = value_of(pages.get(f"{place}/restore?as=1"), "version")
    pages.saved(f"{place}/restore?as=1", version=now)

    assert added == typed.get(field, "")
    assert edited == brought_back == better
    assert deleted == 410
    assert kept() == added
    told = re.findall(r"<h2>(\w+(?: back)?)", pages.get(f"{place}/history").text)
    assert told == ["Changed", "Brought back", "Deleted", "Changed", "Added"]


def test_the_maps_own_description_is_restored(pages):
    pages.send("/about/edit", title="Other", purpose="x", as_at="2011-01-01", version="1")

    asked = pages.get("/about/restore?as=1")
    pages.send("/about/restore?as=1", version=value_of(asked, "version"))

    assert HEADER["title"] in asked.text and "1 January 2011" in asked.text
    assert pages.client.get(f"/api/v1/maps/{pages.one_map.id}").json["as_at"] == HEADER["as_at"]


@pytest.mark.parametrize(
    "wish",
    ["add name", "add", "remove evidence.7", "remove name.0", "choose name=x", "choose source.1=x"]
    + ["choose evidence.0=x", "choose succeeded_by.0=x", "remove evidence." + "9" * 5000],
)
def test_a_button_that_no_form_of_ours_has_changes_nothing(pages, wish):
    answer = pages.send("/organisations/add", do=wish, evidence__0__citation="Kept")

    assert answer.status_code in (200, 422) and "Kept" in answer.text
    assert pages.one_map.get("/organisations").json["total"] == 0


def test_deleting_what_somebody_just_changed_asks_again(pages):
    asha = pages.saved("/leaders/add", name="Asha")
    pages.saved(f"/leaders/{asha}/edit", name="Asha Verma", version="1")

    answer = pages.send(f"/leaders/{asha}/delete", version="1")

    assert answer.status_code == 409 and "Asha Verma" in answer.text
    assert pages.one_map.get(f"/leaders/{asha}").status_code == 200


def test_a_deleted_record_says_so_and_is_brought_back(pages):
    asha = pages.saved("/leaders/add", name="Asha")
    pages.send(f"/leaders/{asha}/delete", version="1")

    page = pages.get(f"/leaders/{asha}")
    history = pages.get(f"/leaders/{asha}/history")
    version = value_of(pages.get(f"/leaders/{asha}/restore"), "version")
    pages.saved(f"/leaders/{asha}/restore", version=version)

    assert page.status_code == 410 and f"/leaders/{asha}/restore" in page.text
    assert "It has been deleted" in history.text
    assert pages.one_map.get(f"/leaders/{asha}").json["name"] == "Asha"


def test_a_wrong_date_is_corrected_and_the_earlier_version_restored(pages):
    trust = pages.saved(
        "/organisations/add", name="Trust", kind="council", sector="nhs", active_from="2009-05"
    )
    pages.saved(
        f"/organisations/{trust}/edit",
        name="Trust",
        kind="council",
        sector="nhs",
        active_from="2007",
        version="1",
    )

    history = pages.get(f"/organisations/{trust}/history")
    asked = pages.get(f"/organisations/{trust}/restore?as=1")
    pages.saved(f"/organisations/{trust}/restore?as=1", version=value_of(asked, "version"))

    assert "May 2009" in history.text and "2007" in history.text
    assert "May 2009" in asked.text
    assert pages.one_map.get(f"/organisations/{trust}").json["active_from"] == "2009-05"
    assert pages.one_map.get(f"/organisations/{trust}").json["version"] == 3


def test_restoring_what_names_somebody_gone_says_why_not(pages):
    asha = pages.saved("/leaders/add", name="Asha")
    pages.saved("/leaders/add", name="Ben")
    tie = pages.saved("/relationships/add", source="Asha", target="Ben", kind="trusts")
    pages.send(f"/leaders/{asha}/delete", version="1")

    answer = pages.get(f"/relationships/{tie}/restore")

    assert answer.status_code == 409
    assert "cannot be brought back" in answer.text


def test_undo_is_refused_where_later_changes_stand_on_it(pages):
    asha = pages.saved("/leaders/add", name="Asha")
    revision = str(pages.one_map.get().headers["Powermap-Revision"])
    pages.saved(f"/leaders/{asha}/edit", name="Asha Verma", version="1")

    answer = pages.send("/undo", revision=revision, confirmed="yes")

    assert answer.status_code == 409 and "Asha Verma" in answer.text
    assert pages.one_map.get(f"/leaders/{asha}").json["name"] == "Asha Verma"


def test_undo_by_a_form_of_another_site_is_refused(pages):
    asha = pages.saved("/leaders/add", name="Asha")

    answer = pages.client.post(f"{pages.address}/undo", data={"revision": "2", "confirmed": "yes"})

    assert answer.status_code == 403
    assert pages.one_map.get(f"/leaders/{asha}").status_code == 200


def test_the_log_is_paged_backwards(pages):
    for number in range(30):
        pages.saved("/leaders/add", name=f"Person {number:02}")

    latest = pages.get("/changes")
    earlier = pages.get(
        unescape(re.search(r'rel="next" href="[^"]*(/changes\?[^"]*)"', latest.text)[1])
    )

    assert "Added the person Person 29" in latest.text
    assert "Person 04" not in latest.text and "Person 05" in latest.text
    assert "Added the person Person 04" in earlier.text and "Person 05" not in earlier.text
    assert "Undo this change" in latest.text and "Undo this change" not in earlier.text


def test_the_map_itself_is_described_by_the_same_form(pages):
    form = pages.get("/about/edit")
    answer = pages.send(
        "/about/edit",
        title="Riverside now",
        purpose="What next?\r\nWho?",
        as_at="2011-01-01",
        version=value_of(form, "version"),
    )
    wrong = pages.send("/about/edit", title="", purpose="x", as_at="2011", version="2")

    header = pages.client.get(f"/api/v1/maps/{pages.one_map.id}").json
    assert value_of(form, "title") == HEADER["title"]
    assert answer.status_code == 303
    assert (header["title"], header["purpose"]) == ("Riverside now", "What next?\nWho?")
    assert [field for field, _ in errors(wrong)] == ["f-title", "f-as_at"]
    assert "Riverside" in pages.get("/about/history").text


# -- tables and briefs --------------------------------------------------------------------------


def names(answer: TestResponse) -> list[str]:
    return [
        unescape(name)
        for name in re.findall(r"<th scope=row[^>]*>.*?<bdi>(.*?)</bdi>", answer.text)
    ]


def test_tables_are_sorted_filtered_and_paged(pages):
    for number in range(60):
        pages.one_map.leader(f"Person {number:02}")
    pages.saved("/organisations/add", name="B", kind="council", sector="nhs", active_to="2009")
    pages.saved(
        "/organisations/add", name="A", kind="university", sector="education", active_from="2010-05"
    )

    first, last = pages.get("/leaders"), pages.get("/leaders?sort=-name&page=2")

    assert names(first) == [f"Person {n:02}" for n in range(50)]
    assert names(last) == [f"Person {n:02}" for n in reversed(range(10))]
    assert "51–60 of 60" in last.text and 'aria-sort="descending"' in last.text
    assert names(pages.get("/leaders?q=person+07")) == ["Person 07"]
    assert names(pages.get("/organisations?sector=nhs")) == ["B"]
    assert names(pages.get("/organisations?kind=university")) == ["A"]
    assert names(pages.get("/organisations?sort=-sector")) == ["B", "A"]
    on = pages.get("/organisations?on=2010-05-10")
    assert names(on) == ["A"] and "may have been held" in on.text
    assert "0 organisations on 10 May 2010, and 1 that may have been held" in on.text


def test_what_is_not_known_is_sorted_last_either_way(pages):
    asha, ben = pages.one_map.leader("Asha"), pages.one_map.leader("Ben")
    pages.one_map.tie(asha, ben, strength=2)
    pages.one_map.tie(ben, asha)
    pages.one_map.tie(asha, ben, strength=5, kind="advises")

    up, down = (pages.get(f"/relationships?sort={sort}") for sort in ("strength", "-strength"))

    assert names(up) == ["Asha trusts Ben", "Asha advises Ben", "Ben trusts Asha"]
    assert names(down) == ["Asha advises Ben", "Asha trusts Ben", "Ben trusts Asha"]


def test_a_query_that_is_wrong_says_so_and_shows_the_table(pages):
    pages.one_map.leader("Asha")

    answer = pages.get("/leaders?on=soon&sort=shoe&page=0&sensitivity=secret")

    assert answer.status_code == 422
    assert {field for field, _ in errors(answer)} == {
        "filter-on",
        "filter-sort",
        "filter-page",
        "filter-sensitivity",
    }
    assert names(answer) == ["Asha"]


def test_a_quick_tie_is_saved_and_the_next_can_begin(pages):
    asha = pages.one_map.leader("Asha")
    pages.one_map.leader("Ben")
    sent = {
        "source": "Asha",
        "target": "ben",
        "kind": "trusts",
        "sensitivity": "open",
        "evidence__0__confidence": "medium",
    }

    from_table = pages.send("/relationships/quick", **sent, at="")
    from_page = pages.send("/relationships/quick", **{**sent, "kind": "advises"}, at=asha)
    wrong = pages.send("/relationships/quick", **{**sent, "target": "Benn"}, at=asha)

    assert "/relationships?" in from_table.location and "next=tie" in from_table.location
    assert f"/leaders/{asha}?" in from_page.location
    assert re.search(r'name="source"[^>]*autofocus', pages.client.get(from_table.location).text)
    assert re.search(r'name="target"[^>]*autofocus', pages.client.get(from_page.location).text)
    assert wrong.status_code == 422 and value_of(wrong, "target") == "Benn"
    assert [field for field, _ in errors(wrong)] == ["f-target"]
    assert "choose target=" in wrong.text
    ties = pages.one_map.get("/relationships").json["items"]
    assert [tie.get("evidence", []) for tie in ties] == [[], []]


def test_the_brief_of_a_body_that_was_not_there_leads_to_a_day_when_it_was(pages):
    gone = pages.saved(
        "/organisations/add",
        name="Old",
        kind="council",
        sector="nhs",
        active_from="2001",
        active_to="2006",
    )

    now, then = (
        pages.get(f"/organisations/{gone}"),
        pages.get(f"/organisations/{gone}?on=2005-01-01"),
    )

    assert now.status_code == 200 and "Not there on 1 March 2010" in now.text
    assert "?on=2006-01-01" in now.text
    assert then.status_code == 200 and "Not there" not in then.text


def test_every_page_of_a_hostile_map_shows_the_text_as_written(pages):
    asha = pages.saved("/leaders/add", name=HOSTILE)
    ben = pages.saved("/leaders/add", name="Ben")
    tie = pages.saved(
        "/relationships/add", source=HOSTILE, target="Ben", kind="trusts", **proof(HOSTILE)
    )
    post = pages.saved("/organisations/add", name=HOSTILE + "2", kind="council", sector="nhs")
    job = pages.saved(
        "/accountabilities/add",
        holder=HOSTILE,
        to=HOSTILE + "2",
        kind="post",
        title=HOSTILE,
        scope=HOSTILE,
    )
    paths = ["/leaders", "/organisations", "/accountabilities", "/relationships", "/changes"]
    for place in (
        f"/leaders/{asha}",
        f"/relationships/{tie}",
        f"/organisations/{post}",
        f"/accountabilities/{job}",
    ):
        paths += [
            place,
            f"{place}/edit",
            f"{place}/delete",
            f"{place}/history",
            f"{place}/restore?as=1",
        ]

    for path in paths:
        page = pages.get(path)
        assert page.status_code == 200, path
        assert "<script>alert" not in page.text and HOSTILE in unescape(page.text), path
    assert ben


def test_unknown_records_and_records_of_another_kind_are_not_found(pages):
    asha = pages.one_map.leader("Asha")

    for path in (
        "/leaders/nobody",
        f"/organisations/{asha}",
        f"/organisations/{asha}/edit",
        f"/relationships/{asha}/history",
        f"/leaders/{asha}/restore?as=7",
    ):
        assert pages.get(path).status_code == 404, path


def test_names_are_looked_up_while_one_types(pages):
    pages.one_map.leader("Asha Verma")
    pages.one_map.leader("Ben")

    answer = pages.get("/names?kinds=organisations-leaders&q=VER")

    assert answer.json == ["Asha Verma"]
