"""The `motcua` command: Django's management commands under the product's own name."""

import os
import sys


def main() -> None:
    """Run a command; `motcua help` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.project.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
