"""What machines of partners ask for: feeds and bundles by an address, the JSON API by a bearer token."""

from eventsite.partners.views_public import api, feeds, reference
from eventsite.partners.views_public.doors import api_blueprint, feeds_blueprint

__all__ = ["api", "api_blueprint", "feeds", "feeds_blueprint", "reference"]
