"""Hands a letter over: to a mail server with the standard library, or to Apprise for any other kind of target."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Generator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr

from kith.workflows.delivery.errors import NotDelivered, TryLater
from kith.workflows.delivery.letter import Letter
from kith.workflows.delivery.settings import Mail

SECONDS = 30
HandOver = Callable[[], None]


@contextmanager
def ready(letter: Letter, target: str, mail: Mail, once: str) -> Generator[HandOver]:
    """Get as far as one can without sending, and give the last step; ``once`` names the letter for ever.

    Whatever stands in the way of it shows before the step is taken. Raises TryLater and NotDelivered.
    """
    if "://" in target:
        yield _notifying(letter, target)
        return
    told = message(letter, target, mail, once)
    with _connected(mail) as server:
        _addressed(server, told, mail)
        yield lambda: _data(server, told, mail)


def message(letter: Letter, to: str, mail: Mail, once: str) -> EmailMessage:
    """The letter as an e-mail with a text and an HTML part."""
    told = EmailMessage(policy=SMTP)
    told["Subject"], told["To"], told["From"] = letter.subject, to, mail.sender or to
    told["Date"] = formatdate()
    told["Message-ID"] = f"<{once}@kith.invalid>"
    told["Auto-Submitted"] = "auto-generated"
    told.set_content(letter.text)
    told.add_alternative(letter.html, subtype="html")
    return told


@contextmanager
def _connected(mail: Mail) -> Generator[smtplib.SMTP]:
    """A connection to the mail server, safe and signed in."""
    if not mail.host:
        raise NotDelivered("No mail server is set: KITH_SMTP_HOST names one.")
    try:
        server = _open(mail)
    except smtplib.SMTPAuthenticationError as error:
        raise NotDelivered(f"{mail.host} refuses the user or the password.") from error
    except smtplib.SMTPNotSupportedError as error:
        raise NotDelivered(f"{mail.host} does not offer what KITH_SMTP_SECURITY or KITH_SMTP_USER asks for.") from error
    except ssl.SSLCertVerificationError as error:
        raise NotDelivered(f"{mail.host} can't show that it is {mail.host}.") from error
    except (smtplib.SMTPException, OSError) as error:
        raise TryLater(f"{mail.host} can't be reached now.") from error
    except UnicodeError:  # it quotes them
        raise NotDelivered("The mail server's name, the user or the password has letters it can't have.") from None
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
    try:
        if mail.security == "starttls":
            server.starttls(context=safe)
        if mail.user:
            server.login(mail.user, mail.password.get_secret_value())
        server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


def _addressed(server: smtplib.SMTP, told: EmailMessage, mail: Mail) -> None:
    """Tell whom the letter is from and to."""
    try:
        for say, field in ((server.mail, "From"), (server.rcpt, "To")):
            _heed(say(parseaddr(told[field])[1])[0], mail)
    except UnicodeError:
        raise NotDelivered(f"{mail.host} takes no address with letters other than a to z.") from None
    except (smtplib.SMTPException, OSError) as error:
        raise TryLater(f"{mail.host} can't be reached now.") from error


def _data(server: smtplib.SMTP, told: EmailMessage, mail: Mail) -> None:
    """The last step: from here on it may have been sent, whatever is heard."""
    try:
        code, _ = server.data(told.as_bytes())
    except (smtplib.SMTPException, OSError) as error:
        raise NotDelivered(f"{mail.host} broke off; whether it sent the digest is not known.") from error
    if code >= 400:
        raise _refused(code, mail)  # for good: the day is claimed, and another try would pass it over


def _heed(code: int, mail: Mail) -> None:
    if 400 <= code < 500:
        raise TryLater(f"{mail.host} answers {code}: not now.")
    if code >= 500:
        raise _refused(code, mail)


def _refused(code: int, mail: Mail) -> NotDelivered:
    return NotDelivered(f"{mail.host} refuses the digest ({code}).")


def _notifying(letter: Letter, target: str) -> HandOver:
    from apprise import Apprise, NotifyFormat  # noqa: PLC0415 - half a second to import, and few need it

    notifier = Apprise()
    if not notifier.add(target):
        raise NotDelivered("KITH_DIGEST_TO is neither an address nor a target that Apprise knows.")

    def notify() -> None:
        if not notifier.notify(body=letter.text, title=letter.subject, body_format=NotifyFormat.TEXT):
            raise NotDelivered("The target did not take the digest.")

    return notify
