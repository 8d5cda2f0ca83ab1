"""What would change if somebody left, a body went, bodies merged or two people met.

Each answer compares the map with another in memory. Nothing is written.
"""

from graph.findings.what_if.abolition import what_if_abolished
from graph.findings.what_if.best_tie import best_new_tie, what_if_tie
from graph.findings.what_if.leaving import what_if_leaves
from graph.findings.what_if.merger import what_if_merge

__all__ = [
    "best_new_tie",
    "what_if_abolished",
    "what_if_leaves",
    "what_if_merge",
    "what_if_tie",
]
