"""Operations and eye care for children and the old: rounds with a hospital, patients, and who bears the costs."""
