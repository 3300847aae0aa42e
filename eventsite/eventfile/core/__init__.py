"""Reading an event file: bytes in, an `EventFile` or every fault out."""
