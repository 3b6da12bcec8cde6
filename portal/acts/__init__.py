"""Acts that need more than the database, done alike from a page and from the command line."""
