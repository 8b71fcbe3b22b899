"""The probability that money arrives at a firm, one graph at a time and without the inverse of I - G, which a closed block has not."""

import numpy as np

from corewatch.loop.money import Floats


def arrival(mixing: Floats, goal: int, last: Floats) -> Floats:
    """h (n): the probability that money at each firm arrives at the goal for the first time by a last step counted in `last` (n).

    `mixing` (n x n) is G. At the goal itself it is 1: money that is there has arrived.
    """
    reach = [at for at in reaching(mixing, goal) if at != goal]
    found = np.zeros(len(mixing))
    found[goal] = 1.0
    if reach:
        inner = mixing[np.ix_(reach, reach)]
        found[reach] = np.linalg.solve(np.eye(len(reach)) - inner, last[reach])
    return found


def return_probabilities(mixing: Floats) -> Floats:
    """r (n): the probability that money which a firm pays comes back to it, every firm mixing its money; `mixing` (n x n) is G."""
    return np.array([float(mixing[at] @ arrival(mixing, at, mixing[:, at])) for at in range(len(mixing))])


def reaching(mixing: Floats, goal: int) -> list[int]:
    """The firms from which some money gets to the goal."""
    found, fresh = {goal}, [goal]
    while fresh:
        at = fresh.pop()
        for before in np.flatnonzero(mixing[:, at]):
            if int(before) not in found:
                found.add(int(before))
                fresh.append(int(before))
    return sorted(found)
