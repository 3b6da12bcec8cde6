"""The demonstration: a fictitious office that works on the real plan of 2022."""
