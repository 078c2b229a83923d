"""Taking over what another store has: `klantbeeld import open-klant`.

`source.py` reads pages of an Open Klant, `records.py` says what is in them. A module for
each kind (`actoren.py`, `partijen.py`, `klantcontacten.py`) makes a plan of one record and
its parts: rows as our tables want them, and a line for whatever does not fit. `taking.py`
brings a plan into the store in one transaction, `bringing.py` its rows one by one, and
`toestemming.py` says what consent allows; `run.py` does all of them in turn.

A plan is made of every record in every run, so that every run tells all that was left
out; what has not changed since the last one is not written.
"""
