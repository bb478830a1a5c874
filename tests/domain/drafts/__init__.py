"""Drafts written for the purpose, good and bad, by which lint is judged."""
