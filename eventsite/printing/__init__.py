"""Paper: typst templates filled with plain values become PDF, with our own fonts and codes drawn as vectors.

`typesetting.compile_pdf` is the door; `codes` draws QR codes, `glyphs` knows which characters can be printed,
`cards` holds the passes that several rooms print. Text of people is data, never typst source.
"""
