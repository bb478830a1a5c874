"""The relationship between the seeker and one person: its events, its state, its course, and its decisions."""
