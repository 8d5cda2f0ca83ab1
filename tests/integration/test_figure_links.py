"""The links under a picture lead to the same view as a file, with or without script."""

import re
from html import unescape

from flask import render_template

from api.pages.figure import links_of
from api.view import View
from powermap.vocabulary import Layer


def rendered(app, map_id, view):
    with app.test_request_context(headers={"Host": "localhost"}):
        return render_template("pages/copy_links.html", links=links_of(map_id, view))


def test_every_link_leads_to_a_file_of_that_view(app, one_map):
    asha, ben = one_map.leader("Asha"), one_map.leader("Ben")
    one_map.tie(asha, ben, kind="conflicts")

    page = rendered(app, one_map.id, View(layer=Layer.TENSIONS, focus=asha))

    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', page)]
    assert [re.search(r"format=(\w+)", link)[1] for link in links] == ["svg", "png", "pdf"]
    for link in links:
        answer = one_map.client.get(link)
        assert answer.status_code == 200, answer.json
    assert b"Tensions between people" in one_map.client.get(links[0]).data


def test_nothing_in_the_links_is_inline(app, one_map):
    page = rendered(app, one_map.id, View())

    assert not re.search(r"\son\w+=|style=|<script", page)
    assert "hidden" in page, "without script there is no button that does nothing"


def saved_beside(one_map, question):
    """The links that save the picture of an answer, by what they save."""
    page = one_map.client.get(f"/maps/{one_map.id}/questions/{question}").text
    parts = re.findall(r"<span>Save ([^:<]+):</span>(.*?)</p>", page, re.DOTALL)
    return {
        noun: [unescape(link) for link in re.findall(r'href="([^"]+)"', body)]
        for noun, body in parts
    }


def test_beside_what_would_change_before_and_after_can_be_saved(one_map):
    asha, ben, cara = (one_map.leader(name) for name in ("Asha", "Ben", "Cara"))
    one_map.tie(asha, ben)
    one_map.tie(ben, cara)

    saved = saved_beside(one_map, f"if-leaves?leader={ben}")

    assert len(saved["before and after"]) == len(saved["picture"]) == 3
    drawn = one_map.client.get(saved["before and after"][0])
    assert drawn.status_code == 200, drawn.json
    assert b"Ben is gone" in drawn.data and b"If Ben leaves" in drawn.data
    assert "before and after" not in saved_beside(one_map, "central")


def test_where_open_records_have_no_before_and_after_no_link_offers_one(one_map):
    asha, ben = one_map.leader("Asha"), one_map.leader("Ben", sensitivity="confidential")
    one_map.tie(asha, ben, sensitivity="confidential")
    one_map.tie(ben, asha, sensitivity="confidential")

    assert "before and after" not in saved_beside(one_map, f"if-leaves?leader={ben}")
