"""The schema as documentation: SDL in, Markdown that people read out.

In Dutch, like the descriptions it shows. It knows GraphQL and Markdown, and nothing of
what is answered. Python has this within Sphinx and MkDocs only (`autogqlschema`,
`graphqldomain`, `mkdocstrings-graphql`); `@graphql-markdown/cli` of npm makes Markdown,
in English and without who may ask for what.
"""
