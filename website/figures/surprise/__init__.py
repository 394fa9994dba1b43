"""How sure the network is, what the truth is, and what that costs."""
