"""GraphiQL, as it is built when the package is installed; nothing here is served."""
