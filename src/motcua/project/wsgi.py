"""The door for an HTTP server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("MOTCUA_STATEMENT_TIMEOUT_S", "10")  # nobody waits longer for a page
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.project.settings")
application = get_wsgi_application()
