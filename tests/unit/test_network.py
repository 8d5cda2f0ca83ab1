"""From a map to the network that is measured."""

from datetime import date

from graph.network import GroupBy, Unit, network
from powermap.dates import PartialDate
from powermap.vocabulary import Layer
from tests.unit.made_maps import body, leader, made_map, post, tie

PEOPLE = [leader(name) for name in ("Asha", "Ben", "Carys", "Dele")]


def test_only_ties_of_the_layer_between_leaders_count():
    power_map = made_map(
        *PEOPLE,
        body("Trust"),
        tie("Asha", "Ben", "trusts"),
        tie("Ben", "Carys", "competes"),
        tie("Carys", "Dele", "introduced"),
        tie("Asha", "Trust", "supports"),
    )

    relationships = network(power_map)
    tensions = network(power_map, layer=Layer.TENSIONS)

    assert list(relationships.graph.edges) == [("Asha", "Ben")]
    assert list(tensions.graph.edges) == [("Ben", "Carys")]
    assert set(relationships.graph) == {"Asha", "Ben", "Carys", "Dele"}, "isolates stay"
    assert relationships.beside == 1


def test_parallel_ties_count_once_at_their_strongest_and_are_counted():
    power_map = made_map(
        *PEOPLE,
        tie("Asha", "Ben", "trusts", strength=2),
        tie("Asha", "Ben", "advises", strength=4),
        tie("Asha", "Ben", "supports"),
        tie("Ben", "Asha", "trusts"),
    )

    net = network(power_map)

    assert net.graph.number_of_edges() == 2
    assert net.graph.edges["Asha", "Ben"]["weight"] == 4
    assert len(net.graph.edges["Asha", "Ben"]["ties"]) == 3
    assert "weight" not in net.graph.edges["Ben", "Asha"]
    assert (net.merged, net.without_strength) == (2, 1)


def test_what_may_be_held_counts_and_is_counted():
    power_map = made_map(
        *PEOPLE,
        tie("Asha", "Ben", active_to=PartialDate("2009")),
        tie("Ben", "Carys", active_from=PartialDate("2010-03")),
        tie("Carys", "Dele"),
    )

    net = network(power_map, on=date(2010, 3, 10))

    assert set(net.graph.edges) == {("Ben", "Carys"), ("Carys", "Dele")}
    assert net.doubtful == 1


def test_between_bodies_each_end_is_lifted_to_every_body_with_a_post():
    power_map = made_map(
        *PEOPLE,
        body("Trust"),
        body("Council", "local_government"),
        body("Board", kind="health_and_wellbeing_board"),
        post("p1", "Asha", "Trust"),
        post("p2", "Asha", "Council"),
        post("p3", "Ben", "Trust"),
        post("p4", "Carys", "Board", kind="chair"),
        tie("Asha", "Ben"),
        tie("Ben", "Carys"),
        tie("Carys", "Dele"),
        tie("Trust", "Board"),
    )

    net = network(power_map, unit=Unit.ORGANISATIONS)

    assert set(net.graph.edges) == {("Council", "Trust"), ("Trust", "Board")}
    assert net.inside == 1, "Asha and Ben are both of the trust"
    assert net.merged == 1, "Ben's tie to Carys and the trust's own to the board"
    assert net.unplaced == 1, "Dele holds no place"


def test_a_group_is_the_sector_of_the_highest_post():
    power_map = made_map(
        *PEOPLE,
        body("Trust"),
        body("Council", "local_government"),
        post("low", "Asha", "Trust", "director"),
        post("high", "Asha", "Council", "chief_officer"),
        post("later", "Ben", "Council", "director", active_from=PartialDate("2009")),
        post("earlier", "Ben", "Trust", "director", active_from=PartialDate("2005")),
        post("seat", "Carys", "Council", "elected_member", kind="board_member"),
    )

    net = network(power_map)
    by_body = network(power_map, group_by=GroupBy.ORGANISATION)

    assert net.groups == {"Asha": "local_government", "Ben": "nhs", "Carys": "local_government"}
    assert net.other_groups == {"Asha": ("nhs",), "Ben": ("local_government",)}
    assert by_body.groups["Asha"] == "Council"


def test_between_people_one_answers_to_the_holder_of_the_post_above():
    power_map = made_map(
        *PEOPLE,
        body("Trust"),
        post("top", "Asha", "Trust"),
        post("empty", None, "Trust", reports_to="top"),
        post("below", "Ben", "Trust", reports_to="top"),
        post("lower", "Carys", "Trust", reports_to="empty"),
        post("line", "Dele", "Carys", kind="line_management"),
    )

    net = network(power_map, layer=Layer.ACCOUNTABILITIES)

    assert set(net.graph.edges) == {("Ben", "Asha"), ("Dele", "Carys")}


def test_drawing_the_network_leaves_the_map_alone():
    power_map = made_map(*PEOPLE, tie("Asha", "Ben"))
    before = dict(power_map.records)

    network(power_map).graph.remove_node("Asha")

    assert dict(power_map.records) == before
    assert network(power_map).graph.has_edge("Asha", "Ben")
