"""Histories that have landed, and replay for ever."""
