"""Partners take the programme with them: tokens, feeds, signed bundles, webhooks and a JSON API.

A token belongs to an organization of an event and opens what its scopes say. A taking is what was taken with
it, of which release. A webhook is an address that is told of releases; a delivery is one such message.
"""
