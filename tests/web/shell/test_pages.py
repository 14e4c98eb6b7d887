"""The shell over HTTP: language, headers, guards and pages for everything that goes wrong."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.web.shell.middleware import address_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.shell.strange_urls")]


@pytest.mark.parametrize(
    ("language", "word"), [("vi", "Bạn cần gì?"), ("en", "What do you need?"), ("fr", "De quoi")]
)
def test_the_gallery_speaks_three_languages(client: Client, language: str, word: str) -> None:
    client.cookies["language"] = language
    page = client.get("/design/").content.decode()
    assert f'<html lang="{language}"' in page
    assert word in page


def test_the_language_switch_returns_to_the_page(client: Client) -> None:
    answer = client.post("/language", {"language": "fr", "next": "/design/?q=x"})
    assert (answer.status_code, answer["Location"]) == (302, "/design/?q=x")
    assert 'lang="fr"' in client.get("/design/").content.decode()


def test_the_language_switch_in_a_form_keeps_what_was_typed(client: Client) -> None:
    typed = {"redraw-language": "en", "child.name": "Nguyễn Thị Bưởi"}
    answer = client.post("/language?next=/design/", typed, follow=True)
    assert answer.redirect_chain == [("/design/", 307)]
    page = answer.content.decode()
    assert 'value="Nguyễn Thị Bưởi"' in page
    assert '<html lang="en"' in page
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:x", "\n"]
)
def test_the_language_switch_leads_nowhere_else(client: Client, target: str) -> None:
    assert client.post("/language", {"language": "vi", "next": target})["Location"] == "/"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    assert "language" not in client.post("/language", {"language": "xx"}).cookies


def test_faults_come_back_together_with_what_was_typed(client: Client) -> None:
    answer = client.post("/design/", {"child.born_on-day": "99"})
    assert answer.status_code == 422
    assert 'value="99"' in answer.content.decode()


def test_an_officer_chooses_dense_lines_and_no_shortcuts(client: Client) -> None:
    client.post("/preferences", {"density": "dense", "shortcuts": "off", "next": "/design/desk"})
    page = client.get("/design/desk").content.decode()
    assert 'class="desk dense"' in page
    assert 'data-shortcuts="off"' in page


def test_pages_carry_no_inline_script_or_style(client: Client) -> None:
    for path in ("/design/", "/design/desk", "/design/confirm", "/nowhere"):
        page = client.get(path).content.decode()
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?! src=)", page), path


def test_every_answer_carries_the_security_headers(client: Client) -> None:
    for path in ("/design/", "/nowhere", "/areas?of=xx"):
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"].startswith(
            "default-src 'none'; script-src 'self'"
        )
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "camera=()" in headers["Permissions-Policy"]


def test_only_a_paper_may_be_shown_in_our_frame(client: Client) -> None:
    assert "frame-ancestors 'none'" in client.get("/design/")["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in client.get("/design/paper")["Content-Security-Policy"]


def test_personal_pages_are_never_stored(client: Client) -> None:
    assert "no-store" not in client.get("/design/")["Cache-Control"]
    client.cookies["sessionid"] = "a"
    assert "no-store" in client.get("/design/")["Cache-Control"]


def test_a_refusal_becomes_a_page_with_its_status(client: Client) -> None:
    client.cookies["language"] = "en"
    answer = client.get("/refuse")
    assert answer.status_code == 429
    assert "Wait 7 seconds" in answer.content.decode()


def test_a_crash_shows_a_calm_page_without_details() -> None:
    client = Client(raise_request_exception=False)
    client.cookies["language"] = "fr"
    answer = client.get("/crash")
    assert answer.status_code == 500
    assert "Un incident s’est produit" in answer.content.decode()
    assert "ZeroDivision" not in answer.content.decode()


def test_a_wrong_method_is_explained_and_says_what_is_allowed(client: Client) -> None:
    answer = client.post("/read-only")
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert b"<h1>" in answer.content


@pytest.mark.parametrize("path", ["/design/%00", "/design/?q=%00", "/design/?q=%ff"])
def test_broken_addresses_get_a_page(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert b"<h1>" in answer.content


@pytest.mark.parametrize("body", [b"child.name=a%00b", b"child.name=%ff%fe", b"a%00=1"])
def test_text_that_cannot_be_stored_is_refused_in_words(client: Client, body: bytes) -> None:
    answer = client.post("/design/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert b"<h1>" in answer.content


@pytest.mark.parametrize(
    "body", [b"--x\r\nbroken", b"", b"--x\r\nContent-Disposition: form-data\r\n"]
)
def test_a_broken_multipart_body_is_no_crash(client: Client, body: bytes) -> None:
    answer = client.post("/design/", body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in {400, 422}


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(client: Client) -> None:
    client.cookies["language"] = "en"
    answer = client.generic("POST", "/design/", b"", CONTENT_LENGTH=str(200 * 1024 * 1024))
    assert answer.status_code == 413
    assert "larger than 1.0" in answer.content.decode()


def test_a_file_within_the_limit_passes(client: Client) -> None:
    file = SimpleUploadedFile("a.pdf", b"x" * 2_000_000)
    assert client.post("/design/", {"papers": file}).status_code == 422


def test_a_form_without_its_token_is_explained() -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["language"] = "en"
    answer = client.post("/design/", {})
    assert answer.status_code == 403
    assert "only from the browser window" in answer.content.decode()


def test_too_many_requests_are_told_when_to_come_back(settings: object) -> None:
    settings.RATE_LIMITS_ON = True
    settings.RATE_LIMITS = {"address": (60, 3)}
    client = Client()
    assert [client.get("/design/confirm").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert client.get("/design/confirm")["Retry-After"] == "1"


def test_the_address_of_a_caller_cannot_be_forged(rf: object, settings: object) -> None:
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 9.9.9.9")
    assert address_of(request) == "10.0.0.1"
    settings.TRUSTED_PROXIES = 1
    assert address_of(request) == "9.9.9.9"


def test_communes_of_a_province_are_served_to_the_script(client: Client, country: None) -> None:
    found = client.get("/areas?of=01").json()
    assert ["00004", "Phường Ba Đình"] in found
    assert client.get("/areas?of=zz").json() == []


@pytest.mark.parametrize(("suffix", "budget"), [("css", 8192), ("js", 3072)])
def test_the_design_system_stays_light(suffix: str, budget: int) -> None:
    folder = Path(str(finders.find("shell/shell.css"))).parent
    together = b"".join(path.read_bytes() for path in sorted(folder.glob(f"*.{suffix}")))
    assert len(gzip.compress(together, 9)) <= budget


def test_a_page_makes_no_statement_for_a_stranger(
    client: Client, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):
        client.get("/design/confirm")


def test_a_damaged_cookie_is_forgotten_and_not_told_to_the_database(client: Client) -> None:
    answer = client.get("/design/", headers={"cookie": 'sessionid="abcdefgh\\000"'})
    assert answer.status_code == 200


@pytest.mark.urls("motcua.project.urls")
def test_too_many_sign_ins_are_answered_in_the_readers_language(client: Client) -> None:
    for _ in range(40):
        answer = client.post("/account/2fa/webauthn/login/", headers={"accept-language": "en"})
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    assert "try again" in answer.content.decode()
