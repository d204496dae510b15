"""Work that ends: cases that run through a flow, with tasks, clocks, papers and decisions."""
