"""Translations of a catalog's texts: which are shown, how the others are marked, and that nothing is judged by them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.catalog.bundle import digest, to_bytes
from handrail.catalog.fingerprint import fingerprint
from handrail.catalog.texts import texts_of, with_texts
from handrail.catalog.translated import marked, translated, unmarked
from handrail.catalog.translations import languages_of, translation_of
from handrail.model.bundle import Bundle
from handrail.model.translation import TranslatedText, Translation, Untranslated, direction
from handrail.source.diagnostics import InputError
from tests.catalog.cases import SRC, bundle_of, checked, edited, overlaid

FILE = "principles/i18n/de/src.yaml"
QUESTION = "Does every dataset stand in a register?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return overlaid(tmp_path / "catalog")


def written(folder: Path, text: str, path: str = FILE) -> Path:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")
    return folder


def said(texts: dict[str, str], language: str = "de") -> str:
    """A translation's file of (address -> source, with brackets round it in place of a translation)."""
    entries = {one: {"of": fingerprint(text), "text": f"[{text}]"} for one, text in texts.items()}
    return json.dumps({"translation": {"language": language, "by": "Tests"}, "texts": entries}) + "\n"


def whole(bundle: Bundle) -> Translation:
    """Every text, with brackets round it in place of a translation."""
    return Translation(
        "de", {one: TranslatedText(of=fingerprint(text), text=f"[{text}]") for one, text in texts_of(bundle).items()}
    )


def test_every_text_of_the_catalog_has_an_address_of_its_own(folder: Path) -> None:
    told: list[str] = []
    bundle = bundle_of(folder)
    assert with_texts(bundle, lambda address, text: told.append(address) or text) == bundle
    assert len(told) == len(set(told)) > 40
    assert {"SRC.statement", "SRC-01.guidance", "SRC-01.evidence.register.title", "fact.role.host.label"} <= {*told}
    assert {"catalog.notice", "theme.data.summary", "checklist.developer.title", "reference.act.1.title"} <= {*told}


def test_a_text_is_shown_in_the_language_that_it_was_translated_to(folder: Path) -> None:
    written(folder, said({"SRC-01.question": QUESTION}))
    made, marks = translated(bundle_of(folder), translation_of([folder], "de"))
    assert made.controls["SRC-01"].question == f"[{QUESTION}]"
    assert "SRC-01.question" not in marks


def test_what_is_not_translated_stands_in_its_source_language_and_says_so(folder: Path) -> None:
    made, marks = translated(bundle_of(folder), translation_of([folder], "de"))
    assert made.controls["SRC-01"].question == f"\u2068[en] {QUESTION}\u2069"
    assert set(marks.values()) == {Untranslated.MISSING}
    assert set(marks) == set(texts_of(bundle_of(folder)))


def test_a_text_that_changed_since_falls_back_with_a_mark(folder: Path) -> None:
    written(folder, said({"SRC-01.question": QUESTION}))
    edited(folder, SRC, (QUESTION, "Is every dataset in a register?"))
    made, marks = translated(bundle_of(folder), translation_of([folder], "de"))
    assert unmarked(made.controls["SRC-01"].question) == ("en", "Is every dataset in a register?")
    assert marks["SRC-01.question"] is Untranslated.STALE


def test_another_width_of_lines_makes_no_translation_stale(folder: Path) -> None:
    written(folder, said({"SRC-01.question": "Does every dataset\n   stand in a register?"}))
    assert "SRC-01.question" not in translated(bundle_of(folder), translation_of([folder], "de"))[1]


def test_the_bundle_and_its_digest_do_not_depend_on_translations(folder: Path) -> None:
    before = to_bytes(bundle_of(folder))
    written(folder, said({"SRC-01.question": QUESTION}))
    assert digest(to_bytes(bundle_of(folder))) == digest(before)


def test_all_but_texts_is_the_same_in_every_language(folder: Path) -> None:
    bundle = bundle_of(folder)
    made, marks = translated(bundle, whole(bundle))
    assert not marks
    blank = [with_texts(one, lambda _, text: "") for one in (bundle, made)]
    assert blank[0] == blank[1]
    assert (made.fingerprints, made.order, list(made.controls)) == (
        bundle.fingerprints,
        bundle.order,
        list(bundle.controls),
    )
    assert all(text.startswith("[") and text.endswith("]") for text in texts_of(made).values())


@given(st.text(min_size=1), st.sampled_from(["en", "pt-br"]))
def test_a_mark_can_be_taken_off_again(text: str, language: str) -> None:
    assert unmarked(marked(text, language)) == (language, text)


def test_a_text_without_a_mark_has_none() -> None:
    assert unmarked("[en] is a mark only where we put it") == ("", "[en] is a mark only where we put it")


@pytest.mark.parametrize(
    ("language", "runs"),
    [
        ("de", "ltr"),
        ("ar", "rtl"),
        ("he", "rtl"),
        ("fa-ir", "rtl"),
        ("az", "ltr"),
        ("az-arab", "rtl"),
        ("ks-deva", "ltr"),
    ],
)
def test_the_direction_of_a_language_is_that_of_its_script(language: str, runs: str) -> None:
    assert direction(language) == runs


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("principles/i18n/src.yaml", said({}), "is not a file of a translation"),
        ("principles/i18n/de/src.yml", said({}), "is not a file of a translation"),
        (FILE, said({}, "fr"), "stands in `principles/i18n/de/`, and its language is `fr`"),
        (FILE, "translation: {language: de, by: ... who translates}\ntexts: {}\n", "is still to be written"),
        (FILE, "translation: {language: de}\ntexts: {}\n", "`translation` has no `by`"),
        (
            FILE,
            said({"SRC-01.question": QUESTION}).replace("?]", "\\u202e?]"),
            "is invisible, or reorders what is shown",
        ),
    ],
)
def test_a_defect_of_a_translation_is_told_with_its_place(folder: Path, path: str, text: str, told: str) -> None:
    out, _, bundle = checked(written(folder, text, path))
    assert bundle is not None
    (found,) = out.sorted()
    assert told in found.message
    assert found.span is not None
    assert found.span.path == path


def test_a_site_is_not_built_from_a_translation_with_errors(folder: Path) -> None:
    written(folder, "texts: {}\n")
    with pytest.raises(InputError):
        translation_of([folder], "de")
    assert translation_of([folder], "fr").texts == {}
    assert languages_of([folder]) == ("de",)


def test_the_translations_of_a_bundle_lie_beside_it(folder: Path, tmp_path: Path) -> None:
    written(folder, said({"SRC-01.question": QUESTION}))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "bundle.json").write_bytes(to_bytes(bundle_of(folder)))
    assert not translation_of([tmp_path / "elsewhere" / "bundle.json"], "de").texts
    shutil.copytree(folder / "principles" / "i18n", tmp_path / "elsewhere" / "principles" / "i18n")
    assert set(translation_of([tmp_path / "elsewhere" / "bundle.json"], "de").texts) == {"SRC-01.question"}


def test_a_pack_does_not_translate_what_the_catalog_translates(folder: Path, tmp_path: Path) -> None:
    written(folder, said({"SRC-01.question": QUESTION}))
    pack = tmp_path / "pack"
    written(pack, said({"SRC-01.question": "No", "ACME-OPS.title": "Ours"}))
    (pack / "pack.yaml").write_text("pack: {}\n", encoding="utf-8")
    texts = translation_of([pack, folder], "de").texts
    assert {one: texts[one].text for one in texts} == {"SRC-01.question": f"[{QUESTION}]", "ACME-OPS.title": "[Ours]"}
