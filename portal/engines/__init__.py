"""PostgreSQL and Valkey for those who bring none, and the process tree of `make run`."""
