"""No figure, paper or file says more than its ceiling allows, in words, numbers, order or place.

Asked of two maps: in one what is hidden stands in the middle of everything, in the other as much
of it stands apart. New kinds of figure, question and file are asked here by themselves.
"""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

import api.paper.making as making
from api.app import create_app
from api.context import EXTENSION
from api.figures.asked import OF_ONE_SORT, Shows, figure_from_text
from api.figures.supposed import WhatIf
from api.journal import _JsonLines
from api.mark import MarkKind
from api.pages.matrix_rows import Rows
from api.paper.asked import AskedQuestion, Ceiling, PaperAsked
from api.paper.making import Maker
from api.paper.writing import Kind
from api.settings import Settings
from api.view import Emphasis, Extent
from graph.findings.questions import QUESTIONS, Takes
from graph.network import GroupBy, Unit
from powermap.vocabulary import Layer
from tests.integration.canaries import (
    ABOVE_CONFIDENTIAL,
    ABOVE_OPEN,
    AVA,
    BEN,
    BOARD,
    CARA,
    COUNCIL,
    DEV,
    FINN,
    MAP,
    OWNER,
    PERSONAL,
    REVISIONS,
    TRUST,
    build,
    found_in,
)

TIMES = re.compile(r"20\d\d-\d\d-\d\dT[\d:+.]+")
OWN_IDS = re.compile(rf"'[\w.-]*{PERSONAL}-(?!value)[\w.-]+'")
"""Of records, in content that no writer has seen yet; identifiers are another thing."""
API = f"/api/v1/maps/{MAP}"
ABOVE = {"open": ABOVE_OPEN, "confidential": ABOVE_CONFIDENTIAL}
MARKED = {
    MarkKind.PEOPLE: f"{AVA},{BEN}",
    MarkKind.PATH: f"path:{AVA},{CARA},{DEV}",
    MarkKind.PAIRS: f"pairs:{AVA},{BEN},{CARA}",
    MarkKind.GAP: f"gap:{FINN},{AVA}",
}
SUPPOSED = {
    WhatIf.LEAVES: AVA,
    WhatIf.ABOLISHED: f"{TRUST},{COUNCIL}",
    WhatIf.MERGED: f"{TRUST},{COUNCIL}",
    WhatIf.TIED: f"{FINN},{AVA}",
    WhatIf.MENDED: f"{BEN},{CARA}",
    WhatIf.JOINS: f"{TRUST},{AVA}",
}
TOLD = {
    "before": ("2009-01-01",),
    "since": tuple(map(str, range(1, REVISIONS + 1))),
    "what_if": tuple(f"{what}:{SUPPOSED[what]}" for what in WhatIf),
    "rows": tuple(rows.value for rows in Rows),
    "opinions": ("true",),
}
"""What each sort of figure can be told beside its view."""
VIEWS = [
    *(f"layer={layer}&unit={unit}" for layer in Layer for unit in Unit),
    *(f"group_by={each}" for each in GroupBy),
    *(f"emphasis={each}" for each in Emphasis),
    *(f"show={each}" for each in Extent),
    *(f"highlight={MARKED[each]}" for each in MarkKind),
    f"focus={AVA}&distance=2",
    f"focus={TRUST}&unit=organisations",
    "strength=3",
    "sector=nhs",
    "kind=foundation_trust",
    "on=2009-12-01",
]
OF_A_SORT = [
    f"shows={shows}&{key}={value}{more}"
    for key, shows in OF_ONE_SORT.items()
    for value in TOLD[key]
    for more in (
        ("",) if key == "opinions" else ("", "&unit=organisations", "&layer=accountabilities")
    )
]
ONE_OF_EACH = ["", *{text.partition("&")[0]: text for text in OF_A_SORT}.values()]
PARAMETERS = {
    "leader": AVA,
    "party": AVA,
    "me": AVA,
    "target": FINN,
    "one": BEN,
    "other": CARA,
    "a": BEN,
    "b": CARA,
    "body": BOARD,
    "organisation": TRUST,
    "successor": COUNCIL,
    "organisations": f"{TRUST};{COUNCIL}",
    "tied_to": f"{AVA};{DEV}",
    "before": "2009-01-01",
    "after": "2010-03-01",
    "from_revision": "2",
}


def asked_of(name, **more):
    needed = {key for key, told in QUESTIONS[name].parameters.items() if told.required}
    return AskedQuestion(
        name=name,
        parameters={**{key: PARAMETERS[key] for key in needed}, **more},
        picture=True,
    )


EVERY_QUESTION = [
    *(asked_of(name) for name in QUESTIONS),
    asked_of("five-factors", one=BEN, other=CARA),
    asked_of("five-factors", group=BOARD),
    asked_of("one-page", party=TRUST),
    asked_of("brokers", leader=AVA),
    asked_of("spread-of-leadership", body=BOARD),
    asked_of("if-abolished", successor=COUNCIL),
    *(
        asked_of(name, from_revision=str(revision))
        for name in ("gaps-since", "what-changed-since")
        for revision in (1, 3, 4, 5)
    ),
    asked_of("what-changed-since", from_revision="2", to_revision="4"),
]
PAPERS = [tuple(EVERY_QUESTION[at : at + 12]) for at in range(0, len(EVERY_QUESTION), 12)]
assert set(OF_ONE_SORT) == set(TOLD) and set(Shows) - set(OF_ONE_SORT.values()) == {Shows.MAP}


class At(datetime):
    """A clock that stands."""

    @classmethod
    def now(cls, tz=None):
        return datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def worlds():
    """What is hidden in the middle; all of it apart; of it only what is private apart."""
    made = []

    def world(**how):
        app = create_app(Settings(store_url="sqlite://", log_level="ERROR"))
        made.append(app.extensions[EXTENSION].store)
        build(made[-1], **how)
        return app.test_client()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "datetime", At)
        yield SimpleNamespace(
            middle=world(apart=False),
            open=world(apart=True),
            confidential=world(apart=True, also_confidential=False),
        )
    for store in made:
        store.close()


def told(answer):
    """An answer without what differs from request to request."""
    own = answer.headers["X-Request-ID"].encode()
    return answer.status_code, answer.data.replace(own, b"")


def same_in_both(worlds, ceiling, address):
    """The answer, which must be the same where what is hidden stands elsewhere."""
    found = worlds.middle.get(address)
    assert told(found) == told(getattr(worlds, ceiling).get(address)), address
    headers = str(found.headers).encode()
    assert not found_in(found.data + headers, ABOVE[ceiling]), address
    return found


@pytest.mark.parametrize("text", [*VIEWS, *OF_A_SORT])
def test_a_figure_of_open_records(worlds, text):
    answer = same_in_both(worlds, "open", f"{API}/figure?{text}")

    assert answer.status_code == 200 or "rows=organisation" in text, answer.text


@pytest.mark.parametrize("text", ONE_OF_EACH)
def test_a_figure_with_confidential_records(worlds, text):
    answer = same_in_both(worlds, "confidential", f"{API}/figure?{text}&ceiling=confidential")

    assert answer.status_code == 200
    if "rows=sector" not in text:
        assert found_in(answer.data, ABOVE_OPEN), "the words looked for are those it would hold"


@pytest.mark.parametrize("format", ["png", "pdf"])
def test_a_figure_as_a_file(worlds, format):
    for text in ONE_OF_EACH:
        same_in_both(worlds, "open", f"{API}/figure?{text}&format={format}")


def paper_of(client, questions, ceiling, pseudonyms):
    store = client.application.extensions[EXTENSION].store
    maker = Maker(
        map_id=MAP,
        viewer=OWNER,
        store=store,
        read=lambda revision: store.read(MAP, OWNER, revision=revision),
    )
    figures = tuple(map(figure_from_text, ONE_OF_EACH))
    return maker.paper(
        PaperAsked(
            questions=questions,
            figures=figures,
            ceiling=Ceiling(ceiling),
            pseudonyms=pseudonyms,
        )
    )


@pytest.mark.parametrize("pseudonyms", [False, True])
@pytest.mark.parametrize("ceiling", list(ABOVE))
@pytest.mark.parametrize("questions", PAPERS)
def test_the_content_of_a_paper(worlds, questions, ceiling, pseudonyms):
    """Every sentence, row, number and picture, before it is written as any sort of file."""
    found, other = (
        paper_of(client, questions, ceiling, pseudonyms)
        for client in (worlds.middle, getattr(worlds, ceiling))
    )

    assert found == other
    hidden = (*ABOVE[ceiling], PERSONAL) if pseudonyms else ABOVE[ceiling]
    assert not found_in(OWN_IDS.sub("", repr(found)).encode(), hidden)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_paper_as_a_file(worlds, kind):
    """What its writer adds: properties, names of parts and shapes, descriptions, the file's own."""
    body = {
        "kind": kind,
        "questions": [{"name": "what-changed-since", "parameters": {"from_revision": "2"}}],
        "figures": ONE_OF_EACH[:2],
        "front_sheet": {"title": "What Openquill Ava can do"},
        "pseudonyms": True,
    }
    named = worlds.middle.post(f"{API}/papers", json={**body, "pseudonyms": False})
    answer, other = (
        client.post(f"{API}/papers", json=body) for client in (worlds.middle, worlds.open)
    )

    assert answer.status_code == 200 and answer.data == other.data
    everything = answer.data, answer.headers["Content-Disposition"].encode()
    assert not [found for each in everything if (found := found_in(each, (*ABOVE_OPEN, PERSONAL)))]
    assert found_in(named.data, [PERSONAL]) and not found_in(named.data, ABOVE_OPEN)


def files():
    """Every file that a page hands out, by the list of addresses that there is."""
    app = create_app(Settings(store_url="sqlite://", log_level="ERROR"))
    for rule in app.url_map.iter_rules():
        if not rule.rule.endswith((".csv", ".txt")):
            continue
        address = rule.rule.replace("<map_id>", MAP)
        if "<name>" in address:
            for each in EVERY_QUESTION:
                query = "&".join(f"{key}={value}" for key, value in each.parameters.items())
                yield address.replace("<name>", each.name) + f"?{query}"
        elif "<table>" in address:
            for table in ("parties", "ties", "accountabilities", "pairs", "organisations"):
                yield address.replace("<table>", table)
        else:
            yield address.replace("<record_id>", TRUST if "organisations/" in address else AVA)


def test_the_files_beside_what_can_be_copied(worlds):
    addresses = list(files())
    for address in addresses:
        answers = [client.get(address) for client in (worlds.middle, worlds.open)]
        assert [answer.status_code for answer in answers] == [200, 200], address
        assert not found_in(answers[0].data, ABOVE_OPEN), address
        without_times = [TIMES.sub("", answer.text) for answer in answers]
        assert without_times[0] == without_times[1], address
    assert len(addresses) > 2 * len(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_naming_who_is_hidden_is_answered_as_naming_nobody(worlds, name):
    parties = [
        key
        for key, told in QUESTIONS[name].parameters.items()
        if told.takes in (Takes.PARTY, Takes.PARTIES)
    ]
    for key in parties:
        answers = []
        for id in ("confquill-kim", "nobody", "confquill-hall"):
            question = asked_of(name, **{key: id})
            wanted = {"name": name, "parameters": dict(question.parameters)}
            body = {"questions": [wanted], "figures": []}
            status, text = told(worlds.middle.post(f"{API}/papers", json=body))
            answers.append((status, text.replace(id.encode(), b"")))
        assert answers[0][0] == 422 and answers == [answers[0]] * 3, key


@pytest.mark.parametrize(
    "query", ["focus={}", "highlight={}", "shows=before_after&what_if=leaves:{}"]
)
def test_a_figure_of_who_is_hidden_is_refused_as_one_of_nobody(worlds, query):
    answers = [
        told(worlds.middle.get(f"{API}/figure?{query.format(id)}"))
        for id in ("confquill-kim", "privquill-kim", "otherquill-kim", "gonequill-kim", "nobody")
    ]

    assert answers[0][0] == 422 and answers == [answers[0]] * 5


def test_papers_on_record_and_the_page_of_a_paper(worlds):
    body = {"questions": [{"name": "what-changed-since", "parameters": {"from_revision": "2"}}]}
    made = worlds.middle.post(f"{API}/papers", json={**body, "figures": []})
    one = worlds.middle.get(made.headers["Location"])
    listed = worlds.middle.get(f"{API}/papers")
    page = worlds.middle.get(f"/maps/{MAP}/papers/{made.headers['Powermap-Paper']}")

    for answer in (one, listed, page):
        assert answer.status_code == 200
        assert not found_in(answer.data, ABOVE_OPEN)


def test_the_log_of_the_service_holds_ids_of_maps_alone(worlds):
    lines = []
    log, listener = logging.getLogger("powermap"), logging.Handler()
    listener.setFormatter(_JsonLines())
    listener.emit = lambda record: lines.append(listener.format(record))
    level = log.level
    log.addHandler(listener)
    log.setLevel(logging.INFO)
    try:
        for id in (AVA, "confquill-kim"):
            worlds.middle.get(f"{API}/figure?focus={id}")
            question = {"name": "if-leaves", "parameters": {"leader": id}}
            front = {"title": "About Openquill Ava"}
            body = {"questions": [question], "figures": [], "front_sheet": front}
            worlds.middle.post(f"{API}/papers", json=body)
    finally:
        log.removeHandler(listener)
        log.setLevel(level)

    assert len(lines) > 4
    assert not found_in("\n".join(lines).encode(), (*ABOVE_OPEN, PERSONAL))
