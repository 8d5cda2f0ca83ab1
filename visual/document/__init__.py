"""The board paper: what stands in it, and the Word document that a secretary can edit.

`paper.Paper` is the content, in plain text; `word.word_document` writes it in the styles of the
stationery beside it, or in those of an organisation's own template after `template.read_template`.
"""
