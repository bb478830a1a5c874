"""Where the log lives: recorders that write events, read models and command ids in one transaction."""
