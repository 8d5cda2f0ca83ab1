"""What has changed between two days, or between two states of knowledge."""

from graph.findings.comparison.answer import what_changed, what_changed_since

__all__ = ["what_changed", "what_changed_since"]
