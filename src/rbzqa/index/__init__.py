"""Immutable generations on disk (DESIGN §6): build, publish, verify, open."""
