"""The house: what the law says, how an office works, and what is kept and told."""
