"""People who sign in: accounts, second factors, and the actor that every operation is done by."""
