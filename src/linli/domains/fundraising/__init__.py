"""Gifts: campaigns, donors, receipts, contracts, named funds and the yearly spending plan."""
