"""The site that cross-province tourism fairs run on."""
