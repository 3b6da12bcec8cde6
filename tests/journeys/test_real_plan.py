"""The real plan through the chain, by different people in a real browser, on real servers."""

import hashlib
import re
import time
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from config import Config
from portal.demo.office import PASSWORD
from tests.journeys.browser import PHONE, Person, opened
from tests.journeys.stack import Stack, served

pytestmark = pytest.mark.browser

TITLE = "Tuyên truyền các nhiệm vụ chính trị"
REASON = "Bổ sung căn cứ là nghị quyết của Hội đồng nhân dân Thành phố."
BASIS = (
    "Căn cứ Nghị quyết số 27/NQ-HĐND ngày 08 tháng 12 năm 2021 của Hội đồng nhân dân Thành phố "
    "về kế hoạch phát triển kinh tế - xã hội năm 2022."
)


BEFORE_THE_OPENING = """
() => {
  const view = window.trinhKy.view;
  let at = null;
  view.state.doc.forEach((node, offset) => {
    if (at === null && node.type.name === "opening") at = offset + 1;
  });
  const selection = view.state.selection.constructor;
  view.focus();
  view.dispatch(view.state.tr.setSelection(selection.near(view.state.doc.resolve(at))));
}
"""


@pytest.fixture
def stack(office_config: Config, valkey: object, tmp_path: Path) -> Iterator[Stack]:
    with served(office_config, tmp_path / "logs") as running:
        yield running
        assert running.complaints() == []


@pytest.fixture
def browser() -> Iterator[Browser]:
    with opened() as started:
        yield started


class Chain:
    """The people of the chain, each with a browser of their own."""

    def __init__(self, browser: Browser, stack: Stack) -> None:
        self.browser, self.stack = browser, stack
        self.people: list[Person] = []
        self.path = ""

    def person(self, who: str | None, size: tuple[int, int] | None = None) -> Person:
        person = Person(self.browser, self.stack.address, who, *([size] if size else []))
        self.people.append(person)
        return person

    def draft(self) -> Person:
        """The drafter brings in the real plan, sees its doubtful places, and names the signer."""
        soan = self.person("soan")
        soan.go("/plans/new")
        text = files("portal.demo").joinpath("ke-hoach-2022.txt").read_text("utf-8")
        soan.page.fill("textarea[name=text]", text)
        soan.press("Bắt đầu soạn")
        soan.sees("Còn chỗ máy đọc không chắc")
        soan.shoot("01-dự-thảo")
        soan.waits_for_editor()
        chosen = soan.page.get_by_label("Chức vụ người ký", exact=True)
        signer = chosen.locator("option", has_text="Đặng Quốc Ký").get_attribute("value")
        chosen.select_option(signer)
        soan.has_saved()
        self.path = re.sub(r".*(/plans/[0-9a-f-]{36}).*", r"\1", soan.page.url)
        return soan

    def submit(self, soan: Person) -> None:
        soan.go(self.path)
        soan.follow("Trình duyệt")
        soan.shoot("02-trình-duyệt")
        soan.press("Trình duyệt")
        soan.sees("Chờ lãnh đạo đơn vị duyệt")

    def send_back(self) -> Person:
        duyet = self.person("duyet")
        duyet.open_from_inbox(TITLE)
        duyet.shoot("03-kế-hoạch")
        duyet.follow("Trả lại")
        duyet.page.locator("input[name=to_step]").first.check()
        duyet.press("Trả lại")
        duyet.sees("lý do")
        duyet.page.locator("input[name=to_step]").first.check()
        duyet.page.fill("textarea[name=reason]", REASON)
        duyet.shoot("04-trả-lại")
        duyet.press("Trả lại")
        return duyet

    def mend(self, soan: Person) -> None:
        soan.go("/inbox")
        soan.sees("Trả lại")
        soan.shoot("05-hộp-việc")
        soan.open_from_inbox(TITLE)
        if not soan.page.url.endswith("/edit"):
            soan.go(self.path + "/edit")
        soan.sees(REASON)
        soan.waits_for_editor()
        soan.page.evaluate(BEFORE_THE_OPENING)
        soan.page.keyboard.insert_text(BASIS)
        soan.page.keyboard.press("Enter")
        soan.page.keyboard.press("ArrowUp")
        soan.page.get_by_role("button", name=re.compile("Căn cứ")).click()
        soan.has_saved()
        self.submit(soan)

    def approve(self, who: str, remark: str = "") -> Person:
        person = self.person(who)
        person.open_from_inbox(TITLE)
        if remark:
            person.page.fill("form#gop-y textarea", remark)
            person.press("Gửi góp ý")
            person.sees(remark)
        person.follow("Đồng ý")
        person.press("Đồng ý")
        return person

    def sign(self, size: tuple[int, int] | None = None) -> Person:
        ky = self.person("ky", size)
        ky.open_from_inbox(TITLE)
        ky.follow("Ký số")
        ky.waits_for("Mã SHA-256 của tệp")
        first = ky.page.locator(".sheet-pages img").first
        assert first.evaluate("image => image.decode().then(() => image.naturalWidth)") > 600
        ky.page.fill("input[type=password]", "sai mật khẩu")
        ky.press("Ký số")
        ky.page.fill("input[type=password]", PASSWORD)
        ky.shoot("06-ký")
        ky.press("Ký số")
        ky.sees("Đã ký, chờ phát hành")
        return ky

    def issue(self) -> Person:
        thu = self.person("thu")
        thu.go("/issuing")
        thu.shoot("07-văn-thư")
        thu.open_from_inbox(TITLE)
        thu.follow("Cấp số và phát hành")
        thu.page.fill("input[type=password]", PASSWORD)
        thu.shoot("08-cấp-số")
        thu.press("Cấp số và phát hành")
        thu.go(self.path)
        thu.waits_for("Đã ban hành")
        return thu


def test_the_real_plan_from_draft_to_a_verified_pdf(
    browser: Browser, stack: Stack, office_config: Config, tmp_path: Path
) -> None:
    chain = Chain(browser, stack)
    soan = chain.draft()
    chain.submit(soan)
    duyet = chain.send_back()
    chain.mend(soan)
    chain.approve("duyet")
    chain.approve("tham", "Đề nghị ghi rõ thời hạn báo cáo.")
    chain.approve("dinh")
    chain.approve("the")
    chain.sign()
    chain.issue()

    history(chain)
    issued = download(chain, tmp_path)
    verify(chain, issued, tmp_path)
    everybody_was_told(office_config)
    # The head's browser logged the refusal of a return without a reason: a 422 is an answer.
    assert all("422" in line for line in duyet.complaints)
    others = [person for person in chain.people if person is not duyet]
    assert [line for person in others for line in person.complaints if "422" not in line] == []


def history(chain: Chain) -> None:
    thanh = chain.person("thanh")
    thanh.go(chain.path.replace("/plans/", "/history/"))
    thanh.sees("Trả lại")
    thanh.shoot("09-lịch-sử")
    with thanh.page.expect_download() as found:
        thanh.page.get_by_role("link", name="Tải bằng chứng (ZIP)").click()
    assert found.value.suggested_filename.endswith(".zip")
    thanh.go(f"{chain.path}/redline?old=1&new=2")
    assert "27/NQ-HĐND" in " ".join(thanh.page.locator("main ins").all_inner_texts())
    thanh.shoot("10-so-sánh")


def download(chain: Chain, folder: Path) -> Path:
    """Anyone reads the issued plan without signing in, and takes the PDF along."""
    anyone = chain.person(None)
    anyone.go("/public")
    anyone.shoot("11-công-khai")
    anyone.follow(re.compile(TITLE))
    anyone.sees("01/KH-UBND")
    response = anyone.context.request.get(
        anyone.address + chain.path.replace("/plans/", "/public/") + "/issued.pdf"
    )
    assert response.ok
    issued = folder / "issued.pdf"
    issued.write_bytes(response.body())
    return issued


def verify(chain: Chain, issued: Path, folder: Path) -> None:
    altered = folder / "altered.pdf"
    content = bytearray(issued.read_bytes())
    content[len(content) // 3] ^= 0x20
    altered.write_bytes(content)
    junk = folder / "junk.pdf"
    junk.write_bytes(b"%PDF-1.7\n" + hashlib.sha256(b"junk").digest() * 99)
    for file, verdict in (
        (issued, "Văn bản hợp lệ"),
        (altered, "Không hợp lệ"),
        (junk, "Không hợp lệ"),
    ):
        anyone = chain.person(None)
        anyone.go("/verify")
        anyone.page.set_input_files("input[type=file]", file)
        anyone.press("Kiểm tra")
        anyone.sees(verdict)
        anyone.shoot(f"12-kiểm-tra-{file.stem}")


def everybody_was_told(config: Config) -> None:
    """Each person whose step it was found a letter, and the drafter heard of the outcome."""
    deadline = time.monotonic() + 30
    expected = {"duyet", "tham", "xet", "dinh", "the", "ky", "thu", "soan"}
    while time.monotonic() < deadline:
        letters = [
            message_from_bytes(path.read_bytes(), policy=default)
            for path in (config.data_dir / "mail").glob("*.eml")
        ]
        told = {str(letter["To"]).rpartition("<")[2].partition("@")[0] for letter in letters}
        if told >= expected:
            break
        time.sleep(0.5)
    assert told >= expected
    assert len({letter["Message-ID"] for letter in letters}) == len(letters)


def test_the_vice_chairman_signs_on_a_phone(browser: Browser, stack: Stack) -> None:
    chain = Chain(browser, stack)
    chain.submit(chain.draft())
    for who in ("duyet", "tham", "dinh", "the"):
        chain.approve(who)
    ky = chain.sign(PHONE)

    ky.go(chain.path)
    ky.shoot("13-kế-hoạch")
    for path, name in (("/inbox", "14-hộp-việc"), ("/plans", "15-danh-sách")):
        ky.go(path)
        ky.shoot(name)
