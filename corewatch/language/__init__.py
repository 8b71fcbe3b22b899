"""Documents to sentences, quotations, figures, periods, companies and people: what is written, before anybody judges it."""
