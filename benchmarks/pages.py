"""What pages weigh, and when a slow phone shows something: Chromium, throttled through CDP."""

import os
import shutil
from pathlib import Path
from typing import Any

from benchmarks import cast, ground, report, web

SLOW_PHONE = {
    "offline": False,
    "latency": 400,  # ms
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
CPU_SLOWER = 4
ROUNDS = 1 if ground.QUICK else 3


def measure(name: str) -> None:
    """Print weight, requests and first paint of the main pages, each with an empty cache."""
    report.heading("Pages on a slow phone: 400 kbit/s, 400 ms, a processor four times slower")
    from playwright.sync_api import sync_playwright

    ground.use(name)
    office = cast.offices(1)[0]
    citizen, clerk = cast.signed_in(office.citizen), cast.signed_in(office.officers["clerk"])
    ground.close()
    with sync_playwright() as playwright, web.server() as server:
        path = _chromium(playwright.chromium.executable_path)
        if path is None:
            report.note("No Chromium: not measured.")
            return
        browser = playwright.chromium.launch(executable_path=path, args=["--disable-gpu"])
        address = f"http://127.0.0.1:{server.port}"
        for what, page, cookie in (
            ("home", "/", ""),
            ("find a service", "/services?q=khai%20sinh", ""),
            ("a service", f"/services/{cast.SERVICE}/", ""),
            ("a page of a form", f"/my/applications/{office.draft_id}/pages/child", citizen),
            ("check and send", f"/my/applications/{office.draft_id}/check", citizen),
            ("my applications", "/my/", citizen),
            ("the desk's queue", "/desk/?q=unit", clerk),
        ):
            shown = [_open(browser, address, page, cookie) for _ in range(ROUNDS)]
            weight, requests = shown[-1]["bytes"] / 1024, shown[-1]["requests"]
            paints = [one["paint"] / 1000 for one in shown]
            report.line(f"{what}: {weight:.1f} KB in {requests} requests; first paint", paints, "s")
        browser.close()


def _open(browser: Any, address: str, path: str, cookie: str) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    for pair in filter(None, cookie.split("; ")):
        key, _, value = pair.partition("=")
        context.add_cookies([{"name": key, "value": value, "url": address}])
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_PHONE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWER})
    seen = {"bytes": 0.0, "requests": 0}

    def finished(event: dict[str, Any]) -> None:
        seen["bytes"] += event["encodedDataLength"]
        seen["requests"] += 1

    line.on("Network.loadingFinished", finished)
    answer = page.goto(address + path, wait_until="load", timeout=60_000)
    if answer is None or answer.status != 200:
        raise SystemExit(f"{path}: {answer and answer.status}")
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    paint = page.evaluate(
        "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
    )
    context.close()
    return {**seen, "paint": float(paint)}


def _chromium(own: str) -> str | None:
    names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    candidates = [os.environ.get("MOTCUA_CHROMIUM"), own, *map(shutil.which, names)]
    return next((path for path in candidates if path and Path(path).exists()), None)
