"""The log as audits read it: once, only the events that the policies need, and of these only what they ask for."""
