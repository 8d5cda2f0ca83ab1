"""The board figure: one view of a map as a picture for a paper, drawn by us from first to last.

`drawing.draw` turns parties, lines and words into a sheet of plain shapes; `svg.written` writes
the sheet; `visual.typst_engine` turns it into PNG and PDF. The unit of length is half a point.
"""
