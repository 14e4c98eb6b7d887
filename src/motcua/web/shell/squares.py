"""Square codes (QR) as drawings in a page."""

import segno
from django.utils.safestring import SafeString, mark_safe


def square(text: str) -> SafeString:
    """A code that a phone's camera reads; the same text always stands beside it."""
    drawing = segno.make(text, error="m").svg_inline(
        scale=4, border=2, light="white", svgclass=None, lineclass=None
    )
    return mark_safe(drawing)  # noqa: S308 - drawn by the library, no markup comes from `text`
