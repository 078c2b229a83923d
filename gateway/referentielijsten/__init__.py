"""Reference lists: codes and what they are called, of kanalen, talen, landen and soorten.

Codes of talen and landen are those of ISO, their Dutch names come from the Unicode CLDR;
kanalen are the municipality's own. Nothing here does I/O.
"""
