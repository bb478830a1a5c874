"""Tests of policies and audits."""
