"""What documents are called where a reader meets them."""

import re
from collections import Counter
from collections.abc import Sequence

# A hash at the end of a file's name says nothing to a reader.
HASH_ENDING = re.compile(r"_[0-9a-f]{8,64}$")


def labels(doc_ids: Sequence[str]) -> dict[str, str]:
    """What each document is called: its id without the hash at its end, where that stays clear."""
    short = {doc_id: HASH_ENDING.sub("", doc_id) for doc_id in doc_ids}
    taken = Counter(short.values())
    return {doc_id: name if taken[name] == 1 and name else doc_id for doc_id, name in short.items()}
