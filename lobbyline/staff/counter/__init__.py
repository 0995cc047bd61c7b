"""A counter and the second person: what tellers see and press, what waits to be authorised or reviewed, vouchers."""
