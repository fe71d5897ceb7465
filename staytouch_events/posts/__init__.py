"""What crews talk about: posts, answers, questions, what is mailed of it, and who welcomes newcomers."""
