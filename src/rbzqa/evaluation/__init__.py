"""Retrieval sets -> measures with intervals, through the real index and search code."""
