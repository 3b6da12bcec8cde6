"""Starting a plan from last year's: what in the old text has to be decided anew, and doing it."""
