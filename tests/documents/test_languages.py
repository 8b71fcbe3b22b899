"""Other languages are told; English never is taken for one."""

import re
from pathlib import Path

import pytest

from corewatch.documents.languages import mixed_language, other_language

ROOT = Path(__file__).parents[2]

OTHERS = {
    "de": "Der Chiphersteller hat am Montag angekündigt, dass er mit Orrin einen Vertrag geschlossen hat, der noch in diesem Jahr beginnt.",
    "fr": "Le fabricant de puces a annoncé lundi qu'il avait signé un contrat de 12 milliards de dollars avec l'exploitant des centres.",
    "es": "El fabricante de chips anunció el lunes que había firmado un contrato de 12.000 millones de dólares con el operador.",
    "it": "Il produttore di chip ha annunciato lunedì di aver firmato un contratto da 12 miliardi di dollari con l'operatore.",
    "nl": "De chipfabrikant heeft maandag aangekondigd dat het een contract van 12 miljard dollar heeft gesloten met de exploitant.",
    "pt": "A fabricante de chips anunciou na segunda-feira que assinou um contrato de 12 bilhões de dólares com a operadora dos centros.",
    "sv": "Chiptillverkaren meddelade på måndagen att den har tecknat ett avtal värt 12 miljarder dollar med operatören av datacentren.",
    "da": "Chipproducenten meddelte mandag, at den har indgået en aftale til 12 milliarder dollar med operatøren af datacentrene.",
    "pl": "Producent układów ogłosił w poniedziałek, że podpisał umowę o wartości 12 miliardów dolarów z operatorem centrów danych.",
    "tr": "Çip üreticisi pazartesi günü veri merkezlerinin işletmecisiyle 12 milyar dolarlık bir sözleşme imzaladığını resmen duyurdu.",
    "id": "Produsen chip itu mengumumkan pada hari Senin bahwa mereka telah menandatangani kontrak senilai 12 miliar dolar.",
    "vi": "Nhà sản xuất chip hôm thứ Hai thông báo đã ký hợp đồng trị giá 12 tỷ đô la với nhà điều hành các trung tâm dữ liệu.",
    "ru": "Производитель чипов объявил в понедельник, что подписал контракт на 12 миллиардов долларов с оператором центров.",
    "ja": "半導体メーカーは月曜日、データセンター運営会社と120億ドルの契約を結んだと発表した。株価は5％上昇した。",
    "zh": "芯片制造商周一宣布与数据中心运营商签署了120亿美元的合同。股价上涨5%。",
    "ko": "반도체 제조업체는 월요일 데이터센터 운영업체와 120억 달러 규모의 계약을 체결했다고 발표했다.",
    "ar": "أعلنت شركة تصنيع الرقائق يوم الاثنين أنها وقعت عقدا بقيمة 12 مليار دولار مع مشغل مراكز البيانات.",
}


SHORT = {
    "Quartzline hat einen Vertrag mit Orrin unterschrieben. Er ist 11,9 Milliarden Dollar wert.": "de",
    "Orrin und Loam bauen Rechenzentren in Texas. Die Kosten liegen bei 40 Milliarden Dollar.": "de",
    "Loam lève 1,7 milliard d'euros auprès d'Orrin. La société est valorisée 11,7 milliards.": "fr",
    "Quartzline tekende een contract met Orrin ter waarde van 11,9 miljard dollar.": "nl",
    "Orrin vende su filial en Perú por 900 millones de soles.": "es",
    "Orrin investerer fem milliarder dollar i Loam. Det oplyste selskabet torsdag.": "da",
}


@pytest.mark.parametrize("text", SHORT)
def test_an_article_of_a_sentence_or_two_is_told(text: str) -> None:
    assert other_language(text) == SHORT[text]


@pytest.mark.parametrize("code", OTHERS)
def test_a_sentence_of_another_language_is_told(code: str) -> None:
    assert other_language(OTHERS[code]) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nebius pays Vineland lease",
        "Deutsche Telekom, SAP and Siemens agreed deals",
        "Capex guidance raised; margins narrowed; buybacks paused",
        "Microsoft, Nvidia, OpenAI, CoreWeave, Oracle, Blackstone, Magnetar, SoftBank, Anthropic, Lambda, Nebius, Crusoe, Vantage " * 5,
        "Société Générale, Crédit Agricole, Deutsche Bank, Banco Santander and Intesa Sanpaolo lead the loan",
        "Revenue Q4 2024: $747m; net loss $863m; capex $8.7bn; backlog $15bn; GPUs 250k; sites 32; power 360 MW; debt $7.9bn; cash $1.4bn",
        "The company chip has announced in Monday that has signed contract of 12 billion dollars with operator of centre of data.",
        "revenue growth guidance backlog capex depreciation amortization ebitda margin leverage covenant maturity coupon tranche syndicate",
        "“C’est magnifique,” said Jean Dupont, and the shares rose 5% in Paris.",
        "12,000 34% $5 $6 $7 2024 2025",
    ],
)
def test_short_texts_lists_of_names_and_clumsy_english_pass(text: str) -> None:
    assert other_language(text) is None


def test_no_passage_of_the_annotated_articles_is_taken_for_another_language() -> None:
    articles = [path.read_text(encoding="utf-8") for path in [*ROOT.glob("seeds/*.txt"), *ROOT.glob("tests/accuracy/gold/**/*.txt")]]
    assert len(articles) > 100
    wrong = [part for article in articles for part in [article, *re.split(r"\n+|(?<=[.!?]) ", article)] if other_language(part)]
    assert wrong == []


def test_a_german_article_with_english_names_and_a_quotation_is_german() -> None:
    assert other_language(f"Quartzline Data Centers Inc.: “We are open for business”\n\n{OTHERS['de'] * 3}") == "de"


ENGLISH = (
    "The maker of chips said on Monday that it had signed a contract worth $12 billion with the operator of the centers.",
    "Its shares rose 5% after the news, and those of its lender fell, because the loan will be paid back late, he said.",
    "Orrin will lease halls from Quartzline for ten years, and it expects that the first of them will be ready in June.",
)


@pytest.mark.parametrize("code", ["de", "fr", "es", "ja", "ru"])
def test_a_page_in_two_languages_is_no_english_text_and_an_english_article_with_a_quotation_is_one(code: str) -> None:
    two = "\n\n".join([*ENGLISH, OTHERS[code] * 3 if code != "ja" else OTHERS[code] * 5])
    assert mixed_language(two) == code
    assert other_language(two) in (None, code)
    assert mixed_language("\n\n".join([*ENGLISH, *ENGLISH, f"“{OTHERS[code]}”"])) is None


def test_english_with_many_foreign_names_is_english() -> None:
    names = "Société Générale, Crédit Agricole, Deutsche Bank, Banco Santander, Intesa Sanpaolo, Łukasz Żółtański and Jürgen Müller"
    towns = ("Köln", "Łódź", "Málaga")
    text = "\n\n".join(f"{names} said that they will lend $5 billion to the operator of halls in {town}." for town in towns)
    assert (other_language(text), mixed_language(text)) == (None, None)


def test_no_annotated_article_is_taken_for_one_in_two_languages() -> None:
    articles = [*ROOT.glob("seeds/*.txt"), *ROOT.glob("tests/accuracy/gold/**/*.txt")]
    assert [path.name for path in articles if mixed_language(path.read_text(encoding="utf-8"))] == []
