"""The hall's room: call boards, hall screen and voice say who is next. No rules."""
