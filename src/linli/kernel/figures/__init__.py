"""What is counted: definitions, values with their rows, relations, and reports made of them."""
