"""The map page as its readers use it: look, hover, find, focus, ask why, go back."""

import pytest

from tests.unit.visual.made_up_maps import HOSTILE_NAMES

pytestmark = pytest.mark.browser

BOXES = """() => [...influenceMap.nodes.keys()].map((id) => {
  const map = influenceMap, scale = map.network.getScale();
  const middle = map.network.canvasToDOM(map.network.getPositions([id])[id]);
  return {id, x: middle.x, y: middle.y, width: map.card().width * scale,
          height: map.card().height * scale, text: map.card().name * scale};
})"""
LEADERS = "leading-as-peers"


def overlaps(boxes):
    return [
        (a["id"], b["id"])
        for place, a in enumerate(boxes)
        for b in boxes[place + 1 :]
        if abs(a["x"] - b["x"]) < a["width"] and abs(a["y"] - b["y"]) < a["height"]
    ]


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768)])
@pytest.mark.parametrize("name", [LEADERS, "peer-challenge", "fifty", "hostile"])
def test_all_names_are_readable_and_none_overlap_at_opening(watched, name, width, height):
    page = watched(width, height).open(name)

    boxes = page.evaluate(BOXES)
    frame = page.locator("#influence-map").bounding_box()
    assert overlaps(boxes) == []
    assert min(box["text"] for box in boxes) >= 12
    for box in boxes:
        assert 0 <= box["x"] - box["width"] / 2
        assert box["x"] + box["width"] / 2 <= frame["width"]
        assert 0 <= box["y"] - box["height"] / 2
        assert box["y"] + box["height"] / 2 <= frame["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_opens_on_the_strongest_broker(watched):
    page = watched().open(LEADERS)

    assert "Rob Webster" in page.locator(".answer").inner_text()
    assert page.evaluate("influenceMap.nodes.get(influenceMap.setting.centre).label") == (
        "Rob Webster"
    )
    assert "as at 1 March 2010" in page.locator(".strip").inner_text()
    assert "Source:" in page.locator(".source").inner_text()


def test_a_click_on_a_person_shows_why_and_escape_goes_back(watched):
    watch = watched()
    page = watch.open(LEADERS)
    broker = page.evaluate("influenceMap.setting.centre")

    page.mouse.click(*watch.at(broker))

    detail = page.locator("[data-map-detail]")
    assert detail.locator("h2").inner_text() == "Rob Webster"
    assert "Why do you say that?" in detail.inner_text()
    assert "HSJ" in detail.inner_text()
    assert not page.locator("[data-map-answer]").is_visible()
    assert "Rob Webster" in page.locator("[data-map-announce]").inner_text()

    page.keyboard.press("Escape")

    assert not detail.is_visible()
    assert page.locator("[data-map-answer]").is_visible()


def test_a_click_on_a_line_shows_the_evidence_of_the_tie(watched):
    watch = watched()
    page = watch.open(LEADERS)
    x, y = page.evaluate(
        """() => {
          const map = influenceMap, broker = map.setting.centre;
          const line = [...map.lines.values()].find(
            (each) => !each.bend && map.setting.lettered.includes(each.id));
          const places = map.network.getPositions([line.from, line.to]);
          const middle = map.network.canvasToDOM({
            x: places[line.from].x * 0.5 + places[line.to].x * 0.5,
            y: places[line.from].y * 0.5 + places[line.to].y * 0.5});
          const box = map.canvas.getBoundingClientRect();
          return [middle.x + box.left, middle.y + box.top];
        }"""
    )

    page.mouse.click(x, y)

    detail = page.locator("[data-map-detail]")
    assert "Rob Webster" in detail.locator("h2").inner_text()
    assert detail.locator(".statement").count() >= 1
    assert "confidence" in detail.inner_text()


def test_hover_dims_the_rest_and_marks_the_row_and_a_name_marks_the_map(watched):
    watch = watched()
    page = watch.open(LEADERS)
    broker = page.evaluate("influenceMap.setting.centre")
    person = page.evaluate(
        "[...influenceMap.nodes.values()].find((node) => node.label === 'Becky Malby').id"
    )

    page.mouse.move(*watch.at(person))

    assert page.locator(f"tr[id='party-{person}'].is-hovered").count() == 1
    assert page.evaluate("[...influenceMap.emphasis().accented]") == [person]
    page.mouse.move(5, 5)
    page.locator(f".answer a[data-party='{broker}']").focus()
    assert page.evaluate("[...influenceMap.emphasis().accented]") == [broker]
    assert page.evaluate("influenceMap.emphasis().letters") is False


def test_find_by_name_and_by_keyboard_alone(watched):
    page = watched().open("peer-challenge")

    page.get_by_label("Find").focus()
    page.keyboard.type("nerys")
    page.keyboard.press("Enter")

    assert page.locator("[data-map-detail] h2").inner_text().startswith("Nerys")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "find"


def test_the_map_moves_and_zooms_by_keys_and_by_buttons(watched):
    page = watched().open(LEADERS)
    scale = page.evaluate("influenceMap.network.getScale()")

    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(400)
    assert page.evaluate("influenceMap.network.getScale()") > scale
    page.get_by_role("button", name="Fit").click()
    before = page.evaluate("influenceMap.network.getViewPosition().x")
    page.locator("#influence-map").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("influenceMap.network.getViewPosition().x") > before


def test_focus_draws_one_person_and_their_ties(watched):
    page = watched().open(LEADERS)
    page.mouse.click(*watched_place(page))
    page.get_by_role("link", name="Draw only these ties").first.click()
    page.wait_for_selector("[data-drawn=true]")

    focus = page.evaluate("influenceMap.setting.centre")
    assert f"focus={focus}" in page.url
    ends = page.evaluate("[...influenceMap.lines.values()].map((line) => [line.from, line.to])")
    assert {focus} | {end for pair in ends for end in pair} >= set(
        page.evaluate("[...influenceMap.nodes.keys()]")
    )


def watched_place(page):
    return page.evaluate(
        """() => {
          const map = influenceMap, id = map.setting.centre;
          const place = map.network.canvasToDOM(map.network.getPositions([id])[id]);
          const box = map.canvas.getBoundingClientRect();
          return [place.x + box.left, place.y + box.top];
        }"""
    )


def test_show_all_draws_a_row_for_every_card_and_line(watched):
    page = watched().open("fifty", "?show=all")

    assert page.locator("#parties tbody tr").count() == page.evaluate("influenceMap.nodes.size")
    assert page.locator("#ties tbody tr").count() == page.evaluate(
        "[...influenceMap.lines.values()].filter((line) => !line.aside).length"
    )


def test_nobody_moves_when_date_layer_or_extent_changes(watched):
    watch = watched()
    places = "influenceMap.network.getPositions()"
    before = watch.open("fifty").evaluate(places)

    for query in ("?show=all", "?layer=tensions", "?on=2009-01-01", ""):
        after = watch.open("fifty", query).evaluate(places)
        shared = before.keys() & after.keys()
        assert shared
        assert {node: after[node] for node in shared} == {node: before[node] for node in shared}


def test_hostile_names_run_nothing_and_are_shown_as_they_are(watched):
    watch = watched()
    page = watch.open("hostile", "?show=all")

    text = page.locator("#parties").inner_text()
    for name in HOSTILE_NAMES:
        assert name in text
    for node in page.evaluate("[...influenceMap.nodes.keys()]"):
        page.mouse.move(*watch.at(node))
        page.mouse.click(*watch.at(node))
    shown = set(page.evaluate("[...influenceMap.nodes.values()].map((node) => node.label)"))
    assert set(HOSTILE_NAMES) <= shown
    assert page.locator("#tables img, .panel img, .panel svg").count() == 0


@pytest.mark.parametrize("name", ["empty", "one"])
def test_a_thin_map_says_what_to_do_next(watched, name):
    page = watched().open(name)

    assert page.locator(".next-step").inner_text()


def test_a_phone_shows_one_person_and_at_most_seven_others(watched):
    watch = watched(320, 640, has_touch=True, is_mobile=True)
    page = watch.open("fifty")

    shown = page.evaluate(
        "[...influenceMap.nodes.keys()].filter("
        "(id) => !influenceMap.network.body.nodes[id].options.hidden)"
    )
    boxes = [box for box in page.evaluate(BOXES) if box["id"] in shown]
    assert 2 <= len(boxes) <= 8
    assert overlaps(boxes) == []
    assert min(box["text"] for box in boxes) >= 12
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

    page.locator("#influence-map").scroll_into_view_if_needed()
    other = next(id for id in shown if id != page.evaluate("influenceMap.setting.centre"))
    page.touchscreen.tap(*watch.at(other))

    assert page.evaluate("influenceMap.chosen().party") == other


def test_the_page_stands_without_script(watched):
    page = watched(java_script_enabled=False).page
    page.goto(watched().site.map(LEADERS))

    assert "Rob Webster" in page.locator(".answer").inner_text()
    assert page.locator("#ties tbody tr").count() > 0
    assert page.get_by_role("button", name="Update").is_visible()
