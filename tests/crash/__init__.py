"""Workers and servers killed at random moments; `make crash` runs it at full size."""
