"""Handing over: what staff and visitors see behind a prize or voucher code, and what staff do there."""
