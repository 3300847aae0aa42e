"""What exhibitors see: the calls with their form, the private page, the public list of the accepted."""

from eventsite.applications.views_public import apply, own, pack
from eventsite.applications.views_public.doors import blueprint

__all__ = ["apply", "blueprint", "own", "pack"]
