"""Places (区划): read from the pinned package or a county's own list, kept in the book's database, found by code or name."""

from taizhang.ledger.places.listing import load_list
from taizhang.ledger.places.loading import Loaded, load_package
from taizhang.ledger.places.lookup import Places, places_of
from taizhang.ledger.places.package import PlaceRow, Source, find_source, read

__all__ = ["Loaded", "PlaceRow", "Places", "Source", "find_source", "load_list", "load_package", "places_of", "read"]
