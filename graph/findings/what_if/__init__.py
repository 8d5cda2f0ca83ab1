"""What would change if somebody left or came, a body went, bodies merged, a tie was made or mended.

Each answer compares the map with another in memory. Nothing is written.
"""

from graph.findings.what_if.abolition import what_if_abolished
from graph.findings.what_if.best_tie import best_new_tie
from graph.findings.what_if.joining import what_if_joins
from graph.findings.what_if.leaving import what_if_leaves
from graph.findings.what_if.meeting import what_if_tie
from graph.findings.what_if.mending import what_if_mended
from graph.findings.what_if.merger import what_if_merge

__all__ = [
    "best_new_tie",
    "what_if_abolished",
    "what_if_joins",
    "what_if_leaves",
    "what_if_mended",
    "what_if_merge",
    "what_if_tie",
]
