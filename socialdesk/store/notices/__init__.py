"""What is worth telling, kept until it was seen."""
