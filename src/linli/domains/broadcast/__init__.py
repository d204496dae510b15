"""Messages to the telephones of cadres and residents: drafted, approved, sent once, read or not."""
