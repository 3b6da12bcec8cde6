"""What the workers do: one function for each kind of work owed, each safe to run twice."""
