"""What residents and other programs ask over the network becomes orders: public pages and Open311 GeoReport v2."""
