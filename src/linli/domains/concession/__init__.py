"""Cards with which people in difficulty pay lower prices at named hospitals (慈善医疗优惠卡); see README.md."""
