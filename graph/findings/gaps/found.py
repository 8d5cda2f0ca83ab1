"""What one family of gaps hands over: its rows in order, which they all are, what stands apart."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.findings.answer import Row
from graph.findings.gaps.identity import row_key
from graph.findings.gaps.kinds import Gap


@dataclass(frozen=True, kw_only=True)
class Found:
    """The gaps of one kind."""

    kind: Gap
    rows: tuple[Row, ...] = ()
    """The first of them, at most `kinds.MOST_LISTED`."""
    every: frozenset[str] | None = None
    """The keys of all of them, where there may be more than are listed."""
    counting: str = ""
    """`13 pairs of leaders share an accountability …`: how many, as a clause."""
    apart: tuple[str, ...] = ()
    """What was counted apart, each a sentence."""

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(map(row_key, self.rows)) if self.every is None else self.every

    @property
    def count(self) -> int:
        return len(self.keys)

    @property
    def sentences(self) -> tuple[str, ...]:
        """How many and the first of them, or the only one; then what stands apart."""
        if not self.rows:
            return self.apart
        first = self.rows[0].sentence
        told = first if self.count == 1 else f"{self.counting}. First: {first}"
        return (told, *self.apart)


@dataclass(frozen=True, kw_only=True)
class FoundGaps:
    """The gaps of several kinds, by their keys."""

    kinds: tuple[Found, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Of all of them, also of those beyond what is listed."""
        return frozenset[str]().union(*(part.keys for part in self.kinds))

    @property
    def rows(self) -> Mapping[str, Row]:
        return {row_key(row): row for part in self.kinds for row in part.rows}
