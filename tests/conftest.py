"""What every test gets: repeatable examples, and scenario tags that are data rather than markers."""

from hypothesis import settings

settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1_000)
settings.load_profile("ci")


def pytest_bdd_apply_tag(tag: str) -> bool | None:
    """Only `@slow` marks a test; the other tags of a scenario (`@policy`, `@id:…`) belong to the audits."""
    return None if tag == "slow" else True
