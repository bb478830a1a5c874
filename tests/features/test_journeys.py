"""The journeys from met to referral, walked with the real engine."""

from __future__ import annotations

from pytest_bdd import scenarios

scenarios("journeys/referral.feature", "journeys/taking_back.feature")
