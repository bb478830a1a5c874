"""What policies are written in: the names of events, their attributes, and the steps; everything else is made of it."""
