"""The WSGI application: `granian --interface wsgi app:app`."""

from staytouch_events import create_app

app = create_app()
