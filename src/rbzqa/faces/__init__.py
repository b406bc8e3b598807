"""The ways to reach the engine: each translates, none decides, and none imports another."""
