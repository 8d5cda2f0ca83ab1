"""A map as somebody would see it who may see less."""

from dataclasses import replace

from powermap.model import PowerMap
from powermap.vocabulary import Sensitivity


def up_to(power_map: PowerMap, ceiling: Sensitivity) -> PowerMap:
    """The map without what is more sensitive; what names such a record is as sensitive itself."""
    if ceiling is Sensitivity.PRIVATE:
        return power_map
    kept = {r.id: r for r in power_map.records.values() if r.sensitivity.rank <= ceiling.rank}
    return replace(power_map, records=kept)


def as_known(then: PowerMap, now: PowerMap, ceiling: Sensitivity) -> PowerMap:
    """An earlier state of a map without what is, or by now is known to be, more sensitive.

    What names such a record goes with it, whatever it was held to be at the time.
    """
    kept = dict(up_to(then, ceiling).records)
    above = now.records.keys() - up_to(now, ceiling).records.keys()
    # Whoever has gone since may have become more sensitive before that.
    above |= {id for id, level in then.latest.items() if level.rank > ceiling.rank}
    while gone := {
        record.id
        for record in kept.values()
        if record.id in above or any(r.id in above for r in record.references())
    }:
        above |= gone
        kept = {id: record for id, record in kept.items() if id not in gone}
    return replace(then, records=kept)
