"""The application object that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rnik.settings")
application = get_wsgi_application()

# The pages are read when the process starts. Else its first visitor waits for them, most of a second.
get_resolver().url_patterns  # noqa: B018 what it gives is kept by Django
