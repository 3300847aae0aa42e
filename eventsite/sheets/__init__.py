"""Spreadsheets, XLSX and CSV: reading what people upload, writing what they take away. Knows no feature."""
