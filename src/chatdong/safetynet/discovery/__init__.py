"""발굴: reports, leads, hand-overs, discovery lists; nobody is dropped."""
