"""A monkey at the real window: random things that people do, and what must hold after them."""
