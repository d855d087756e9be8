"""Reports that another web site, such as the district's own home page, takes and posts to us as JSON."""
