"""Tables derived from the log, written in the same transaction as its events and recreated by ``kith rebuild``."""
