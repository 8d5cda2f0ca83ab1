"""Every way a -> v -> b between two with no tie a -> b, for measures that need them one by one."""

from collections.abc import Iterator

import numpy as np

from graph.measures.distances import Places
from graph.measures.effort import refuse_if_longer, told
from graph.measures.role_counts import Grouped

SECONDS_PER_WAY = 3e-7
AT_ONCE = 1_000_000


def open_ways(grouped: Grouped) -> Iterator[tuple[Places, Places, Places]]:
    """Yield the places of a, v and b, all of whom have a group, in blocks.

    All ways that begin at one a are in the same block, in the order of the nodes. Raises
    `TooMuch` where going through them would take longer than is allowed.
    """
    size = grouped.taken.size
    source = grouped.taken.sources[grouped.counted]
    target = grouped.taken.targets[grouped.counted]
    order = np.argsort(source * size + target)
    source, target = source[order], target[order]
    keys = source * size + target
    begins = np.searchsorted(source, np.arange(size + 1))
    onward = np.diff(begins)[target]
    ways = np.concatenate([[0], np.cumsum(onward)])
    refuse_if_longer(
        SECONDS_PER_WAY * int(ways[-1]),
        f"Going through {int(ways[-1]):,} ways of two steps",
        "Choose a part of the map, or measure organisations instead of leaders.",
    )
    first = 0
    while first < len(source):
        last = int(np.searchsorted(ways, ways[first] + AT_ONCE, "right")) - 1
        # Up to the last tie of a source, and at least to the end of the first.
        last = int(begins[source[min(max(last, first), len(source) - 1)]])
        if last <= first:
            last = int(begins[source[first] + 1])
        tie = np.repeat(np.arange(first, last), onward[first:last])
        step = np.arange(len(tie)) - np.repeat(ways[first:last] - ways[first], onward[first:last])
        a, v = source[tie], target[tie]
        b = target[begins[v] + step]
        sought = a * size + b
        place = np.minimum(np.searchsorted(keys, sought), len(keys) - 1)
        is_open = (a != b) & (keys[place] != sought)
        yield a[is_open], v[is_open], b[is_open]
        told(last / len(source))
        first = last
