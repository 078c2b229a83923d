"""Stand-ins for the registers: the fixtures over HTTP, as the real servers do it.

What they copy was measured on Open Zaak 1.30 and Open Object 4.0, faults and traps
included: a gateway that works against these is to work against those. They read only;
what a klantbeeld never asks for is left out.
"""
