"""What a city promotes at the fair and afterwards: what its booths sell, who makes it, where to travel.

Nouns: product, inheritor (at a booth), route, city voucher (of a delegation), taken voucher (a visitor's),
photo (of a booth, a city or an inheritor), city visit (a stamped pass looked at a city on a day).
"""
