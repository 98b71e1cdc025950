"""The platform as WSGI application: `granian --interface wsgi gongkai.web.config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.config.settings")

application = get_wsgi_application()
