"""The Chinese working calendar: public holidays, worked weekends, years not announced yet."""
