"""Tests of how digests reach the seeker."""
