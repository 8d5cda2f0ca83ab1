"""Short cuts for reading a finding in a test."""

from datetime import UTC, datetime
from pathlib import Path

from graph.exchange.map_file import read_map_file
from graph.findings.answer import Finding
from graph.findings.gaps import gaps
from powermap.model import Evidence, FiveFactors, PowerMap

FIXTURES = Path(__file__).parents[3] / "fixtures"


def sample(name: str) -> PowerMap:
    incoming = read_map_file((FIXTURES / f"{name}.json").read_bytes())
    return PowerMap(
        header=incoming.header,
        revision=1,
        changed_at=datetime(2020, 1, 1, tzinfo=UTC),
        records={record.id: record for record in incoming.records},
    )


def sentences(power_map: PowerMap, kind: str, **options) -> list[str]:
    """What the rows of one kind of gap say."""
    return [row.sentence for row in gaps(power_map, kinds=[kind], **options).rows]


def row(power_map: PowerMap, kind: str, **options):
    """The only row of one kind of gap."""
    (only,) = gaps(power_map, kinds=[kind], **options).rows
    return only


def pairs(power_map: PowerMap, finding: Finding) -> list[set[str]]:
    """The names in each row."""
    return [{power_map.party(party).name for party in row.parties} for row in finding.rows]


def id_of(power_map: PowerMap, name: str) -> str:
    (found,) = [
        party.id
        for party in (*power_map.leaders.values(), *power_map.organisations.values())
        if party.name == name
    ]
    return found


def factors(**ratings: int) -> FiveFactors:
    return FiveFactors(**ratings)


def said(observed_on=None, basis="interview", **values) -> tuple[Evidence, ...]:
    values.setdefault("nature", "opinion")
    return (Evidence(basis=basis, citation="A talk", observed_on=observed_on, **values),)
