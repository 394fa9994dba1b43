"""Forward, blame and update through two layers, step by step."""
