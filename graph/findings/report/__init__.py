"""The report of all measures, section by section: of a map, and of any two tables alike."""
