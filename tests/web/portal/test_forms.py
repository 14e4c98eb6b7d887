"""Pages of a form: faults in words, further questions, languages, nothing typed is lost."""

import re

from django.contrib.auth import get_user_model
from django.test import Client

from tests.dossiers.world import World
from tests.web.portal.walking import ME, Walk, example

BIRTH = "birth-registration"


def child(walk: Walk) -> str:
    """The address of the page about the child, in a new application."""
    return walk.start(BIRTH) + "pages/child"


def test_what_the_account_knows_is_filled_in_and_says_so(walk: Walk) -> None:
    url = walk.start(BIRTH)
    walk.get(url + "pages/applicant")
    assert 'value="Trần Thị Bích"' in walk.text
    assert "Filled in from: your account" in walk.text


def test_all_faults_of_a_page_come_back_with_what_was_typed(walk: Walk) -> None:
    url = child(walk)
    walk.get(url)
    sent = walk.hidden() | {"child.name": "Minh 4", "child.born_on-day": "41"}
    walk.post(url, sent, status=422)
    assert "<title>Error: " in walk.text
    assert 'value="Minh 4"' in walk.text
    assert 'value="41"' in walk.text
    assert walk.text.count('href="#child.') >= 5
    assert 'value="Minh 4"' in walk.get(url).text


def test_a_question_that_an_answer_opens_is_asked_before_it_is_called_missing(walk: Walk) -> None:
    url = child(walk)
    walk.get(url)
    answers = {**example(BIRTH), "child.facility": None}
    to = walk.post(url, walk.hidden() | walk.typed(BIRTH, answers))
    assert to.startswith(url + "?more=1")
    walk.get(to)
    assert "further questions" in walk.text
    assert 'id="child.facility"' in walk.text
    assert "Error:" not in walk.text


def test_changing_an_answer_from_the_check_returns_to_the_check(walk: Walk) -> None:
    overview = walk.start(BIRTH)
    walk.attach_all(walk.answer_all(BIRTH, overview, {**example(BIRTH), **ME}))
    walk.get(overview + "check")
    change = re.search(r'href="([^"]+/pages/child\?from=check)#child.name"', walk.text)
    assert change is not None
    walk.get(change[1])
    sent = walk.hidden() | walk.typed(BIRTH, {**example(BIRTH), "child.name": "Nguyễn Lan Chi"})
    assert walk.post(overview + "pages/child", sent) == overview + "check"
    assert "Nguyễn Lan Chi" in walk.get(overview + "check").text


def test_the_language_changes_in_mid_form_and_the_draft_is_saved_first(walk: Walk) -> None:
    url = child(walk)
    walk.get(url)
    sent = walk.hidden() | {"child.name": "Nguyễn Minh", "redraw-language": "vi"}
    walk.response = walk.client.post(f"/language?next={url}", sent, follow=True)
    assert walk.response.status_code == 200
    assert '<html lang="vi">' in walk.text
    assert 'value="Nguyễn Minh"' in walk.text
    assert 'value="Nguyễn Minh"' in walk.get(url).text


def test_save_and_come_back_later_needs_no_complete_page(walk: Walk) -> None:
    url = child(walk)
    walk.get(url)
    to = walk.post(url, walk.hidden() | {"child.name": "Nguyễn Minh", "go": "later"})
    assert to == "/my/"
    assert "Begun, not sent" in walk.get("/my/").text
    assert 'value="Nguyễn Minh"' in walk.get(url).text


def test_autosave_keeps_what_is_typed_and_the_same_window_may_go_on(walk: Walk) -> None:
    url = child(walk)
    walk.get(url)
    hidden = walk.hidden()
    walk.post(url + "/autosave", hidden | {"child.name": "Nguyễn M"}, status=204)
    walk.post(url + "/autosave", hidden | {"child.name": "Nguyễn Minh A"}, status=204)
    typed = walk.get(url).typed(BIRTH, example(BIRTH))
    assert "/pages/child?more=1" in walk.post(url, hidden | typed)


def test_two_windows_show_both_answers_and_the_person_chooses(walk: Walk) -> None:
    url = child(walk)
    first = walk.get(url).hidden()
    second = walk.get(url).hidden()
    walk.post(url + "/autosave", first | {"child.name": "Một", "child.ethnicity": "Kinh"}, 204)
    typed = {"child.name": "Hai", "child.ethnicity": "Tày"}
    walk.post(url + "/autosave", second | typed, status=409)
    walk.post(url, second | typed, status=409)
    for word in ("Một", "Hai", "Kinh", "Tày"):
        assert word in walk.text
    version = re.search(r'name="version" value="(\d+)"', walk.text)
    assert version is not None
    chosen = {"keep:child.name": "saved", "keep:child.ethnicity": "mine", "version": version[1]}
    to = walk.post(url + "/choose", second | typed | chosen)
    walk.get(to)
    assert 'value="Một"' in walk.text
    assert 'value="Tày"' in walk.text


def test_a_choice_made_too_late_is_asked_again(walk: Walk) -> None:
    url = child(walk)
    hidden = walk.get(url).hidden()
    chosen = {"child.name": "Hai", "keep:child.name": "mine", "version": "0"}
    walk.post(url + "/autosave", hidden | {"child.name": "Ba"}, status=204)
    walk.post(url + "/choose", hidden | chosen, status=409)
    assert "Ba" in walk.text
    assert "Hai" in walk.text


def test_another_page_changed_elsewhere_is_no_conflict(walk: Walk) -> None:
    url = child(walk)
    mine = walk.get(url).hidden()
    other = url.replace("pages/child", "pages/family")
    walk.post(other, walk.get(other).hidden() | {"family.father_named": "no"})
    walk.post(url, mine | {"child.name": "Nguyễn Minh", "go": "later"})
    assert 'value="Nguyễn Minh"' in walk.get(url).text


def expired(walk: Walk) -> None:
    walk.client.session.flush()


def come_back(walk: Walk, world: World, who: str = "mother") -> None:
    """Sign in again in the same browser."""
    actor = getattr(world, who)
    walk.client.force_login(get_user_model().objects.get(id=actor.account_id))


def test_what_was_typed_survives_the_end_of_the_session(walk: Walk, world: World) -> None:
    url = child(walk)
    hidden = walk.get(url).hidden()
    expired(walk)
    to = walk.post(url, hidden | {"child.name": "Nguyễn Minh Anh"})
    assert to.startswith("/account/login/?next=")
    assert "Nguy" not in to
    back = walk.client.get(to).wsgi_request.GET["next"]
    come_back(walk, world)
    walk.response = walk.client.get(back, follow=True)
    assert "what you typed was kept" in walk.text
    assert 'value="Nguyễn Minh Anh"' in walk.get(url).text


def test_what_was_typed_is_never_shown_to_another_account(walk: Walk, world: World) -> None:
    url = child(walk)
    hidden = walk.get(url).hidden()
    expired(walk)
    to = walk.post(url, hidden | {"child.name": "Nguyễn Minh Anh"})
    back = walk.client.get(to).wsgi_request.GET["next"]
    come_back(walk, world, "stranger")
    walk.get(back, status=404)
    assert "Minh Anh" not in walk.text


def test_a_made_up_key_brings_nothing_back(walk: Walk) -> None:
    url = child(walk)
    assert "was kept" not in walk.get(url + "?kept=abc:def:ghi").text


def test_a_form_needs_its_csrf_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.get(id=world.mother.account_id))
    assert client.post(f"/my/apply/{BIRTH}/").status_code == 403


def test_a_draft_can_be_thrown_away_after_asking(walk: Walk) -> None:
    overview = walk.start(BIRTH)
    assert "Delete this unfinished application?" in walk.get(overview + "discard").text
    assert walk.post(overview + "discard", {}) == "/my/"
    walk.get(overview, status=404)
