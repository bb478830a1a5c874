"""What each Then step does with a log: it sees the events one by one, in order, and tells what breaks the policy."""
