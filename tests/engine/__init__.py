"""Tests of the engine: commands and queries over a real store."""
