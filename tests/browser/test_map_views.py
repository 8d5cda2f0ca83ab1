"""Views of the map: filters, highlights, arranging by hand, the link, and a map of 2,000."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

LEADERS = "leading-as-peers"
PLACES = "influenceMap.network.getPositions()"


def redrawn(page, act):
    """Do something that loads the map again, and wait until it is drawn."""
    with page.expect_navigation():
        act()
    page.wait_for_selector("[data-drawn=true]")


def shared(before, after):
    both = before.keys() & after.keys()
    assert both
    return {id: before[id] for id in both}, {id: after[id] for id in both}


def named(page, name):
    return page.evaluate(
        "(name) => [...influenceMap.nodes.values()].find((node) => node.label === name).id", name
    )


def test_the_first_gap_is_shown_over_the_same_places(watched):
    page = watched().open(LEADERS)
    before = page.evaluate(PLACES)

    link = page.locator(".matter", has_text="The first gap").get_by_text("Show on the map")
    redrawn(page, link.click)

    gap = page.evaluate("influenceMap.setting.gap")
    labels = page.evaluate(
        "(gap) => [gap.from, gap.to].map((id) => influenceMap.nodes.get(id).label)", gap
    )
    assert set(labels) == {"Diane Whittingham", "Steven Michael"}
    assert page.evaluate(PLACES) == before
    assert "no tie between the two is recorded" in page.locator(".panel").inner_text()


def test_a_path_is_numbered_on_the_map_and_beside_it(watched):
    watch = watched()
    page = watch.open(LEADERS)
    way = [named(page, name) for name in ("Becky Malby", "Rob Webster", "Steven Michael")]

    watch.open(LEADERS, "?highlight=path:" + ",".join(way))

    written = "[...influenceMap.lines.values()].map((line) => line.letters).filter(Boolean)"
    assert sorted(page.evaluate(written)) == ["1", "2"]
    assert page.locator(".panel .letter").all_inner_texts()[:2] == ["1", "2"]


def test_a_filter_hides_and_moves_nobody_and_is_cleared(watched):
    page = watched().open("peer-challenge")
    before = page.evaluate(PLACES)

    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Local government").check()
    page.get_by_label("Strength of ties").select_option("3")
    redrawn(page, page.get_by_role("button", name="Apply the filters").click)

    assert "sector=local_government" in page.url
    codes = page.evaluate(
        "[...new Set([...influenceMap.nodes.values()].flatMap((node) => node.codes))]"
    )
    assert "LG" in codes
    ones, others = shared(before, page.evaluate(PLACES))
    assert ones == others
    assert "only Local government" in page.locator(".strip").inner_text()
    redrawn(page, page.get_by_role("link", name="Clear the filters").click)
    assert page.evaluate(PLACES).keys() >= before.keys()


def test_somebody_is_dragged_and_the_arrangement_is_kept_in_the_link(watched):
    watch = watched()
    page = watch.open("fifty")
    before = page.evaluate(PLACES)
    someone = page.evaluate("influenceMap.setting.centre")
    x, y = watch.at(someone)

    page.get_by_text("Arrange", exact=True).click()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 15, steps=4)
    page.mouse.up()
    assert "1 moved" in page.locator("[data-arrange-told]").inner_text()
    redrawn(page, page.get_by_role("button", name="Keep this arrangement").click)

    after = page.evaluate(PLACES)
    assert after[someone] != before[someone]
    assert {id: after[id] for id in before if id != someone} == {
        id: before[id] for id in before if id != someone
    }
    assert "opens like this from now on" in page.locator(".map-notices").inner_text()
    link = page.locator("#permalink").input_value()
    assert "arrangement=" in link
    page.goto(link)
    page.wait_for_selector("[data-drawn=true]")
    assert page.evaluate(PLACES) == after
    page.get_by_text("Arrange", exact=True).click()
    redrawn(page, page.get_by_role("button", name="Arrange anew").click)
    assert page.evaluate(PLACES) == before


def test_somebody_is_moved_by_keys_alone_and_put_back(watched):
    page = watched().open(LEADERS)
    someone = named(page, "Becky Malby")
    before = page.evaluate(PLACES)[someone]

    page.get_by_text("Arrange", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Find").fill("Becky Malby")
    page.locator("#influence-map").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    moved = page.evaluate(PLACES)[someone]
    page.get_by_role("button", name="Left", exact=True).click()

    assert moved == {"x": before["x"] + 20, "y": before["y"] + 20}
    assert page.evaluate(PLACES)[someone]["x"] == before["x"]
    page.get_by_role("button", name="Put back").click()
    assert page.evaluate(PLACES)[someone] == before


def test_the_link_to_a_view_shows_the_view(watched):
    page = watched().open("fifty", "?layer=tensions&emphasis=pagerank&show=all&sector=nhs")

    link = page.locator("#permalink").input_value()

    assert link == page.url


def test_a_wrong_view_is_said_over_the_map_with_links_to_the_fields(watched):
    watch = watched()
    page = watch.open("fifty", "?emphasis=fame&on=yesterday&unit=organisations")

    summary = page.locator("#error-summary")
    assert summary.locator("a").evaluate_all("all => all.map((a) => a.hash)") == [
        "#emphasis",
        "#on",
    ]
    assert page.get_by_label("between").input_value() == "organisations"
    assert [each for each in watch.complaints if "422" not in each] == []
    watch.complaints.clear()


def test_a_map_too_large_to_read_says_how_to_narrow_it(watched):
    page = watched().open("five-hundred")

    strip = page.locator(".strip")
    assert "of 500 people drawn" in strip.inner_text()
    redrawn(page, strip.get_by_text("the top 40").click)

    assert page.evaluate("influenceMap.nodes.size") == 40
    redrawn(page, page.get_by_text("organisations instead").click)
    assert page.evaluate("[...influenceMap.nodes.values()].every((node) => !node.person)")


def test_a_crowd_is_drawn_moved_and_found(watched):
    page = watched().open("five-hundred", "?show=all")

    assert page.evaluate("influenceMap.nodes.size") == 500
    assert page.locator("#parties tbody tr").count() == 100
    name = page.evaluate("[...influenceMap.nodes.values()].at(-1).label")
    page.get_by_label("Find").fill(name)
    assert page.locator("[data-map-detail] h2").inner_text() == name
    assert page.locator("[data-map-detail]").get_by_text("Draw only these ties").is_visible()


def test_without_script_the_tables_stand_in_place_of_the_map(watched):
    watch = watched(java_script_enabled=False)
    watch.page.goto(watch.site.map(LEADERS))

    assert not watch.page.locator("#influence-map").is_visible()
    assert watch.page.locator("#ties").is_visible()
    assert not watch.page.get_by_role("button", name="Keep this arrangement").is_visible()


@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize("name", [LEADERS, "hostile"])
def test_axe_finds_nothing_where_the_menus_are_open(watched, name, width):
    page = watched(width, 900).open(name, "?show=all")

    for menu in ("Filter", "Emphasis", "Arrange", "Link"):
        page.locator("summary", has_text=menu).first.click()
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:160]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
