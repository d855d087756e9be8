"""튼튼한 공공 안전망: discovery and visits."""
