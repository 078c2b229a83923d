"""One operation, run in sweeps."""
