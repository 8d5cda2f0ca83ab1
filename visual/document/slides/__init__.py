"""The paper as slides of 16 to 9 that can be edited: text, tables, and maps whose cards move.

`deck.slide_deck` is the whole; lengths are in units of three quarters of a point, 1280 to the
width of a slide, as in a figure drawn for one.
"""
