"""A worker that kills itself and all its processes where a test wants it to.

CRASH_AT is `module:function:n`: at the n-th call, before it begins. Nothing else differs from a
worker of production but the pauses between retries, which are short.
"""

import importlib
import os
import signal
from typing import Any

from config import Config
from portal.factory import create_app
from portal.queues import routes
from portal.queues.routes import QueueName
from portal.queues.worker import work


def crash_at(point: str) -> None:
    """Make a call end everything, as a power cut does."""
    module_name, name, number = point.split(":")
    module = importlib.import_module(module_name)
    real = getattr(module, name)
    calls = []

    def crash(*args: Any, **kwargs: Any) -> Any:
        calls.append(name)
        if len(calls) == int(number):
            if os.getpid() != WORKER:
                os.kill(WORKER, signal.SIGKILL)
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)

    setattr(module, name, crash)


if __name__ == "__main__":
    WORKER = os.getpid()
    routes.PAUSES = (1,) * 6  # type: ignore[misc]
    if os.environ.get("CRASH_AT"):
        crash_at(os.environ["CRASH_AT"])
    work(create_app(Config.from_env()), tuple(QueueName))
