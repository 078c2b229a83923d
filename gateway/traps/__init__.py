"""What registers were seen to do beyond their contracts, each with a probe.

The gateway is built on these assumptions; `klantbeeld check --deep` holds them against
the registers that are configured. A probe only reads, and nothing of a record is told.

Source: observed on Open Zaak 1.30 and Open Object 4.0, unless a trap says otherwise.
"""
