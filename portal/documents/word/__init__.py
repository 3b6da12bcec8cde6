"""Word files: a plan written as one, and one read as a plan."""
