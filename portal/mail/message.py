"""A notice as a letter: plain text, and the same bytes whenever it is written again."""

from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from uuid import UUID

from flask import render_template

from portal.mail.wording import Wording, one_line
from workflows.queries.work import Addressee


class LetterPolicy(EmailPolicy):
    """As for SMTP, but the subject is one run of encoded words.

    The library's own folding can lose the space between a word and the next line's.
    """

    def fold(self, name: str, value: str) -> str:
        """The header in lines."""
        if name.lower() != "subject":
            return str(super().fold(name, value))
        words = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {words}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header in lines, as bytes."""
        if name.lower() != "subject":
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("ascii")


LETTER_POLICY = LetterPolicy(linesep="\r\n")


def letter(
    wording: Wording, *, to: Addressee, sender: str, message_id: UUID, link: str, at: datetime
) -> EmailMessage:
    """Write the letter.

    Its Message-ID is made from the message's id and its Date is when the work became owed, so
    that a mail server, or a reader, knows a second copy for what it is.
    """
    name, address = parseaddr(sender)
    written = EmailMessage(policy=LETTER_POLICY)
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
