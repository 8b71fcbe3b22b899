"""Tables to what a reader sees: views and charts for notebooks, runs, pages and the site."""
