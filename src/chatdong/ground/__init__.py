"""What both wings stand on: places, accounts, households, messages."""
