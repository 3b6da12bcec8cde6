"""What the person at the terminal is told while all goes well."""

import os
import sys


def say(sentence: str) -> None:
    """Tell the person at the terminal, who may have closed it."""
    try:
        sys.stdout.write(f"{sentence}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
