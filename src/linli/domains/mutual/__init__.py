"""Community aid funds: residents give, their deliberation decides, the books pay."""
