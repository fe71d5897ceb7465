"""Who may come, what they sign first, whom to call, and whether they may be in pictures."""
