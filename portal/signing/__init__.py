"""Signs, seals and verifies the PDF of a plan (Decree 30/2020, Phụ lục I; PAdES B-LTA)."""
