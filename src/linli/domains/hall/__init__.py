"""The one-stop hall: what it does for residents, its counters, queue, agents and judgement by those who came."""
