"""Tests of the flow layer."""
