"""Policies from feature files: read, understood, and checked, with every error of every file told at once."""
