"""HTTP: GraphQL over HTTP, and the query page."""
