"""The web worker: gunicorn's threads, told to hang up their sockets before they are waited for."""

from types import FrameType

from gunicorn.workers.gthread import ThreadWorker

from portal.collaboration.closing import CLOSING


class SocketWorker(ThreadWorker):
    """Without the bell a stop would wait for people to close their pages."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Ring, then stop as gunicorn does."""
        CLOSING.set()
        super().handle_exit(sig, frame)

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        """Ring, then stop as gunicorn does."""
        CLOSING.set()
        super().handle_quit(sig, frame)
