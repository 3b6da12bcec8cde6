"""Notices as e-mail: their words, their letters, and how these leave."""
