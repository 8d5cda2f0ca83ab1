"""The board paper: what stands in it, the Word document that a secretary can edit, and the PDF.

`paper.Paper` is the content, in plain text; `word.word_document` writes it in the styles of the
stationery beside it, or in those of an organisation's own template after `template.read_template`.
`pdf.pdf_document` writes the same content, set by `typesetting`, in the look of `look/paper.typ`.
"""
