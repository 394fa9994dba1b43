"""Recorded runs on the digits, up to three at a time."""
