"""The peer as WSGI application; which settings it has, the environment says."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
