"""What a city promotes at the fair: products, routes by season, heritage holders, photos, and vouchers to use there later.

Nouns: product, route, inheritor, photo, city voucher.
"""
