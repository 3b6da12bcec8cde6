"""What becomes of a plan's text: the PDF to Phụ lục I, its fields, pictures, redlines."""
