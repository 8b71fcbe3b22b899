"""`python -m corewatch` is the command `corewatch`."""

from corewatch.cli import main

main()
