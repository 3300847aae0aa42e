"""From placed to ready: what must be in before a booth opens, and who walks round to see it.

Nouns: slot (set-up or tear-down), access pass (vehicle or staff), certificate, check, fault, permit,
milestone, clearance.
"""
