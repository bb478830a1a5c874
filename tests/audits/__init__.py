"""Tests of audits: what they find, and how it is reported."""
