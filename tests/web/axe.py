"""What axe finds on an open page, at two widths, in the light and in the dark.

All rules run at the first width. At the second one everything runs again if any element appeared or
vanished; else only the rules whose result depends on colours and places, for the others would see
exactly what they saw before.
"""

from pathlib import Path
from typing import Any

import axe_playwright_python

SOURCE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VISUAL = ["color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable"]
PHONE, DESK, NARROWEST = 360, 1280, 320

_RUN = """async ([tags, visual]) => {
  const shown = [...document.querySelectorAll("*")].filter(
    one => one.checkVisibility({visibilityProperty: true, opacityProperty: true}));
  const before = window.shownBefore;
  const same = before && before.length === shown.length
    && shown.every((one, at) => one === before[at]);
  window.shownBefore = shown;
  const found = await axe.run(document, {
    runOnly: same ? {type: "rule", values: visual} : {type: "tag", values: tags},
    resultTypes: ["violations"],
    preload: false,  // no rule of these tags reads style sheets
  });
  return found.violations.map(fault => [fault.id, fault.help, ...fault.nodes.map(node =>
    `${node.target.join(" ")}: ${node.failureSummary}`)].join("\\n  "));
}"""


def faults_of(page: Any, *, widths: tuple[int, int] = (PHONE, DESK), dark: bool = True) -> str:
    """The faults of the page that is open, "" for none; the first width is dark, if asked for."""
    faults = ""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SOURCE)
    for width, scheme in zip(widths, ("dark" if dark else "light", "light"), strict=True):
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for found in page.evaluate(_RUN, [TAGS, VISUAL]):
            faults += f"{page.url} at {width}: {found}\n"
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults += f"{page.url} runs off {width}\n"
    return faults
