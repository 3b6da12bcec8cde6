"""What can stop a signature, each with the sentence that a person reads."""

from workflows.domain.errors import WorkflowError


class SignatureError(WorkflowError):
    """A signature or seal was not made; the file handed in is as it was."""


class KeyMissing(SignatureError):
    """No key of that name is kept here."""


class KeyRefused(SignatureError):
    """The key is there but must not be used for this."""


class TimestampUnavailable(SignatureError):
    """The timestamp authority did not answer; trying again later is right."""


class NotSignable(SignatureError):
    """The file is not in the state that this signature needs."""


class VerifierBusy(SignatureError):
    """As many uploads as may be judged at once are being judged."""
