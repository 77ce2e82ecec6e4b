"""Draws the sample pictures."""
