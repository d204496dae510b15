"""How pages look and behave: base templates, components, forms, lists. Knows nothing of what they show."""
