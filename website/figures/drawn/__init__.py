"""A place to draw a digit, which a network reads; still, it shows a drawing and its reading."""
