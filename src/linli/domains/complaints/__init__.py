"""Administrative complaints, petitions, receptions and talks."""
