"""The map file: what is written is read again, and what is wrong is named by its place."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.exchange.map_file import read_map_file, write_map_file
from powermap.errors import InvalidValue, PowerMapError
from powermap.model import PowerMap
from tests.unit.made_maps import AS_AT, body, leader, made_map, post, tie

HEADER = {"title": "T", "purpose": "P", "as_at": "2010-03-01"}


def reread(text: str) -> PowerMap:
    incoming = read_map_file(text.encode())
    return made_map(*incoming.records)


names = st.text(
    alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=30
).filter(lambda text: any(c.isalnum() for c in text))


@given(st.lists(names, min_size=2, max_size=6), st.data())
@settings(max_examples=60, deadline=None)
def test_any_map_comes_back_as_it_was(given_names, drawn):
    people = [leader(f"l{place}") for place in range(len(given_names))]
    people = [type(p)(id=p.id, name=name) for p, name in zip(people, given_names, strict=True)]
    ids = [person.id for person in people]
    ends = st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True)
    ties = [
        tie(*drawn.draw(ends), id=f"t{place}", strength=drawn.draw(st.integers(1, 5)))
        for place in range(4)
    ]
    first = write_map_file(made_map(*people, body("Trust"), post("p", ids[0], "Trust"), *ties))

    assert write_map_file(reread(first)) == first


def test_equal_names_get_keys_of_their_own():
    twins = [leader("Asha"), type(leader("x"))(id="other", name="Asha")]
    document = json.loads(write_map_file(made_map(*twins, tie("Asha", "other"))))

    assert [row["key"] for row in document["leaders"]] == ["asha", "asha-2"]
    assert {document["relationships"][0][end] for end in ("source", "target")} == {
        "asha",
        "asha-2",
    }


def test_says_nothing_that_is_not_known():
    document = json.loads(write_map_file(made_map(leader("Asha"))))

    assert document["map"]["as_at"] == AS_AT.isoformat()
    assert document["leaders"] == [{"key": "asha", "name": "Asha", "sensitivity": "confidential"}]


@pytest.mark.parametrize(
    ("changes", "path", "said"),
    [
        ({"powermap": 2}, ("powermap",), "must be 1"),
        ({"map": None}, ("map",), "is needed"),
        ({"extra": []}, ("extra",), "not a part"),
        ({"leaders": {}}, ("leaders",), "must be a list"),
        ({"leaders": [3]}, ("leaders", 0), "must be a JSON object"),
        ({"leaders": [{"name": "A"}]}, ("leaders", 0, "key"), "is needed"),
        ({"leaders": [{"key": "a"}]}, ("leaders", 0, "name"), "is needed"),
        (
            {"leaders": [{"key": "a", "name": "A"}, {"key": "a", "name": "B"}]},
            ("leaders", 1, "key"),
            "stands for another",
        ),
        (
            {"relationships": [{"source": "x", "target": "y", "kind": "trusts"}]},
            ("relationships", 0, "source"),
            "no record with the key 'x'",
        ),
    ],
)
def test_a_fault_is_named_by_its_place(changes, path, said):
    document = {"powermap": 1, "map": HEADER, **changes}

    with pytest.raises(InvalidValue) as caught:
        read_map_file(json.dumps(document).encode())

    assert any(p.path == path and said in p.message for p in caught.value.problems)


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused_in_words(content):
    try:
        read_map_file(content)
    except PowerMapError as error:
        assert str(error)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    ["key", "name", "source", "kind", "evidence", "to", "holder", "sensitivity"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    ),
    st.sampled_from(
        ["organisations", "leaders", "accountabilities", "relationships", "assessments", "map"]
    ),
)
@settings(max_examples=300, deadline=None)
def test_any_values_are_read_or_refused_in_words(value, section):
    document = {"powermap": 1, "map": HEADER, section: [value] if section != "map" else value}
    try:
        read_map_file(json.dumps(document).encode())
    except PowerMapError as error:
        assert str(error)
