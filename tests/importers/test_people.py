"""Identity keys say who is the same person; folded names only who may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.domain.people import company_key, email_key, linkedin_key, name_key


@pytest.mark.parametrize(
    "url",
    [
        "https://www.linkedin.com/in/ana-silva",
        "https://www.linkedin.com/in/Ana-Silva/",
        "http://linkedin.com/in/ana-silva?originalSubdomain=pt",
        "www.linkedin.com/in/ana-silva",
        "linkedin.com/in/ana-silva#about",
        "https://pt.linkedin.com/in/ana-silva/en",
        "HTTPS://WWW.LINKEDIN.COM/IN/ANA-SILVA",
        "  https://m.linkedin.com/in/ana-silva  ",
    ],
)
def test_one_profile_has_one_key_however_its_address_is_written(url: str) -> None:
    assert linkedin_key(url) == "linkedin:ana-silva"


def test_a_slug_is_the_same_decoded_and_percent_encoded() -> None:
    assert linkedin_key("https://www.linkedin.com/in/jos%C3%A9-n%C3%BA%C3%B1ez") == "linkedin:josé-núñez"
    assert linkedin_key("https://www.linkedin.com/in/José-Núñez") == "linkedin:josé-núñez"
    assert linkedin_key("https://www.linkedin.com/in/Jose\u0301-Nu\u0301n\u0303ez") == "linkedin:josé-núñez"


def test_two_slugs_in_bytes_that_are_no_utf8_stay_two() -> None:
    assert linkedin_key("https://www.linkedin.com/in/x%E9") != linkedin_key("https://www.linkedin.com/in/x%E8")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NA",
        "ana-silva",
        "https://www.linkedin.com/company/acme",
        "https://www.linkedin.com/in/",
        "https://evil-linkedin.com/in/ana",
        "https://example.org/linkedin.com/in/ana",
        "javascript:linkedin.com/in/ana",
        "https://www.linkedin.com/in/%00",
        "https://www.linkedin.com/in/" + "a" * 5_000,
    ],
)
def test_what_is_no_profile_has_no_key(text: str) -> None:
    assert linkedin_key(text) is None


def test_an_address_is_the_same_in_any_case() -> None:
    assert email_key(" Ana.Silva@Example.ORG ") == "email:ana.silva@example.org"


@pytest.mark.parametrize(
    "text", ["", "  ", "NA", "n/a", "ana", "ana@", "@example.org", "ana@example", "a b@example.org"]
)
def test_what_is_no_address_has_no_key(text: str) -> None:
    assert email_key(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tomás Pereira", "tomas  PEREIRA"),
        ("O'Brien, Anne-Marie", "obrien anne marie"),
        ("Søren Łukasz", "soren lukasz"),
        ("Straße", "STRASSE"),
        ("Jose\u0301", "José"),
    ],
)
def test_names_that_look_alike_are_offered(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("か", "が"), ("Ana Silva", "Ana Silvas"), ("محمد", "محمود")])
def test_names_that_differ_are_not_offered(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    "company",
    ["Acme", "ACME GmbH", "Acme, Inc.", "Acme Ltd", "Acme S.A.", "Acme AG", "Acme GmbH & Co. KG", " acme  llc "],
)
def test_a_company_is_the_same_without_its_legal_form(company: str) -> None:
    assert company_key(company) == "acme"


def test_a_company_that_is_called_like_a_legal_form_keeps_its_name() -> None:
    assert company_key("SAS") == "sas"
    assert company_key("Johnson & Sons") == company_key("Johnson and Sons") == "johnson and sons"


@given(st.text())
def test_keys_are_made_of_any_text_and_folding_twice_changes_nothing(text: str) -> None:
    linkedin_key(text)
    email_key(text)
    assert name_key(name_key(text)) == name_key(text)
    company_key(text)
