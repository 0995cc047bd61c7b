"""Who is next, why, and how long it takes: one published rule, and what plays it forward. Pure."""
