"""A person who goes through the pages of an application, by HTTP and without a script."""

import re
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.catalogue import api as catalogue
from motcua.directory import api as directory
from motcua.kernel import jobs
from tests.documents.samples import jpeg

HANOI_WARD, OTHER_WARD = "00004", "00008"
ME = {
    "applicant.full_name": "Trần Thị Bích",
    "applicant.personal_number": "001196000011",
    "applicant.phone": "0912345678",
}


def example(service: str) -> dict[str, Any]:
    """The answers of the first example of a service: a plain case."""
    return dict(catalogue.current(service, directory.today()).examples[0]["answers"])


class Walk:
    def __init__(self, client: Client) -> None:
        self.client = client
        self.response: Any = None

    @property
    def text(self) -> str:
        return unescape(self.response.content.decode())

    def get(self, path: str, status: int = 200) -> "Walk":
        self.response = self.client.get(path)
        assert self.response.status_code == status, (path, self.response.status_code)
        return self

    def post(self, path: str, data: dict[str, Any], status: int = 303) -> str:
        """Send a form; the address to which it leads."""
        self.response = self.client.post(path, data)
        assert self.response.status_code == status, (
            path,
            self.response.status_code,
            re.sub(r"<[^>]+>|\s+", " ", self.text)[-1500:],
        )
        return str(self.response.headers.get("Location", ""))

    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page's own form."""
        form = self.text.split('id="form"', 1)[-1].split("</form>", 1)[0]
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
        return {name: value for name, value in found if name != "csrfmiddlewaretoken"}

    def start(self, service: str) -> str:
        """From the service's page to the overview of a new application."""
        self.get(f"/services/{service}/")
        link = re.search(r'class="button big" href="([^"]+)"', self.text)
        assert link is not None
        self.get(link[1])
        return self.post(link[1], {})

    def typed(self, service: str, answers: dict[str, Any]) -> dict[str, Any]:
        """What the browser sends for the questions that this page shows."""
        shown = self.hidden()["shown"].split()
        procedure, sent = catalogue.current(service, directory.today()), {}
        for path in shown:
            field = procedure.field(path)
            assert field is not None
            sent |= catalogue.as_typed(field, answers.get(path))
        return sent

    def answer_all(self, service: str, overview: str, answers: dict[str, Any]) -> str:
        """Every page of the form; the address of the papers or of the check."""
        begin = re.search(
            r'<div class="actions"><a class="button" href="([^"]+)"', self.get(overview).text
        )
        assert begin is not None
        url = begin[1]
        for _ in range(30):
            if "/pages/" not in url:
                return url
            self.get(url)
            url = self.post(url.partition("?")[0], self.hidden() | self.typed(service, answers))
        raise AssertionError("the form has no end")

    def attach_all(self, url: str) -> str:
        """A photo for each paper that is asked for, then on."""
        self.get(url)
        boxes = re.findall(r'<input type="file" id="([^"]+)"', self.text)
        files = {name: SimpleUploadedFile("ảnh.jpg", jpeg(), "image/jpeg") for name in boxes}
        return self.post(url, {"go": "on", **files})

    def send(self, url: str) -> str:
        """The check: declare and send."""
        self.get(url)
        key = re.search(r'name="key" value="([^"]+)"', self.text)
        assert key is not None, self.text
        return self.post(url, {"declared": "yes", "key": key[1]})

    def apply(self, service: str, answers: dict[str, Any]) -> str:
        """From the service to the confirmation; the dossier's id."""
        url = self.answer_all(service, self.start(service), answers)
        if url.endswith("/papers"):
            url = self.attach_all(url)
        return self.send(url).split("/")[3]


def work_off() -> None:
    """Do the jobs that are due."""
    jobs.run_due()
