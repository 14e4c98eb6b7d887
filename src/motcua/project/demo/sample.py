"""A sheet that stands for a paper which an applicant photographs."""

from functools import cache

import typst

SHEET = """
#set page(paper: "a5", margin: 2cm)
#set text(lang: "vi", size: 14pt)
#align(center)[#text(size: 20pt, weight: "bold")[#sys.inputs.title]]
#v(1cm)
Mẫu dùng cho bản trình diễn. Không có giá trị pháp lý.
#v(1cm)
#for _ in range(6) [#line(length: 100%, stroke: 0.5pt + gray) #v(4mm)]
"""


@cache
def paper(title: str) -> bytes:
    """A one-page PDF with `title`, the same bytes each time."""
    return bytes(typst.compile(SHEET.encode(), sys_inputs={"title": title}))


PORTRAIT = """
#set page(width: 3cm, height: 4cm, margin: 0pt, fill: rgb("#dfe7ee"))
#place(center, dy: 0.9cm, circle(radius: 0.62cm, fill: rgb("#c39a7b")))
#place(center, dy: 2.3cm, ellipse(width: 2.3cm, height: 2.6cm, fill: rgb("#3d5a73")))
"""


@cache
def portrait() -> bytes:
    """A drawn head and shoulders that stand for a photograph, as PNG."""
    return bytes(typst.compile(PORTRAIT.encode(), format="png", ppi=120.0))
