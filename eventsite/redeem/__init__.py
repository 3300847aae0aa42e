"""Handing over: what staff see and do when a visitor shows a prize or voucher code."""
