"""The rules, in plain Python: no database, no clock, no network."""
