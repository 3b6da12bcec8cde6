"""Reads for pages: they return rows or frozen dataclasses and never write."""
