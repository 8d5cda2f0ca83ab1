"""The pictures: what a map looks like on a screen. Knows the subject, not where maps are kept."""
