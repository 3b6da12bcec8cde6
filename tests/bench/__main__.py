"""What `make bench` runs: every comparison, then one table of ratios."""

import logging
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from config import Config
from tests.bench import approval, inbox, keystrokes, redline, rendering
from tests.bench.offices import crowded_office, empty_office
from tests.bench.table import Row, drawn
from tests.journeys.stack import served

APPROVALS, RENDERINGS, READINGS, REDLINES, PRESSES = 100, 12, 250, 30, 200
SMALL, LARGE = 1_000, 100_000
MOST = 1.5
# Thousandths of a second.
SOON = 200
NO_OFFICE = "Không có LibreOffice (lệnh soffice) trên máy này: bỏ qua phép so sánh dàn trang."


def main() -> int:
    """Measure and print; what does not reach its target is said, not punished."""
    logging.disable(logging.INFO)
    config = Config.from_env()
    with TemporaryDirectory(prefix="trinh-ky-bench-") as folder, empty_office(config) as office:
        place = Path(folder)
        # Copies come first: an office cannot be copied once it is served.
        rows = [
            *of_inbox(office, place),
            *of_approval(office, place),
            *of_redline(office, place),
            *of_keystrokes(office, place),
            *of_rendering(place),
        ]
    say(drawn(rows))
    say("Mỗi ô thời gian: trung vị [tứ phân vị thứ nhất; thứ ba]. Tỷ lệ = vế đo / vế so.")
    return 0


def of_inbox(office: Config, folder: Path) -> list[Row]:
    """The large office against the small one, for each reader."""
    sizes = {f"{SMALL:,}".replace(",", "."): SMALL, f"{LARGE:,}".replace(",", "."): LARGE}
    with ExitStack() as opened:
        say(f"Đang lập {' và '.join(sizes)} kế hoạch…")
        configs = {
            name: opened.enter_context(crowded_office(office, plans))
            for name, plans in sizes.items()
        }
        for reader, who in inbox.READERS.items():
            counts = (
                f"{inbox.asked(one, who).statements} ({name})" for name, one in configs.items()
            )
            say(f"Số câu lệnh SQL của hộp việc, {reader}: {', '.join(counts)}.")
        say("Đang đo hộp việc…")
        addresses = {
            name: opened.enter_context(served(one, folder / name, workers=())).address
            for name, one in configs.items()
        }
        times = inbox.measure(addresses, READINGS)
    small, large = sizes
    return [
        Row(
            f"Hộp việc, {reader}: {large} / {small} kế hoạch",
            times[reader, large],
            times[reader, small],
            MOST,
        )
        for reader in inbox.READERS
    ]


def of_approval(office: Config, folder: Path) -> list[Row]:
    """A press of the button against the rows that it writes."""
    say("Đang đo việc duyệt…")
    with served(office, folder / "approval", workers=()) as stack:
        times = approval.measure(office, stack.address, APPROVALS)
    return [Row("Duyệt qua HTTP / ghi cùng các dòng bằng SQL", times["http"], times["sql"])]


def of_redline(office: Config, folder: Path) -> list[Row]:
    """Thirty pages with two hundred edits against difflib on the words of the same blocks."""
    say("Đang đo việc so sánh…")
    with served(office, folder / "redline", workers=()) as stack:
        times = redline.measure(office, stack.address, REDLINES)
    words = "30 trang, 200 chỗ sửa"
    return [
        Row(f"So sánh {words}: cả trang qua HTTP / difflib", times["page"], times["difflib"], MOST),
        Row(f"So sánh {words}: riêng phép so / difflib", times["compared"], times["difflib"], 1.0),
    ]


def of_keystrokes(office: Config, folder: Path) -> list[Row]:
    """From one screen to another, among twenty writers and alone."""
    say(f"Đang đo việc cùng soạn, {keystrokes.EDITORS} người…")
    with served(office, folder / "keystrokes", workers=()) as stack:
        times = keystrokes.measure(office, stack.address, PRESSES)
    slow = keystrokes.p95(times["crowded"]) * 1000
    verdict = "đạt" if slow <= SOON else "không đạt"
    say(f"Từ phím gõ tới màn hình khác, p95: {slow:.0f} ms (mục tiêu ≤ {SOON} ms: {verdict}).")
    name = f"Phím gõ tới màn hình khác: {keystrokes.EDITORS} người soạn / 2 người"
    return [Row(name, times["crowded"], times["alone"])]


def of_rendering(folder: Path) -> list[Row]:
    """The real plan's PDF against LibreOffice's, where there is one."""
    say("Đang đo việc dàn trang…")
    times = rendering.measure(folder, RENDERINGS)
    other = times.get(rendering.OFFICE)
    if other is None:
        say(NO_OFFICE)
    return [
        Row("Dàn trang kế hoạch thật, tiến trình mới / LibreOffice", times["cold"], other),
        Row("Dàn trang kế hoạch thật, tiến trình sẵn / LibreOffice", times["warm"], other),
    ]


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
