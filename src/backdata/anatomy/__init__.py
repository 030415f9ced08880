"""The domain's own algebra: levels, inheritance of facts, terms, and how facts read in words."""
