"""The `motcua` command: Django's management commands under the product's own name."""

import os
import sys


def main() -> None:
    """Run a command; `motcua help` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.project.settings")
    from django.core.management import execute_from_command_line

    program, *words = sys.argv
    # A module cannot carry a hyphen in its name: `motcua sandbox-gateway` is sandbox_gateway.
    execute_from_command_line([program, *(w.replace("-", "_") for w in words[:1]), *words[1:]])


if __name__ == "__main__":
    main()
