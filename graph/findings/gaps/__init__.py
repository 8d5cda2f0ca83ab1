"""What is missing, weak or out of date on a map: every gap, ranked, with a next step.

One file per family of gaps; `kinds.py` prints their rules, `reading.py` reads the map once.
"""

from graph.findings.gaps.answer import gaps
from graph.findings.gaps.identity import row_key
from graph.findings.gaps.kinds import RULES, Gap
from graph.findings.gaps.since import gaps_since

__all__ = ["RULES", "Gap", "gaps", "gaps_since", "row_key"]
