"""Checks of Kith, written as sentences about its behaviour."""
