"""The hotline: the operators' console, the desks, the calls back, the rates, the knowledge base."""
