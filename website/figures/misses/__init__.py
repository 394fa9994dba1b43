"""Three guesses to drag: each miss is a square, and together they make the mean squared error."""
