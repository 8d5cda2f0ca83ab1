"""Answers to the questions people ask of a map: in rows, and in sentences."""
