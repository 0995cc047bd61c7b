-- Visits know the wait that was told: days that were written down without it are reckoned anew.
DELETE FROM past_day;
