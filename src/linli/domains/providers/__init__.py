"""Member firms, skilled individuals and what residents order from them."""
