"""HTTP: the graph, the webhook of the registers, and the page for who explores the graph.

So too what every request and every answer goes through: hosts, rates, headers, errors.
"""
