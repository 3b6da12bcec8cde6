"""The bell that ends every open socket when the web process is asked to stop.

Its module loads nothing, so that the process that forks the web workers may load it.
"""

from threading import Event
from typing import Final

CLOSING: Final = Event()
