"""The pages, one module per subject: parse, call one service, redirect."""

from typing import Final

from flask import Blueprint

from portal.views import (
    auth,
    drafting,
    files,
    health,
    history,
    inbox,
    issuing,
    mailbox,
    notices,
    operations,
    plans,
    public,
    redline,
    register,
    review,
    signature,
    verification,
)

BLUEPRINTS: Final[tuple[Blueprint, ...]] = (
    auth.bp,
    drafting.bp,
    files.bp,
    health.bp,
    history.bp,
    inbox.bp,
    issuing.bp,
    mailbox.bp,
    notices.bp,
    operations.bp,
    plans.bp,
    public.bp,
    redline.bp,
    register.bp,
    review.bp,
    signature.bp,
    verification.bp,
)
