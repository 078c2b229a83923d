"""The schema as documentation: SDL in, Markdown that people read out.

In Dutch, like the descriptions it shows. It knows GraphQL and Markdown, and nothing of
what is answered.
"""
