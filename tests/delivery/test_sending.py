"""Handing digests over to a real mail server and to Apprise."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar
from uuid import uuid4

import pytest
from pydantic import SecretStr

from kith.domain.errors import Ambiguous, NotFound
from kith.workflows.delivery.errors import NotDelivered, TryLater
from kith.workflows.delivery.letter import Letter
from kith.workflows.delivery.recipient import own
from kith.workflows.delivery.sending import ready
from kith.workflows.delivery.settings import Mail
from tests.mailserver import Sink

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
"""Apprise looks for it; what it does without it is the same."""

LETTER = Letter("2 things to do on Monday", "Hello Mira,\nthank Ana\n", "<p>Hello Mira, thank Ana — today</p>\n")
MIRA = "mira@example.org"


def send(mail: Mail, target: str = MIRA) -> None:
    with ready(LETTER, target, mail, "digest.2026-11-23.mira") as hand_over:
        hand_over()


def test_a_mail_has_a_text_and_a_page(sink: Sink, mail: Mail) -> None:
    send(mail)
    (got,) = sink.got
    assert sink.to == [MIRA]
    assert (got["To"], got["From"], got["Subject"]) == (MIRA, "Kith <kith@example.org>", LETTER.subject)
    assert got["Message-ID"] == "<digest.2026-11-23.mira@kith.invalid>"
    parts = {part.get_content_type(): part.get_content().replace("\r\n", "\n") for part in got.iter_parts()}
    assert parts == {"text/plain": LETTER.text, "text/html": LETTER.html}


def test_nothing_is_sent_before_the_last_step(sink: Sink, mail: Mail) -> None:
    with ready(LETTER, MIRA, mail, "once"):
        pass
    assert sink.got == []


@pytest.mark.parametrize(("answer", "error"), [("451 later", TryLater), ("550 unknown", NotDelivered)])
def test_a_recipient_who_is_refused_shows_before_the_last_step(
    sink: Sink, mail: Mail, answer: str, error: type[NotDelivered]
) -> None:
    sink.answers_rcpt = answer
    with pytest.raises(NotDelivered) as told, ready(LETTER, MIRA, mail, "once"):
        pytest.fail("the last step must not be offered")
    assert type(told.value) is error
    assert MIRA not in str(told.value)


def test_a_letter_that_is_refused_is_told(sink: Sink, mail: Mail) -> None:
    sink.answers_data = "554 no"
    with pytest.raises(NotDelivered, match="refuses the digest"):
        send(mail)


def test_what_was_claimed_and_refused_for_now_is_not_worth_another_try(sink: Sink, mail: Mail) -> None:
    sink.answers_data = "451 later"
    with pytest.raises(NotDelivered, match="refuses the digest") as told:
        send(mail)
    assert type(told.value) is NotDelivered


@pytest.mark.parametrize(
    "wrong", [{"host": "mail..example"}, {"sender": "josé@example.org"}, {"user": "mira", "password": SecretStr("ñ")}]
)
def test_letters_that_mail_servers_do_not_take_are_told(mail: Mail, wrong: dict[str, object]) -> None:
    with pytest.raises(NotDelivered, match="letters") as told:
        send(mail.model_copy(update=wrong))
    assert "ñ" not in str(told.value)


def test_a_server_that_is_away_is_worth_another_try(mail: Mail) -> None:
    with pytest.raises(TryLater, match="can't be reached"):
        send(mail.model_copy(update={"port": 1}))


def test_a_server_without_tls_gets_nothing_where_tls_is_asked_for(sink: Sink, mail: Mail) -> None:
    with pytest.raises(NotDelivered, match="KITH_SMTP_SECURITY"):
        send(mail.model_copy(update={"security": "starttls"}))
    assert sink.got == []


def test_without_a_server_nothing_is_sent() -> None:
    with pytest.raises(NotDelivered, match="KITH_SMTP_HOST"):
        send(Mail())


class Hook(BaseHTTPRequestHandler):
    """Takes what is posted to it."""

    got: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        """Keep it."""
        self.got.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - its name
        """Say nothing."""


def test_an_apprise_target_gets_the_text() -> None:
    server = HTTPServer(("127.0.0.1", 0), Hook)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        send(Mail(), f"json://127.0.0.1:{server.server_port}/")
    finally:
        server.shutdown()
        server.server_close()
    assert b"thank Ana" in Hook.got[0]
    assert b"2 things to do" in Hook.got[0]


def test_a_target_that_apprise_does_not_know_is_told() -> None:
    with pytest.raises(NotDelivered, match="neither an address nor a target"):
        send(Mail(), "nonsense://here")


@pytest.mark.parametrize("target", ["ana@example.org", "mailto://me:secret@mail.example?to=ana%40example.org"])
def test_a_contact_never_gets_a_digest(target: str) -> None:
    def find(who: str) -> object:
        if who == "ana@example.org":
            return uuid4()
        raise NotFound

    with pytest.raises(NotDelivered, match="somebody on record"):
        own(target, find)  # type: ignore[arg-type]
    assert own(MIRA, find) == MIRA  # type: ignore[arg-type]


def test_an_address_of_several_contacts_is_refused_too() -> None:
    def find(who: str) -> object:
        raise Ambiguous(who, ["a", "b"])

    with pytest.raises(NotDelivered):
        own(MIRA, find)  # type: ignore[arg-type]
