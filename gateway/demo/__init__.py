"""A municipality to explore: stand-in registers and a filled store."""
