"""How a database becomes what the tables says, step by step."""
