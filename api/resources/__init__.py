"""The JSON API: one blueprint per topic. A route parses, asks one thing, and answers."""
