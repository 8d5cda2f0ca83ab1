"""The five roles of a broker, and the words for them."""

from enum import StrEnum


class Role(StrEnum):
    """What a broker is to the two it joins, by the groups of the three; `TOTAL` is any role."""

    COORDINATOR = "coordinator"
    ITINERANT = "itinerant"
    REPRESENTATIVE = "representative"
    GATEKEEPER = "gatekeeper"
    LIAISON = "liaison"
    TOTAL = "total"

    @property
    def symbol(self) -> str:
        """The name of the column in R's `sna::brokerage`."""
        return _SYMBOLS[self]

    @property
    def groups(self) -> str:
        """The groups of the one the tie comes from, the broker, and the one it goes to."""
        return _GROUPS[self]

    @property
    def meaning(self) -> str:
        """What the broker does in this role, to follow its name in a sentence."""
        return _MEANINGS[self]


_SYMBOLS = {
    Role.COORDINATOR: "w_I",
    Role.ITINERANT: "w_O",
    Role.REPRESENTATIVE: "b_IO",
    Role.GATEKEEPER: "b_OI",
    Role.LIAISON: "b_O",
    Role.TOTAL: "t",
}
_GROUPS = {
    Role.COORDINATOR: "A → A → A",
    Role.ITINERANT: "A → B → A",
    Role.REPRESENTATIVE: "A → A → B",
    Role.GATEKEEPER: "A → B → B",
    Role.LIAISON: "A → B → C",
    Role.TOTAL: "any",
}
_MEANINGS = {
    Role.COORDINATOR: "joins two of its own group",
    Role.ITINERANT: "joins two of one group from outside it",
    Role.REPRESENTATIVE: "carries its own group outward",
    Role.GATEKEEPER: "lets outsiders into its own group",
    Role.LIAISON: "joins two groups and belongs to neither",
    Role.TOTAL: "joins two who have no tie of their own",
}


def role_of(source: str, broker: str, target: str) -> Role:
    """Return the role of a broker, from the groups of the three."""
    if source == broker:
        return Role.COORDINATOR if target == broker else Role.REPRESENTATIVE
    if target == broker:
        return Role.GATEKEEPER
    return Role.ITINERANT if source == target else Role.LIAISON
