"""The WSGI application: `granian --interface wsgi app:app`."""

import gc

from staytouch_events import create_app

# Nothing that a start makes is garbage, and looking for some takes a tenth of it.
gc.disable()
app = create_app()
gc.freeze()
gc.enable()
