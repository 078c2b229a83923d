"""The schema as documentation: SDL in, Markdown that people read out.

In Dutch, like the descriptions it shows. It knows GraphQL and Markdown, and nothing of
what is answered. The libraries that Python has for this are extensions of Sphinx and
MkDocs (`autogqlschema`, `graphqldomain`, `mkdocstrings-graphql`): a site, not a file.
"""
