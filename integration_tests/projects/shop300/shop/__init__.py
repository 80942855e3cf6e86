"""A shop: what it knows of its customers, orders, stock and money."""
