"""What hangs and lies at the fair: booth signs, zone boards, QR sheets and passes as PDF.

Nouns: sign, board, sheet (one, four or eight codes a page).
"""
