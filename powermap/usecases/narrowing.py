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
