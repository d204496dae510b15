"""Orders: what people ask, complain of and propose, on its way to who settles it, and back to them."""
