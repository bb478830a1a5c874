"""The model of professional relationships: pure decisions over events, with no clock, no file and no randomness."""
