"""Finding a service and knowing everything before starting."""

import re
from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.kernel import clock

EN = {"accept-language": "en"}


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path, headers=EN)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize("q", ["khai sinh", "khai snh", "KHAI SINH", "giấy khai sinh", "baby"])
def test_a_service_is_found_however_it_is_typed(country: None, client: Client, q: str) -> None:
    assert "/services/birth-registration/" in text(client, f"/services?q={q}")


def test_an_empty_result_says_what_to_do(country: None, client: Client) -> None:
    page = text(client, "/services?q=zzzzqq&event=death")
    assert "Nothing found for “zzzzqq”" in page
    assert "Search in all services" in page


def test_what_was_typed_is_never_markup(country: None, client: Client) -> None:
    assert "<script>alert" not in text(client, "/services?q=<script>alert(1)</script>")


def test_a_situation_of_life_narrows_the_list(country: None, client: Client) -> None:
    page = text(client, "/services?event=death")
    assert "/services/death-registration/" in page
    assert "/services/birth-registration/" not in page


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999", "²"])
def test_any_page_number_shows_a_page(country: None, client: Client, page: str) -> None:
    assert re.search(r'href="/services/[a-z-]+/"', text(client, f"/services?page={page}"))


def test_the_page_of_a_service_tells_everything_before_the_start(
    country: None, client: Client
) -> None:
    with clock.at(datetime.fromisoformat("2026-03-03T15:20:00+07:00")):
        page = text(client, "/services/birth-registration/")
    for words in (
        "Birth notice of the hospital",
        "You need not bring",
        "we look in the population register",
        "the same working day",
        "Wed 4 Mar 2026, 17:00",
        "That is after 15:00",
        "Free",
        "Law on Civil Status",
        "1.001193",
        "/my/apply/birth-registration/",
    ):
        assert words in page, words


def test_what_is_only_recalled_is_not_shown_as_official(country: None, client: Client) -> None:
    page = text(client, "/services/electricity-connection/")
    assert "Not yet confirmed by an official source" in page
    assert "National code" not in page
    assert "Điều 13-16" not in text(client, "/services/birth-registration/")


def test_an_unknown_service_is_a_plain_no(country: None, client: Client) -> None:
    assert "This service does not exist." in text(client, "/services/nothing/", 404)


def test_the_blank_form_has_every_question(country: None, client: Client) -> None:
    page = text(client, "/services/birth-registration/form")
    assert "registered after 60 days" in page
    assert "Print" in page


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_the_first_page_speaks_each_language(country: None, client: Client, language: str) -> None:
    page = client.get("/", headers={"accept-language": language}).content.decode()
    assert f'<html lang="{language}">' in page


def test_lists_take_few_statements(
    country: None, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/services")
    client.get("/services/birth-registration/")
    with django_assert_max_num_queries(6):
        client.get("/services?q=khai+sinh")
    with django_assert_max_num_queries(8):
        client.get("/")
    with django_assert_max_num_queries(4):
        client.get("/services/birth-registration/")


def test_signs_of_life(country: None, client: Client) -> None:
    assert client.get("/livez").content == b"ok\n"
    assert client.get("/readyz").status_code == 200
    assert b"Disallow: /my/" in client.get("/robots.txt").content


def test_a_node_without_a_country_is_not_ready(country: None, client: Client) -> None:
    from motcua.catalogue.models import PackLoad

    PackLoad.objects.update(country={})
    assert client.get("/readyz").status_code == 503
    assert client.get("/livez").status_code == 200
