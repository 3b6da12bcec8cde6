"""What people fill in: fields, and the sentences for what is wrong with them."""
