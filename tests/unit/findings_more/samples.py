"""The sample maps as a viewer sees them, and their parties by name."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from graph.exchange.map_file import read_map_file
from powermap.model import PowerMap

FIXTURES = Path(__file__).parents[3] / "fixtures"


@cache
def sample(stem: str) -> PowerMap:
    incoming = read_map_file((FIXTURES / f"{stem}.json").read_bytes())
    assert incoming.header is not None
    return PowerMap(
        header=incoming.header,
        revision=1,
        changed_at=datetime(2020, 1, 1, tzinfo=UTC),
        records={record.id: record for record in incoming.records},
    )


def called(power_map: PowerMap, name: str) -> str:
    """The id of the leader or organisation with this name."""
    parties = [*power_map.leaders.values(), *power_map.organisations.values()]
    return next(party.id for party in parties if party.name == name)


def kinds(finding) -> list[str]:
    """The kinds of its rows, each once, in order."""
    return list(dict.fromkeys(row.kind for row in finding.rows))


def told(finding, kind: str) -> list[str]:
    """The sentences of the rows of one kind."""
    return [row.sentence for row in finding.rows if row.kind == kind]
