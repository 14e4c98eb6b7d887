"""Make sure that Chromium, pdfsig and certutil are there for the tests; says what it does."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NEEDED = {"chromium": "chromium", "pdfsig": "poppler-utils", "certutil": "libnss3-tools"}


def main() -> None:
    missing = [package for program, package in NEEDED.items() if not shutil.which(program)]
    if not missing:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {' and '.join(missing)} for the tests ...")
        quiet = {"stdout": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-q"], check=True, **quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing],
            check=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, **quiet,
        )  # fmt: skip
    elif "chromium" in missing:
        print("Installing Chromium for the tests with Playwright ...")
        playwright = Path(sys.executable).parent / "playwright"
        subprocess.run([playwright, "install", "chromium"], check=True)


main()
