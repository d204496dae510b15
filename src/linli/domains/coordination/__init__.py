"""The system of social assistance as a whole: layers, kinds of aid, one file for each family, how many are reached."""
