"""The two subsidies of disabled persons (残疾人两项补贴): applied for or found, decided, paid with the monthly run."""
