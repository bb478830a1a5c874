"""Where digests go, by the environment and by a file."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from kith.domain.errors import InvalidInput
from kith.workflows.delivery.settings import delivery

MIRA = uuid4()


def test_nothing_is_sent_anywhere_unless_somebody_says_so(tmp_path: Path) -> None:
    assert delivery({}, tmp_path / "none").target(MIRA, only=True) == ""


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "delivery.toml"
    file.write_text('to = "old@example.org"\n[smtp]\nhost = "mail.example"\nport = 2525\n')
    told = delivery({"KITH_DIGEST_TO": "mira@example.org", "KITH_SMTP_PORT": "25", "KITH_SMTP_SECURITY": "tls"}, file)
    assert told.target(MIRA, only=True) == "mira@example.org"
    assert (told.smtp.host, told.smtp.own_port, told.smtp.security) == ("mail.example", 25, "tls")


def test_each_of_several_seekers_has_an_address_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "delivery.toml"
    file.write_text(f'to = "one@example.org"\n[seekers]\n"{MIRA}" = "mira@example.org"\n')
    told = delivery({}, file)
    assert (told.target(MIRA, only=False), told.target(uuid4(), only=False)) == ("mira@example.org", "")


@pytest.mark.parametrize(
    "text",
    ["to = ", "[smtp]\nport = 'many'\n", "[smtp]\nport = 99999\n", "[mail]\nhost = 'x'\n", "smtp = 'many.example'\n"],
)
def test_what_can_not_be_read_is_told_without_its_values(tmp_path: Path, text: str) -> None:
    file = tmp_path / "delivery.toml"
    file.write_text(text)
    with pytest.raises(InvalidInput, match=r"delivery\.toml") as told:
        delivery({"KITH_SMTP_PASSWORD": "hunter2"}, file)
    assert "hunter2" not in str(told.value)
    assert "many" not in str(told.value)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    for name, wrong in (("in-latin-1", b'to = "jos\xe9@example.org"'), ("folder", None)):
        file = tmp_path / name
        file.write_bytes(wrong) if wrong else file.mkdir()
        with pytest.raises(InvalidInput, match=f"{name} can't be read"):
            delivery({}, file)


@pytest.mark.parametrize(
    "told",
    [
        {"KITH_SMTP_FROM": "Kith <kith@example.org>\nBcc: ana@example.org"},
        {"KITH_SMTP_FROM": "Kith"},
        {"KITH_DIGEST_TO": "mira@example.org, ana@example.org"},
        {"KITH_DIGEST_TO": "mira"},
    ],
)
def test_an_address_that_is_none_is_told(tmp_path: Path, told: dict[str, str]) -> None:
    with pytest.raises(InvalidInput, match=r"(to|smtp\.sender): "):
        delivery(told, tmp_path / "none")


def test_a_password_is_not_shown(tmp_path: Path) -> None:
    assert "hunter2" not in repr(delivery({"KITH_SMTP_PASSWORD": "hunter2"}, tmp_path / "none"))
