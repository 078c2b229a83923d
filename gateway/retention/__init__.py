"""Data that leave on time: what is due, its destruction, and what is held of a person.

`termijnen` decides, and knows nobody; `archief` asks the registers for the archive data of
zaken. `purging` goes through all that is kept, `verwijderen` through what one partij has.
`purge` and `disclose` (AVG, article 15) are the commands.
"""
