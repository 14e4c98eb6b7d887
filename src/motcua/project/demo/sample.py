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
