"""The command line ``kith``."""
