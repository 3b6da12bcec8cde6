"""Signals as something to wait for, instead of something that interrupts."""

import os
import select
import signal
from types import FrameType, TracebackType
from typing import Final

ASKS_TO_STOP: Final = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})


class Signals:
    """Catches the signals that ask to stop, and the news that a child has ended."""

    def __enter__(self) -> "Signals":
        self._reader, writer = os.pipe()
        os.set_blocking(writer, False)
        self._writer = writer
        self._before = {
            number: signal.signal(number, _leave_to_wait)
            for number in (*ASKS_TO_STOP, signal.SIGCHLD)
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN  # nohup
        }
        self._wakeup = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._reader)
        os.close(self._writer)

    def wait(self, seconds: float | None) -> bool:
        """Wait for any signal, and tell whether one of those that came asks to stop."""
        ready, _, _ = select.select([self._reader], [], [], seconds)
        return bool(ready) and not ASKS_TO_STOP.isdisjoint(os.read(self._reader, 4096))


def _leave_to_wait(number: int, frame: FrameType | None) -> None:
    """Do nothing: Python has written the signal's number where `wait` reads it."""
