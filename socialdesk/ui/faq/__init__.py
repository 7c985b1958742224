"""Known questions with their answers, and the questions that nobody has answered yet."""
