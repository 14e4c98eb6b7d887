"""Papers of an application: several at once, refused in words, removed, named when missing."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.documents.samples import jpeg, pdf
from tests.web.portal.walking import ME, Walk, example

BIRTH = "birth-registration"


def papers(walk: Walk) -> str:
    return walk.answer_all(BIRTH, walk.start(BIRTH), {**example(BIRTH), **ME})


def photo(name: str = "giấy chứng sinh.jpg") -> SimpleUploadedFile:
    # Two names are two pictures: the same bytes would be kept once.
    return SimpleUploadedFile(name, jpeg(16 + sum(map(ord, name)) % 99), "image/jpeg")


def test_the_page_says_what_is_needed_and_what_is_not(walk: Walk) -> None:
    walk.get(papers(walk))
    assert "Birth notice of the hospital" in walk.text
    assert "You need not bring" in walk.text
    assert "National population database" in walk.text
    assert "PDF, JPEG, PNG; each file at most 10 MB" in walk.text
    assert "multiple" in walk.text


def test_several_files_at_once_are_listed_and_can_be_removed(walk: Walk) -> None:
    url = papers(walk)
    walk.post(url, {"file:birth-notice": [photo("một.jpg"), photo("hai.jpg")], "go": "stay"})
    walk.get(url)
    assert "một.jpg" in walk.text
    found = re.search(r'name="remove"[^>]*value="([^"]+)"', walk.text)
    assert found is not None
    walk.post(url, {"remove": found[1]})
    assert "một.jpg" not in walk.get(url).text
    link = re.search(r'href="(/my/applications/[^"]+/papers/[^"]+)"', walk.text)
    assert link is not None
    walk.response = walk.client.get(link[1])
    assert walk.response.headers["Content-Type"] == "image/jpeg"
    assert "inline" in walk.response.headers["Content-Disposition"]


def test_a_refused_file_says_why_and_the_others_are_kept(walk: Walk) -> None:
    url = papers(walk)
    bad = SimpleUploadedFile("thư.pdf", b"not a pdf at all", "application/pdf")
    good = SimpleUploadedFile("giấy.pdf", pdf(), "application/pdf")
    walk.post(url, {"file:birth-notice": [bad, good], "go": "on"}, status=422)
    assert "thư.pdf was not attached. This file is not one of the accepted kinds" in walk.text
    assert "giấy.pdf" in walk.get(url).text


def test_a_missing_paper_is_named(walk: Walk) -> None:
    url = papers(walk)
    walk.post(url, {"go": "on"}, status=422)
    assert "Birth notice of the hospital: attach this paper." in walk.text
    check = walk.get(url.replace("/papers", "/check"))
    assert "Before you can send it" in check.text
    assert 'name="declared"' not in check.text


def test_no_file_of_another_person_can_be_opened(walk: Walk, stranger: Walk) -> None:
    url = papers(walk)
    walk.post(url, {"file:birth-notice": [photo()], "go": "stay"})
    link = re.search(r'href="(/my/applications/[^"]+/papers/[^"]+)"', walk.get(url).text)
    assert link is not None
    stranger.get(link[1], status=404)
