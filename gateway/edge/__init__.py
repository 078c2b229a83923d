"""HTTP: GraphQL over HTTP, the query page, health."""
