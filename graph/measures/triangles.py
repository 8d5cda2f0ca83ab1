"""Who is tied to whom among the contacts of each: every tied pair, and every three tied in a ring.

Closed threes decide what brokers and structural holes there are. They are found once, from the
pairs, and are far fewer than the steps of a product of matrices.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.measures.distances import Places
from graph.measures.effort import refuse_if_longer

SECONDS_PER_FORK = 6e-8
AT_ONCE = 1_000_000
"""Forks looked at together: some fifty megabytes."""
_MARKS_PER_PAIR = 32
_SCATTER = 0x9E3779B97F4A7C15
"""An odd number without a pattern, to spread neighbouring keys (Fibonacci hashing)."""


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Each tied pair once, from the end with fewer contacts to the other; sorted.

    `onward` and `back` are the places of the tie from `first` to `second` and of the one the
    other way, or -1 where there is none.
    """

    size: int
    first: Places
    second: Places
    onward: Places
    back: Places
    _keys: NDArray[np.int64]

    def triangles(self) -> Iterator[tuple[Places, Places, Places]]:
        """Yield the places of pairs (a, b), (a, c), (b, c), block by block.

        Each ring of three comes once, with b before c and both after a in the order of contacts.
        Forks a-b, a-c are tried from the end with fewest contacts, which keeps them few. Raises
        `TooMuch` where that would take longer than is allowed.
        """
        low = self._keys // max(self.size, 1)
        last = np.searchsorted(low, low, side="right")
        partners = last - np.arange(len(low)) - 1
        ends = np.concatenate([[0], np.cumsum(partners)])
        refuse_if_longer(
            SECONDS_PER_FORK * int(ends[-1]),
            "Finding who is tied among the contacts of each",
            "Choose a part of the map, or measure organisations instead of leaders.",
        )
        high = self._keys % max(self.size, 1)
        # Most forks are open: a glance at the marks sorts them out before any search.
        bits = (_MARKS_PER_PAIR * len(low) + 1).bit_length()
        marks = np.zeros(1 << bits, dtype=bool)
        marks[_scattered(self._keys, bits)] = True
        begin = 0
        while begin < len(low):
            end = max(begin + 1, int(np.searchsorted(ends, ends[begin] + AT_ONCE, "right")) - 1)
            some = partners[begin:end]
            one = np.repeat(np.arange(begin, end), some)
            other = one + 1 + np.arange(len(one)) - np.repeat(ends[begin:end] - ends[begin], some)
            sought = high[one] * self.size + high[other]
            likely = np.flatnonzero(marks[_scattered(sought, bits)])
            place = np.searchsorted(self._keys, sought[likely])
            place[place == len(self._keys)] = 0
            there = self._keys[place] == sought[likely]
            yield one[likely[there]], other[likely[there]], place[there]
            begin = end


def tied_pairs(size: int, sources: Places, targets: Places) -> Pairs:
    """Return the tied pairs of the ties from sources to targets."""
    contacts = np.bincount(sources, minlength=size) + np.bincount(targets, minlength=size)
    by_rank = np.argsort(contacts, kind="stable")
    rank = np.empty(size, dtype=np.int64)
    rank[by_rank] = np.arange(size)
    ends = rank[sources], rank[targets]
    keys = np.minimum(*ends) * size + np.maximum(*ends)
    order = np.argsort(keys, kind="stable")
    sorted_keys = keys[order]
    fresh = np.ones(len(keys), dtype=bool)
    fresh[1:] = sorted_keys[1:] != sorted_keys[:-1]
    pair = np.cumsum(fresh) - 1
    upward = (ends[0] < ends[1])[order]
    distinct = sorted_keys[fresh]
    onward, back = np.full((2, len(distinct)), -1, dtype=np.intp)
    onward[pair[upward]] = order[upward]
    back[pair[~upward]] = order[~upward]
    return Pairs(
        size=size,
        first=by_rank[distinct // max(size, 1)],
        second=by_rank[distinct % max(size, 1)],
        onward=onward,
        back=back,
        _keys=distinct,
    )


def _scattered(keys: NDArray[np.int64], bits: int) -> Any:
    """Return a place among 2 ** bits marks for each key; two keys may share one."""
    return (keys.view(np.uint64) * np.uint64(_SCATTER) >> np.uint64(64 - bits)).view(np.int64)
