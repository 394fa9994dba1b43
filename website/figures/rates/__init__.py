"""What a learning rate does to the walk of one weight."""
