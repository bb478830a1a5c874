"""Importers: each turns files that people already own into plain values, and what could not be read into problems."""
