"""What is searched for, and the rows in which it is shown."""
