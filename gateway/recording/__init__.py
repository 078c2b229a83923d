"""What is recorded, changed and removed: the rules, and one transaction for each.

A mutation of the graph becomes values of `waarden`; a function of this package looks at
them, collects every mistake (`fouten`), and writes within the transaction that
`recorder` began. That also answers a retry, and notes who changed what.
"""
