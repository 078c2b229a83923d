"""How a GraphQL operation is run; knows GraphQL, but nothing of klantbeelden."""
