"""Tracking by number and checking papers: helpful to the owner, nothing for the curious."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.web.public import tracking
from motcua.web.shell.limits import Limiter, Rate
from tests.documents.samples import pdf

EN = {"accept-language": "en"}


@pytest.mark.parametrize(
    "code",
    ["H26.3-261124-0031", "x", "", "0" * 200, "a/b", "dffca259-c1a8-4932-b9ec-f122dc05b4b9"],
)
def test_every_wrong_number_gets_the_same_helpful_answer(
    country: None, client: Client, code: str
) -> None:
    response = client.get("/track", {"code": code}, headers=EN)
    assert response.status_code == 404
    page = response.content.decode()
    assert "No application has this code." in page
    assert "Where do I find the number?" in page


def test_the_number_may_be_posted(country: None, client: Client) -> None:
    response = client.post("/track", {"code": " h26.3-1 "})
    assert response.status_code == 303
    assert response.headers["Location"] == "/track?code=h26.3-1"


def test_numbers_cannot_be_tried_out(
    country: None, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RATE_LIMITS_ON = True
    monkeypatch.setattr(tracking, "_limiter", Limiter(Rate(per_minute=1, burst=2)))
    statuses = [client.get("/track?code=x").status_code for _ in range(3)]
    assert statuses == [404, 404, 429]


@pytest.mark.parametrize("code", ["7K2M-9QXA-0B3C-D4EF", "x", "..."])
def test_an_unknown_paper_is_not_confirmed(country: None, client: Client, code: str) -> None:
    response = client.get(f"/verify/{code}", headers=EN)
    assert response.status_code == 404
    assert "No paper has this code." in response.content.decode()


def test_a_typed_code_leads_to_its_page(country: None, client: Client) -> None:
    response = client.get("/verify", {"code": "7k2m/ 9qxa"})
    assert response.headers["Location"] == "/verify/7k2m%209qxa"


def test_a_file_that_we_did_not_issue_is_said_to_be_so(country: None, client: Client) -> None:
    file = SimpleUploadedFile("thư.pdf", pdf(), "application/pdf")
    page = client.post("/verify", {"file": file}, headers=EN).content.decode()
    assert "This file has no electronic signature" in page
    assert "What this does not show" in page


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7 broken"])
def test_what_is_no_pdf_cannot_be_checked(country: None, client: Client, content: bytes) -> None:
    file = SimpleUploadedFile("a.pdf", content, "application/pdf")
    response = client.post("/verify", {"file": file}, headers=EN)
    assert response.status_code == 200
    assert "cannot be checked" in response.content.decode()


def test_no_file_is_a_fault_in_words(country: None, client: Client) -> None:
    response = client.post("/verify", {}, headers=EN)
    assert response.status_code == 422
    assert "Choose the PDF file" in response.content.decode()
