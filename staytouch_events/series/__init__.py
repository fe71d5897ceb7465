"""Series: a rule, the dates made of it, and who comes to all of them."""
