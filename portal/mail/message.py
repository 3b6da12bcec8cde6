"""A notice as a letter: plain text, and the same bytes whenever it is written again."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from uuid import UUID

from flask import render_template

from portal.mail.wording import Wording, one_line
from workflows.queries.work import Addressee


def letter(
    wording: Wording, *, to: Addressee, sender: str, message_id: UUID, link: str, at: datetime
) -> EmailMessage:
    """Write the letter.

    Its Message-ID is made from the message's id and its Date is when the work became owed, so
    that a mail server, or a reader, knows a second copy for what it is.
    """
    name, address = parseaddr(sender)
    written = EmailMessage(policy=SMTP)
    written["From"] = Address(one_line(name) or "Trình Ký", addr_spec=address)
    written["To"] = Address(one_line(to.name), addr_spec=to.email)
    written["Subject"] = one_line(wording.subject)
    written["Date"] = format_datetime(at)
    written["Message-ID"] = f"<{message_id}@{address.rpartition('@')[2]}>"
    # RFC 3834: absence notices must not answer.
    written["Auto-Submitted"] = "auto-generated"
    text = render_template("mail/notice.txt", name=to.name, wording=wording, link=link)
    written.set_content(text.strip() + "\n", cte="quoted-printable")
    return written
