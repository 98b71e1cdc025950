"""The platform as ASGI application: `granian --interface asgi gongkai.web.config.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.config.settings")

application = get_asgi_application()
