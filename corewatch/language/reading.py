"""Reading an article: everything that a text holds, found once and in order.

In: a document's id, text, title and day of publication. Out: an `Article`, the only thing that the stages after this one see.
"""

from corewatch.language.article import Article
from corewatch.language.companies import find_companies, find_main_company
from corewatch.language.figures import find_figures
from corewatch.language.people import find_people
from corewatch.language.periods import find_periods
from corewatch.language.quotations import find_quotations
from corewatch.language.sentences import find_sentences
from corewatch.language.tokens import find_tokens


def read_article(doc_id: str, text: str, title: str | None = None, published: str | None = None) -> Article:
    """The article with its sentences, tokens, quotations, figures, periods, companies and people.

    `published` is an ISO date or null; it dates what the text leaves open ("on Wednesday", "in March").
    """
    sentences = find_sentences(text)
    tokens = find_tokens(text)
    companies = find_companies(text, sentences)
    return Article(
        doc_id=doc_id,
        text=text,
        title=title,
        published=published,
        sentences=sentences,
        tokens=tokens,
        quotations=find_quotations(text),
        figures=find_figures(text, sentences),
        periods=find_periods(text, sentences, published),
        companies=companies,
        people=find_people(text, sentences, companies),
        main_company=find_main_company(sentences, companies),
    )
