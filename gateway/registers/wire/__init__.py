"""How a request reaches a register, and what comes back: the only sockets to them."""
