"""Reports: cards with pictures and tables, the day's account on paper, versions compared, a day played again."""
