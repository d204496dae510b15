"""What every domain shares: access, registry, cases, ledgers, figures, publicity."""
