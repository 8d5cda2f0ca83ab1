"""What the layout knows of people: their sectors and their bodies."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Belonging:
    """What each node belongs to: sectors (a joint post-holder has several) and bodies."""

    sectors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bodies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def home(self, node: str) -> str:
        """The one sector a node stands in; none (empty) for somebody between two."""
        sectors = self.sectors.get(node, ())
        return sectors[0] if len(sectors) == 1 else ""
