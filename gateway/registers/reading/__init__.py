"""How records are read: who owns a URL, what is known, who is asking already."""
