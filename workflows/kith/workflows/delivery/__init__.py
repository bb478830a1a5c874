"""How the digest of the day reaches the seeker: by e-mail or any Apprise target, and never anybody else."""
