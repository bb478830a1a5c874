"""Policies in Gherkin: what a scenario means, whether a log kept to it, and how that is told."""
