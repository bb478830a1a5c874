"""Hands a letter over: to a mail server with the standard library, or to Apprise for any other kind of target."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Generator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate

from kith.workflows.delivery.errors import NotDelivered, TryLater
from kith.workflows.delivery.letter import Letter
from kith.workflows.delivery.settings import Mail

SECONDS = 30
PASSING = range(400, 500)
"""Answers of a mail server that say: not now."""


def send(letter: Letter, target: str, mail: Mail, once: str) -> None:
    """Send a letter to one target; ``once`` names it, so that a second copy can be told. Raises NotDelivered."""
    if "://" in target:
        _notify(letter, target)
    else:
        _mail(message(letter, target, mail, once), mail)


def message(letter: Letter, to: str, mail: Mail, once: str) -> EmailMessage:
    """The letter as an e-mail with a text and an HTML part."""
    told = EmailMessage()
    told["Subject"], told["To"], told["From"] = letter.subject, to, mail.sender or to
    told["Date"] = formatdate(localtime=False)
    told["Message-ID"] = f"<{once}@kith.invalid>"
    told["Auto-Submitted"] = "auto-generated"
    told.set_content(letter.text)
    told.add_alternative(letter.html, subtype="html")
    return told


def _mail(told: EmailMessage, mail: Mail) -> None:
    if not mail.host:
        raise NotDelivered("No mail server is set: KITH_SMTP_HOST names one.")
    with _connected(mail) as server:
        try:
            server.send_message(told)
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            raise _answered(code, mail) from None  # the error itself would name the address
        except smtplib.SMTPResponseException as error:
            raise _answered(error.smtp_code, mail) from None
        except (smtplib.SMTPException, OSError) as error:
            raise NotDelivered(f"{mail.host} broke off; whether it sent the digest is not known.") from error


@contextmanager
def _connected(mail: Mail) -> Generator[smtplib.SMTP]:
    """A connection to the mail server, safe and signed in."""
    try:
        server = _open(mail)
    except smtplib.SMTPAuthenticationError as error:
        raise NotDelivered(f"{mail.host} refuses the user or the password.") from error
    except smtplib.SMTPNotSupportedError as error:
        raise NotDelivered(f"{mail.host} does not offer what KITH_SMTP_SECURITY asks for.") from error
    except ssl.SSLCertVerificationError as error:
        raise NotDelivered(f"{mail.host} can't show that it is {mail.host}.") from error
    except (smtplib.SMTPException, OSError) as error:
        raise TryLater(f"{mail.host} can't be reached now; nothing was sent.") from error
    try:
        yield server
    finally:
        server.close()


def _open(mail: Mail) -> smtplib.SMTP:
    safe = ssl.create_default_context()
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.own_port, timeout=SECONDS, context=safe)
    else:
        server = smtplib.SMTP(mail.host, mail.own_port, timeout=SECONDS)
    if mail.security == "starttls":
        server.starttls(context=safe)
    if mail.user:
        server.login(mail.user, mail.password.get_secret_value())
    return server


def _answered(code: int, mail: Mail) -> NotDelivered:
    if code in PASSING:
        return TryLater(f"{mail.host} answers {code}: not now. Nothing was sent.")
    return NotDelivered(f"{mail.host} refuses the digest ({code}).")


def _notify(letter: Letter, target: str) -> None:
    from apprise import Apprise, NotifyFormat  # noqa: PLC0415 - half a second to import, and few need it

    notifier = Apprise()
    if not notifier.add(target):
        raise NotDelivered("KITH_DIGEST_TO is neither an address nor a target that Apprise knows.")
    if not notifier.notify(body=letter.text, title=letter.subject, body_format=NotifyFormat.TEXT):
        raise NotDelivered("The target did not take the digest.")
