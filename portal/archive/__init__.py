"""What is kept for ever: files that are written once, archive packages, evidence."""
