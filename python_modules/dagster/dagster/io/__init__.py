"""IO managers: where the values of assets and ops are kept between steps."""
