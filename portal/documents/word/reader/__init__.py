"""Reading a Word file as a plan: from the zip to paragraphs, from paragraphs to the parts."""
