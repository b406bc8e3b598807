"""rbzqa: answers, word for word and cited, from letters of the Dutch government to Parliament."""

__version__ = "0.1.0"
