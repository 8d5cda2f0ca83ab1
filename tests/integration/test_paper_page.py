"""The page of a paper: put together, previewed, saved and made again; and all that is refused."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from base64 import b64decode
from html import unescape

import pytest
from docx import Document
from PIL import Image
from pptx import Presentation
from werkzeug.datastructures import MultiDict

from api.pages.papers.draft import COOKIE, Draft, draft_from_text, item_from_text, item_text
from api.paper.asked import MOST_FIGURES, MOST_QUESTIONS, AskedQuestion
from api.saved import asked
from powermap.access import Role, Viewer
from powermap.errors import InvalidValue

HTML = {"Accept": "text/html"}
HOSTILE = '"><script>alert(1)</script>&amp;\u202e[x](javascript:1)'


class Site:
    """A map, and its pages as a browser uses them: cookies kept, forms sent with their key."""

    def __init__(self, one_map):
        self.map, self.client = one_map, one_map.client
        self.page = f"/maps/{one_map.id}/paper"

    def get(self, path=None):
        answer = self.client.get(path or self.page, headers=HTML)
        assert answer.status_code == 200, answer.text
        return answer.text

    def key(self):
        return re.search(r'name="form_key" value="([^"]+)"', self.get())[1]

    def send(self, do, path=None, **typed):
        sent = [("form_key", self.key()), ("do", do)]
        for name, value in typed.items():
            sent += [(name, one) for one in (value if isinstance(value, list) else [value])]
        return self.client.post(path or self.page, data=MultiDict(sent), headers=HTML)

    def put(self, item, back=""):
        return self.send("", f"{self.page}/items", item=item, back=back)

    def draft(self):
        kept = self.client.get_cookie(COOKIE, path=f"/maps/{self.map.id}")
        return draft_from_text(kept.value) if kept else Draft()


@pytest.fixture
def site(one_map):
    ids = {name: one_map.leader(name) for name in ("Asha Verma", "Ben Okafor", "Cara Lindqvist")}
    one_map.tie(ids["Asha Verma"], ids["Ben Okafor"])
    one_map.tie(ids["Ben Okafor"], ids["Cara Lindqvist"])
    one_map.leaders = ids
    return Site(one_map)


def pictures(page):
    found = re.findall(
        r'<img class="sheet" src="data:image/png;base64,([^"]+)" alt="([^"]+)"', page
    )
    return [(Image.open(io.BytesIO(b64decode(data))), alt) for data, alt in found]


def errors(page):
    """The problems of the summary, each with the field it leads to."""
    summary = page.partition('id="error-summary"')[2].partition("</div>")[0]
    return {
        field: unescape(told) for field, told in re.findall(r'<a href="#([^"]+)">([^<]+)', summary)
    }


class Test_putting_something_in:
    def test_leads_to_the_paper_which_says_so_and_the_way_back(self, site):
        back = f"/maps/{site.map.id}/questions/gaps?kinds=one_way"
        answer = site.put("gaps*?kinds=one_way", back)
        page = site.get(answer.location)

        assert answer.status_code == 303
        assert "Your paper has 1 answer and 0 pictures." in page
        assert f'href="{back}">Back to where you were' in page
        assert site.draft().questions == (
            AskedQuestion(name="gaps", parameters={"kinds": "one_way"}, picture=True),
        )

    def test_from_a_question_page_and_the_map_page(self, site):
        ben = site.map.leaders["Ben Okafor"]
        for path in (f"questions/if-leaves?leader={ben}", "?layer=tensions"):
            page = site.get(f"/maps/{site.map.id}" + ("/" if path[0] != "?" else "") + path)
            (item,) = re.findall(r'name="item" value="([^"]*)"', page)
            site.put(unescape(item))
        page = site.get()

        assert "Person: Ben Okafor" in page
        assert "Tensions between people" in page
        assert site.draft().text() == f"if-leaves*?leader={ben}|figure?layer=tensions"

    @pytest.mark.parametrize(
        ("path", "text", "words"),
        [
            (
                "matrix",
                "figure?shows=matrix&rows=each",
                "Who with whom: relationships between people",
            ),
            (
                "matrix?on=2010-02-01&rows=each",
                "figure?shows=matrix&rows=each&on=2010-02-01",
                "a row for each person",
            ),
            (
                "measures?unit=organisations",
                "figure?unit=organisations&emphasis=views_received&show=top",
                "Relationships between organisations",
            ),
        ],
    )
    def test_from_the_matrix_and_the_measures(self, site, path, text, words):
        body = {"name": "Riverside Trust", "kind": "acute_trust", "sector": "nhs"}
        site.map.post("/organisations", {**body, "sensitivity": "open"})
        (item,) = re.findall(
            r'name="item" value="([^"]*)"', site.get(f"/maps/{site.map.id}/{path}")
        )
        site.put(unescape(item))
        page = site.get()

        assert site.draft().text() == text
        assert words in page

    @pytest.mark.parametrize(
        ("item", "words"),
        [
            ("figure?shows=before_after&before=2009-01-01", "beside 1 January 2009"),
            ("figure?shows=before_after&since=1", "beside revision 1"),
            ("figure?shows=before_after&what_if=leaves:{ben}", "if Ben Okafor left"),
            ("figure?focus={ben}&distance=2", "round Ben Okafor, within 2 steps"),
            ("figure?highlight=path:{asha},{ben}", "the way from Asha Verma to Ben Okafor"),
            ("figure?highlight=gap:{asha},{ben}", "no tie between Asha Verma and Ben Okafor"),
            ("figure?highlight={ben}&names=9", "with Ben Okafor standing out"),
        ],
    )
    def test_a_figure_is_told_in_words(self, site, item, words):
        called = {name.split()[0].lower(): id for name, id in site.map.leaders.items()}
        site.put(item.format(**called))

        assert f"<bdi>{words}</bdi>" in site.get()

    def test_twice_is_once(self, site):
        site.put("gaps?")
        page = site.get(site.put("gaps*?").location)

        assert "It is in your paper already" in page
        assert site.draft().text() == "gaps?"

    @pytest.mark.parametrize(
        "item",
        [
            "",
            "nonsense",
            "figure",
            "gapz?",
            "gaps?strange=1",
            "gaps?on=yesterday",
            "if-leaves?",
            "if-leaves?leader=nobody",
            "figure?layer=nonsense",
            "figure?strange=1",
            "figure?focus=nobody",
            "figure?highlight=nobody",
            "figure?layer=tensions&" + "highlight=x," * 200,
            HOSTILE,
        ],
    )
    def test_what_cannot_be_asked_is_refused(self, site, item):
        if item == "figure":
            item = "figure?names=0"
        answer = site.put(item)

        assert answer.status_code == 422
        assert "item" in answer.text
        assert "<script>alert" not in answer.text
        assert not site.draft()

    def test_more_than_fits_is_said_and_nothing_is_lost(self, site):
        for strength in range(1, 6):
            for layer in ("relationships", "tensions"):
                answer = site.put(f"figure?layer={layer}&strength={strength}")
        page = site.get(answer.location)

        assert "Your paper is full" in page
        assert len(site.draft().figures) == MOST_FIGURES

    @pytest.mark.parametrize(
        "back", ["https://evil.test/", "//evil.test", "/maps/other/x", "/maps/../x", "javascript:1"]
    )
    def test_the_way_back_stays_on_this_map(self, site, back):
        page = site.get(site.put("gaps?", back).location)

        assert "Back to where you were" not in page
        assert "evil" not in page

    def test_needs_the_key_of_the_form(self, site):
        for path in (site.page, f"{site.page}/items"):
            answer = site.client.post(path, data={"item": "gaps?", "do": "usual"}, headers=HTML)
            assert answer.status_code == 403
        assert not site.draft()


class Test_the_draft:
    @pytest.mark.parametrize(
        "kept",
        ["", "|||", "gaps", "nonsense|figure?strange=1", "%00", HOSTILE, "gaps?kinds", "x" * 9000],
    )
    def test_whatever_the_cookie_holds_the_page_is_there(self, site, kept):
        client = site.client.application.test_client(use_cookies=False)
        sent = f"{COOKIE}={kept}".encode().decode("latin-1")
        answer = client.get(site.page, headers={**HTML, "Cookie": sent})

        assert answer.status_code == 200
        assert "Board paper" in answer.text and "<script>alert" not in answer.text

    def test_what_can_be_read_is_kept_and_the_rest_left_out(self):
        draft = draft_from_text("gaps?kinds=one_way|nonsense?|figure?layer=tensions|gaps?on=")

        assert draft.text() == "gaps?kinds=one_way|figure?layer=tensions|gaps?".replace(
            "|figure?layer=tensions|gaps?", "|gaps?|figure?layer=tensions"
        )

    @pytest.mark.parametrize(
        "text", ["gaps?", "gaps*?kinds=one_way%2Cgone_cold", "if-joins?called=A%7CB&tied_to=a%3Bb"]
    )
    def test_an_item_is_read_back_as_it_was_written(self, text):
        assert item_text(item_from_text(text)) == text

    def test_never_holds_more_than_a_paper_may(self):
        parts = [f"gaps?cold_days={days}" for days in range(1, 40)]

        assert len(draft_from_text("|".join(parts)).questions) == MOST_QUESTIONS

    def test_never_grows_beyond_what_a_browser_keeps(self):
        long = [AskedQuestion(name="if-joins", parameters={"called": c * 1000}) for c in "abcd"]

        with pytest.raises(InvalidValue, match="no room"):
            Draft().adding(*long)

    def test_is_that_of_one_map(self, site, client):
        other = client.post(
            "/api/v1/maps", json={"title": "Other", "purpose": "?", "as_at": "2010-03-01"}
        ).json["id"]
        site.put("gaps?")

        assert "Begin with the usual" in site.get(f"/maps/{other}/paper")
        assert site.draft().text() == "gaps?"

    def test_of_somebody_who_has_gone_says_so(self, site):
        cara = site.map.leaders["Cara Lindqvist"]
        site.put(f"one-page?party={cara}")
        site.put(f"figure?focus={cara}")
        for tie in site.map.get("/relationships").json["items"]:
            if cara in (tie["source"], tie["target"]):
                site.map.delete(f"/relationships/{tie['id']}", tie["version"])
        site.map.delete(f"/leaders/{cara}", 1)
        page = site.get()
        answer = site.send("preview")

        assert "nobody and nothing on this map is called" in page
        assert "somebody who is not on the map any more" in page
        assert answer.status_code == 422
        assert "question-1" in errors(answer.text)

    def test_is_moved_ticked_and_emptied_with_all_that_is_typed(self, site):
        site.send("usual")
        first, second, third = (item_text(one) for one in site.draft().questions)
        page = site.send(f"down {first}", title="My title", ceiling="confidential").text
        order = [item_text(one) for one in site.draft().questions]
        site.send(f"up {third}", listed=[first, second, third], picture=[third])
        site.send(f"remove {second}")
        kept = site.draft().text()
        emptied = site.send("empty")

        assert 'value="My title"' in page
        assert re.search(r'value="confidential" checked', page)
        assert order == [second, first, third]
        assert kept == f"{third.replace('?', '*?')}|{first}|figure?"
        assert emptied.status_code == 303
        assert not site.draft()

    @pytest.mark.parametrize("do", ["up nothing", "down x", "remove y", "up", "remove"])
    def test_moving_what_is_not_there_changes_nothing(self, site, do):
        site.put("gaps?")

        assert site.send(do).status_code == 200
        assert site.draft().text() == "gaps?"

    @pytest.mark.parametrize("do", ["nonsense", "save", "save exe", "add", HOSTILE])
    def test_a_button_that_is_none_is_refused(self, site, do):
        site.put("gaps?")
        answer = site.send(do)

        assert answer.status_code == 422
        assert "error-summary" in answer.text and "<script>alert" not in answer.text

    def test_own_saved_questions_can_be_added(self, site):
        saved = {"name": HOSTILE[:40], "question": "gaps", "parameters": {"kinds": "one_way"}}
        assert site.map.post("/saved-questions", saved).status_code in (200, 201)
        page = site.get()
        value = re.search(r'Questions that you saved"><option value="([^"]+)"', page)[1]
        site.send("add", add=unescape(value))

        assert "<script>alert" not in page
        assert site.draft().text() == "gaps?kinds=one_way"


class Test_pictures_to_add:
    def test_the_map_and_the_matrix_are_offered_until_they_are_in(self, site):
        assert all(f'name="do" value="{verb}"' in site.get() for verb in ("map", "matrix"))
        site.send("map")
        site.send("matrix")

        assert [one.text() for one in site.draft().figures] == ["", "shows=matrix"]
        assert 'value="matrix"' not in site.get()

    def test_the_grid_is_offered_where_somebody_is_judged_and_is_drawn(self, site):
        assert 'name="do" value="grid"' not in site.get()
        judged = {"leader": site.map.leader("Dee Ofori"), "assessed_on": "2010-02"}
        values = {**judged, "power": 5, "interest": 4, "sensitivity": "open"}
        assert site.map.post("/assessments", values).status_code == 201

        assert "opinions of people by name" in site.get()
        page = site.send("grid").text
        assert "Power–interest grid" in page
        site.send("add", add="gaps?")
        shown = site.send("preview")
        assert shown.status_code == 200 and len(pictures(shown.text)) > 1


class Test_the_preview:
    def test_shows_every_page_and_none_is_blank(self, site):
        site.send("usual")
        page = site.send("preview", meeting="Partnership Board").text
        shown = pictures(page)

        assert len(shown) > 2
        assert [alt for _, alt in shown] == [
            f"Page {number} of {len(shown)}" for number in range(1, len(shown) + 1)
        ]
        for picture, _ in shown:
            assert min(picture.size) > 700
            assert len(picture.convert("L").getcolors()) > 20, "there is writing on it"
        assert 'value="Partnership Board"' in page

    def test_of_slides_tells_what_the_deck_holds(self, site):
        site.send("usual")
        page = site.send("preview powerpoint", meeting=HOSTILE).text
        told = re.findall(r"<li><bdi>([^<]*)</bdi>(?: <span[^>]*>([^<]*)</span>)?", page)
        answer = site.send("save powerpoint", meeting=HOSTILE)
        deck = Presentation(io.BytesIO(answer.data)).slides
        shown = re.findall(r'src="data:image/png;base64,([^"]+)" alt="The picture on', page)

        assert answer.headers["Content-Disposition"].endswith('.pptx"')
        assert [unescape(title) for title, _ in told[-len(deck) :]] == [
            slide.shapes.title.text_frame.text for slide in deck
        ]
        assert [b64decode(data) for data in shown] == [
            shape.image.blob for slide in deck for shape in slide.shapes if hasattr(shape, "image")
        ]
        assert "as shapes that can be moved" in {holds.split(",")[0] for _, holds in told}

    def test_keeps_nothing_on_record(self, site):
        site.send("usual")
        site.send("preview")
        site.send("preview powerpoint")

        assert site.map.get("/papers").json["items"] == []

    def test_of_nothing_says_what_to_do(self, site):
        answer = site.send("preview")

        assert answer.status_code == 422
        assert errors(answer.text) == {
            "add": "The paper: needs a question to answer: choose one and add it."
        }

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("date", "tomorrow"),
            ("date", "2010-02-30"),
            ("title", "x" * 201),
            ("meeting", "a\x07b"),
            ("item", "7" * 41),
            ("purpose", "fun"),
            ("recommendation", "x" * 4001),
            ("ceiling", "private"),
            ("ceiling", HOSTILE),
            ("marking", "x" * 81),
        ],
    )
    def test_what_is_wrong_is_named_and_all_that_was_typed_stays(self, site, field, value):
        site.put("gaps?")
        typed = {"lead": HOSTILE, "author": "Asha Verma", "recommendation": "Note\nit."}
        answer = site.send("preview", **{**typed, field: value})
        page = unescape(answer.text)

        assert answer.status_code == 422
        assert list(errors(answer.text)) == [field]
        assert not pictures(answer.text)
        assert f'id="{field}-error"' in answer.text
        assert 'value="Asha Verma"' in page and HOSTILE in page
        assert "<script>alert" not in answer.text
        if field not in ("ceiling", "purpose", "meeting"):
            assert value in page

    def test_lines_are_ended_as_a_browser_sends_them(self, site):
        site.put("gaps?")
        answer = site.send("preview", recommendation="Note the gaps.\r\nAgree who goes.")

        assert answer.status_code == 200
        assert ">Note the gaps.\nAgree who goes.</textarea>" in unescape(answer.text)

    def test_a_question_that_cannot_be_answered_is_named(self, site):
        site.put("central?")
        site.put("gaps?kinds=nonsense")
        answer = site.send("preview")

        assert answer.status_code == 422
        assert list(errors(answer.text)) == ["question-2"]
        assert 'id="question-2-error"' in answer.text

    def test_somebody_above_the_ceiling_is_named_with_what_to_do(self, site):
        hidden = {
            level: site.map.leader(f"Hidden {level}", sensitivity=level)
            for level in ("confidential", "private")
        }
        for id in hidden.values():
            site.put(f"one-page?party={id}")
        site.put(f"figure?focus={hidden['confidential']}")
        opened = errors(site.send("preview").text)
        higher = errors(site.send("preview", ceiling="confidential").text)

        assert opened["question-1"] == opened["figure-1"].replace("Figure", "Question")
        assert "Hidden confidential is not among the records" in opened["question-1"]
        assert "or choose “Open and confidential records”" in opened["question-1"]
        assert list(higher) == ["question-2"]
        assert higher["question-2"].endswith(
            "Hidden private is not among the records that this paper may hold: remove it."
        )

    def test_a_view_that_cannot_be_drawn_is_named(self, site):
        site.put("gaps?")
        for number in range(45):
            one, other = (site.map.leader(f"Person {number} {each}") for each in "ab")
            site.map.tie(one, other)
        site.put("figure?show=all")
        answer = site.send("preview")

        assert answer.status_code == 422
        assert list(errors(answer.text)) == ["figure-1"]
        assert 'id="figure-1-error"' in answer.text


class Test_saving:
    def test_as_word_gives_what_the_api_gives_and_puts_it_on_record(self, site):
        site.send("usual")
        typed = {
            "title": "On peers",
            "meeting": "Board",
            "date": "2010-03-18",
            "purpose": "noting",
            "ceiling": "open",
        }
        answer = site.send("save word", **typed)
        document = Document(io.BytesIO(answer.data))
        sheet = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
        (kept,) = site.map.get("/papers").json["items"]
        asked = site.map.get(f"/papers/{kept['id']}").json["asked"]
        same = site.map.post("/papers", asked)

        assert answer.status_code == 200
        assert sheet["Date"] == "18 March 2010" and sheet["Purpose"] == "For noting"
        assert answer.headers["Content-Disposition"] == same.headers["Content-Disposition"]
        assert answer.content_type == same.content_type
        assert text_of(answer.data) == text_of(same.data)
        assert (kept["title"], kept["format"]) == ("On peers", "word")

    def test_writes_the_same_line_to_the_log(self, site):
        lines: list[logging.LogRecord] = []
        log, listener = logging.getLogger("powermap"), logging.Handler()
        listener.emit = lines.append
        level = log.level
        log.addHandler(listener)
        log.setLevel(logging.INFO)
        site.put("gaps?")
        try:
            site.send("save pdf", title="Secret title")
        finally:
            log.removeHandler(listener)
            log.setLevel(level)
        (line,) = [line for line in lines if line.getMessage() == "exported"]

        assert (line.format, line.ceiling, line.map) == ("pdf", "open", site.map.id)
        assert not any("Secret title" in str(vars(line)) for line in lines)

    def test_holds_only_what_the_ceiling_allows(self, site):
        hidden = site.map.leader("CANARY Hidden", sensitivity="confidential")
        site.map.tie(hidden, site.map.leaders["Ben Okafor"], sensitivity="confidential")
        site.send("usual")
        opened, higher = (
            text_of(site.send("save word", ceiling=ceiling).data)
            for ceiling in ("open", "confidential")
        )

        assert "CANARY" not in opened
        assert "CANARY" in higher

    def test_answers_are_worked_out_once_for_preview_and_file_and_anew_when_the_map_moves_on(
        self, site, monkeypatch
    ):
        asked_anew: list[tuple[str, int]] = []

        def counted(shown, name, given, seen):
            asked_anew.append((name, len(shown.relationships)))
            return asked(shown, name, given, seen)

        monkeypatch.setattr("api.paper.answering.asked", counted)
        ids = site.map.leaders
        site.map.tie(ids["Asha Verma"], ids["Cara Lindqvist"], sensitivity="confidential")
        site.put("central?")
        for ceiling in ("open", "confidential"):
            for do in ("preview", "save word", "save pdf"):
                assert site.send(do, ceiling=ceiling).status_code == 200
        site.map.tie(ids["Cara Lindqvist"], ids["Asha Verma"])
        site.send("preview")

        assert asked_anew == [("central", 2), ("central", 3), ("central", 3)]

    def test_a_viewer_of_open_records_gets_no_more_by_asking(self, site, monkeypatch):
        site.map.leader("CANARY Hidden", sensitivity="confidential")
        site.send("usual")
        monkeypatch.setattr("api.guard._caller", lambda: Viewer("Vera", Role.VIEWER))
        answer = site.send("save word", ceiling="confidential")

        assert answer.status_code == 200
        assert "CANARY" not in text_of(answer.data)

    def test_with_a_template_has_its_look(self, site):
        template = Document()
        template.styles["Normal"].font.name = "Comic Neue"
        file = io.BytesIO()
        template.save(file)
        site.put("gaps?")
        answer = site.send("save word", template=(io.BytesIO(file.getvalue()), "ours.docx"))
        refused = site.send("save pdf", template=(io.BytesIO(file.getvalue()), "ours.docx"))

        assert Document(io.BytesIO(answer.data)).styles["Normal"].font.name == "Comic Neue"
        assert list(errors(refused.text)) == ["template"]

    @pytest.mark.parametrize("content", [b"", b"not a document", b"PK\x03\x04broken"])
    def test_a_template_that_is_none_is_refused_and_to_be_chosen_again(self, site, content):
        site.put("gaps?")
        answer = site.send(
            "save word", title="Mine", template=(io.BytesIO(content), "<b>ours</b>.docx")
        )

        assert answer.status_code == 422
        assert list(errors(answer.text)) == ["template"]
        assert "Choose it again" in answer.text and 'value="Mine"' in answer.text
        assert "<b>ours" not in answer.text

    def test_a_template_with_macros_is_refused(self, site):
        file = io.BytesIO()
        Document().save(file)
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr("word/vbaProject.bin", b"x")
        site.put("gaps?")
        answer = site.send("save word", template=(io.BytesIO(file.getvalue()), "ours.docx"))

        assert list(errors(answer.text)) == ["template"]


class Test_papers_made_before:
    @pytest.fixture
    def kept(self, site):
        site.send("usual")
        site.send(
            "save word",
            title=HOSTILE,
            date="2010-03-18",
            recommendation="Note it.",
            ceiling="confidential",
            pseudonyms="true",
            marking="DRAFT",
        )
        site.send("empty")
        (kept,) = site.map.get("/papers").json["items"]
        return f"/maps/{site.map.id}/papers/{kept['id']}"

    def test_are_listed_with_how_far_the_map_has_moved_on(self, site, kept):
        before = site.get()
        site.map.leader("Dora New")
        after = site.get()

        assert f'href="{kept}"' in before and "has not changed since" in before
        assert "moved on by 1 change since" in after
        assert "<script>alert" not in after

    def test_say_what_reads_differently_now(self, site, kept):
        same = site.get(kept)
        cara, asha = (site.map.leaders[name] for name in ("Cara Lindqvist", "Asha Verma"))
        site.map.tie(cara, asha)
        page = site.get(kept)

        assert "has not changed since" in same and "Reads differently" not in same
        assert "moved on by 1 change since" in page
        assert "Reads differently now." in page and "In the paper" in page
        assert not any(name in page.partition("<main")[2] for name in site.map.leaders)
        assert "<script>alert" not in page

    def test_fill_the_form_again(self, site, kept):
        page = site.send("", f"{kept}/again").text
        shown = unescape(page)

        assert f'value="{HOSTILE}"' in shown and "<script>alert" not in page
        assert 'value="2010-03-18"' in page and 'value="DRAFT"' in page and "Note it." in page
        assert re.search(r'value="confidential" checked', page)
        assert re.search(r'name="pseudonyms" value="true" checked', page)
        assert site.draft().text() == "brokers?|central?|gaps?|figure?"

    def test_are_forgotten_when_that_is_asked(self, site, kept):
        answer = site.send("", f"{kept}/forget")

        assert answer.status_code == 303
        assert site.map.get("/papers").json["items"] == []
        assert site.client.get(kept, headers=HTML).status_code == 404

    @pytest.mark.parametrize("way", ["", "/again", "/forget"])
    def test_that_are_not_there_are_not_found(self, site, way):
        path = f"/maps/{site.map.id}/papers/nothing{way}"
        answer = site.send("", path) if way else site.client.get(path, headers=HTML)

        assert answer.status_code == 404

    @pytest.mark.parametrize("way", ["", "/again", "/forget"])
    def test_of_somebody_else_are_not_found(self, site, kept, monkeypatch, way):
        monkeypatch.setattr("api.guard._caller", lambda: Viewer("Vera", Role.OWNER))
        answer = site.send("", kept + way) if way else site.client.get(kept, headers=HTML)

        assert answer.status_code == 404
        assert kept not in site.get()


def text_of(content):
    """All that a Word document says, but for when it was made."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    said = "\n".join([p.text for p in document.paragraphs] + cells)
    return re.sub(r"at \d\d:\d\d UTC", "", said)
