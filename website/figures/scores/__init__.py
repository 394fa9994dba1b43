"""Three scores, which softmax turns into probabilities, and one of these into the loss."""
