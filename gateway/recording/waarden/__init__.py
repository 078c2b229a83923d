"""Values before they are written: their forms, and the rule told when one is not.

Nothing here reads or writes. A `check_…` takes what was given and gives it as it is to
be written (spaces around it gone, a postcode as `1234 AB`); what is wrong with it is in
the `fouten` it was handed, and then what it gave is of no use. Whatever passes, no
constraint of `gateway.store.tables` refuses.
"""
