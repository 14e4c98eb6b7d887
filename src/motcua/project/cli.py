"""The `motcua` command: Django's management commands under the product's own name."""

import os
import sys


def main() -> None:
    """Run a command; `motcua help` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.project.settings")
    from django.core.management import execute_from_command_line

    program, *words = sys.argv
    # A module cannot carry a hyphen in its name: `motcua sandbox-gateway` is sandbox_gateway.
    if words and not words[0].startswith("-"):
        words[0] = words[0].replace("-", "_")
    execute_from_command_line([program, *words])


if __name__ == "__main__":
    main()
