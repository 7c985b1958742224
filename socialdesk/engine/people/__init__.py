"""What is known of people, and what becomes of it: given to them, erased, with a receipt."""
