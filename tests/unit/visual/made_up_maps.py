"""Maps made up for the pictures: any size, any names, always the same for the same numbers."""

from datetime import UTC, date, datetime
from random import Random

from powermap.dates import PartialDate
from powermap.model import (
    Accountability,
    Evidence,
    Leader,
    MapHeader,
    Organisation,
    PowerMap,
    Record,
    Relationship,
)

HOSTILE_NAMES = (
    "<img src=x onerror=alert(1) href>",
    "</script><script>alert(2)</script>",
    "</style><svg onload=alert(3)>",
    "\"'&lt;b&gt; {{7*7}} ${1}",
    "javascript:alert(4)",
    "אביגיל כהן־לוי",
    "محمد عبد الله الأنصاري",
    "Dr Wilhelmina Bartholomew-Featherstonehaugh of the Greater Calderdale and Kirklees Region",
    "X" * 90,
    "中村 太郎",
)
_BODIES = (
    ("nhs", "foundation_trust"),
    ("local_government", "council"),
    ("nhs", "primary_care_trust"),
    ("voluntary", "voluntary_organisation"),
    ("education", "university"),
)
_FIRST = ("Asha", "Ben", "Carys", "Dele", "Elin", "Farah", "Gwen", "Hari", "Imogen", "Jomo")
_LAST = ("Adeyemi", "Brown", "Clarke", "Davies", "Evans", "Fletcher", "Green", "Hughes", "Iqbal")


def made_up_map(
    people: int, ties: int, *, names: tuple[str, ...] = (), title: str = "A made-up system"
) -> PowerMap:
    """So many people with a post each (every ninth with two), and so many ties, most near home."""
    dice = Random(people * 1000 + ties)
    bodies = [
        Organisation(id=f"body{n}", name=f"Body {n} of the region", kind=kind, sector=sector)
        for n in range(max(2, people // 3))
        for sector, kind in (_BODIES[n % len(_BODIES)],)
    ]
    records: list[Record] = list(bodies)
    home = {}
    for n in range(people):
        name = names[n] if n < len(names) else f"{dice.choice(_FIRST)} {dice.choice(_LAST)} {n}"
        body = dice.choice(bodies)
        home[f"person{n}"] = body.sector
        records.append(Leader(id=f"person{n}", name=name, evidence=_evidence(n)))
        records.append(_post(f"post{n}", f"person{n}", body, n))
        if n % 9 == 4:
            other = next(each for each in bodies if each.id != body.id)
            records.append(_post(f"second{n}", f"person{n}", other, n))
    records += _ties(dice, home, ties)
    return PowerMap(
        header=MapHeader(
            id="made-up",
            title=title,
            purpose="Who can bring the partners to one bid?",
            as_at=date(2010, 3, 1),
            illustrative=True,
        ),
        revision=3,
        changed_at=datetime(2026, 1, 1, tzinfo=UTC),
        records={record.id: record for record in records},
    )


def _post(post_id: str, holder: str, body: Organisation, number: int) -> Accountability:
    return Accountability(
        id=post_id,
        holder=holder,
        to=body.id,
        kind="post",
        title="Chief executive",
        level="chief_officer",
        active_from=PartialDate("2010") if number % 7 == 3 else None,
    )


def _ties(dice: Random, home: dict[str, str], wanted: int) -> list[Record]:
    ends: set[tuple[str, str]] = set()
    everybody = sorted(home)
    while len(ends) < wanted:
        source, target = dice.sample(everybody, 2)
        if home[source] != home[target] and dice.random() < 0.6:
            continue
        ends.add((source, target))
        if len(ends) < wanted and dice.random() < 0.4:
            ends.add((target, source))
    return [
        Relationship(
            id=f"tie{number}",
            source=source,
            target=target,
            kind=dice.choice(("collaborates", "trusts", "advises", "influences")),
            strength=dice.choice((None, 1, 3, 5)),
            evidence=_evidence(number),
            active_from=PartialDate("2010") if number % 13 == 5 else None,
        )
        for number, (source, target) in enumerate(sorted(ends))
    ]


def _evidence(number: int) -> tuple[Evidence, ...]:
    if number % 3 == 0:
        return ()
    said = Evidence(
        basis="interview",
        citation="Interview with the partnership's secretary, page 3",
        said_by="Another Person",
        observed_on=PartialDate("2010-02"),
        nature="opinion",
    )
    return (said,)
