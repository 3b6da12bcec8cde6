"""What would survive another web framework and another queue: the plan, its chain, its record."""
