"""Everything with a socket, a file or a clock: pages, workers, documents, keys and the store."""
