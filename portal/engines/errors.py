"""What the person who starts the program is told instead of a traceback."""


class EngineError(Exception):
    """Something outside the program stands in the way; the text is one sentence for an operator."""
