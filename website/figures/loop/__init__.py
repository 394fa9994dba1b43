"""The training loop, step by step."""
