"""The market: booths and floats in their zones, who holds them, applications, permits and milestones."""
