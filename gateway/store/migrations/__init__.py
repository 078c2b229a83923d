"""How a database becomes what the tables say, step by step."""
