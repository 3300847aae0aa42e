"""Applications as plain values: what an applicant says, what is still lacking, and what offices have said."""
