"""What the crews did: logs of bags, weight and things counted, their totals, and recognition that a crew defines."""
