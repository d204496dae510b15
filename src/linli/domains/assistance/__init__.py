"""Social assistance (社会救助): the rules of 低保, 边缘, 刚性支出, 特困, 临时救助, medical aid and subsidies."""
