"""The features of `features/`, bound to the real engine."""
