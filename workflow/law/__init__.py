"""What Parliament says: working days, clocks, exemptions, cost. Standard library only, no clock."""
