"""Maps written by hand, in a line a record."""

from datetime import UTC, date, datetime

from powermap.model import (
    Accountability,
    Leader,
    MapHeader,
    Organisation,
    PowerMap,
    Record,
    Relationship,
)

AS_AT = date(2010, 3, 1)


def made_map(*records: Record) -> PowerMap:
    return PowerMap(
        header=MapHeader(id="map", title="Riverside", purpose="A test.", as_at=AS_AT),
        revision=1,
        changed_at=datetime(2010, 3, 1, tzinfo=UTC),
        records={record.id: record for record in records},
    )


def leader(name: str) -> Leader:
    return Leader(id=name, name=name)


def body(name: str, sector: str = "nhs", **values) -> Organisation:
    kind = values.pop("kind", "council" if sector == "local_government" else "acute_trust")
    return Organisation(id=name, name=name, sector=sector, kind=kind, **values)


def post(id: str, holder: str | None, to: str, level: str | None = None, **values):
    values.setdefault("kind", "post")
    status = "named" if holder else values.pop("status", "vacant")
    return Accountability(
        id=id, holder=holder, holder_status=status, to=to, title=id, level=level, **values
    )


def tie(source: str, target: str, kind: str = "trusts", **values) -> Relationship:
    id = values.pop("id", f"{source}>{target}:{kind}")
    return Relationship(id=id, source=source, target=target, kind=kind, **values)
