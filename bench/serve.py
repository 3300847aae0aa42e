"""`python -m bench.serve TARGET PORT`: serve an application on loopback as `make run` serves the site."""

import sys

from eventsite.server import build_server

if __name__ == "__main__":
    build_server(sys.argv[1], host="127.0.0.1", port=int(sys.argv[2])).serve()
