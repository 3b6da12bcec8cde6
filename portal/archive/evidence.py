"""What an auditor takes away: the record of one plan, and a program that checks it alone."""

import hashlib
import io
import zipfile
from datetime import datetime
from importlib.resources import files
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from portal.archive.store import FileStore
from portal.archive.written import lines, pretty
from workflows.models.rendition import RenditionKind
from workflows.queries.kept import moment
from workflows.queries.packages import Record, record_of

# The oldest day that a ZIP file can name; a real one would change the bytes each time.
NO_DAY: Final = (1980, 1, 1, 0, 0, 0)
READABLE: Final = 0o100644 << 16
UNIX: Final = 3

# Word files of a plan that the evidence takes along, in bytes: the ZIP is made in memory.
MOST_WORD: Final = 60_000_000
LEFT_OUT: Final = """
                    (thiếu {count} tệp: không còn trong kho hoặc quá lớn)"""
README: Final = """BỘ CHỨNG CỨ CỦA MỘT KẾ HOẠCH

Kế hoạch: {title}
Cơ quan: {organisation}
Mã hồ sơ: {id}
Thời điểm trích xuất (giờ UTC): {at}

Nội dung
  issued.pdf        tệp đã ký, cấp số, đóng dấu (chỉ có khi đã ban hành)
  versions/         văn bản của từng phiên bản, đúng từng byte như khi chốt
  plan.json         thông tin chung; đầu chuỗi nhật ký tại thời điểm trích xuất
  decisions.json    các quyết định, kể cả quyết định đã hết hiệu lực
  comments.json     các ý kiến góp ý
  proposals.json    các đề xuất sửa lời và kết quả xử lý
  word/             các tệp Word đã được nhận vào văn bản, đúng như khi tải lên{left_out}
  views.json        ai đã xem kế hoạch, khi nào
  register.json     dòng trong sổ đăng ký văn bản đi (chỉ có khi đã cấp số)
  events.jsonl      nhật ký: mỗi dòng một sự kiện
  SHA256SUMS        mã băm của các tệp trên
  verify.py         chương trình kiểm tra, không cần cài thêm gì

Cách kiểm tra
  python3 verify.py
Chương trình tính lại mã băm của mọi tệp, mọi sự kiện, mọi phiên bản và của tệp đã ban hành.
Chữ ký số trong issued.pdf kiểm tra được bằng phần mềm đọc PDF hoặc trang Kiểm tra văn bản.

Cách tính mã băm của một sự kiện: bỏ trường "hash", viết các trường còn lại thành JSON với khoá
theo thứ tự chữ cái, không có khoảng trắng thừa, mã UTF-8, rồi tính SHA-256. Trường
"previous_hash" là mã băm của sự kiện đứng ngay trước trong nhật ký chung của hệ thống.
"""


def evidence_zip(session: Session, store: FileStore, plan_id: UUID, *, at: datetime) -> bytes:
    """The evidence of a plan as of *at*; whether the caller may have it is the caller's affair."""
    record = record_of(session, plan_id)
    content = evidence_files(store, record, at=at)
    content["SHA256SUMS"] = _sums(content)
    return _zipped(content)


def evidence_files(store: FileStore, record: Record, *, at: datetime) -> dict[str, bytes]:
    """Every file of the evidence but the list of their hashes."""
    word, missing = _word_files(store, record)
    left_out = LEFT_OUT.format(count=missing) if missing else ""
    readme = README.format(**record.plan, at=moment(at), left_out=left_out)
    found = {
        "README.txt": readme.encode(),
        "verify.py": files("portal.archive").joinpath("standalone.py").read_bytes(),
        "plan.json": pretty({**record.plan, "audit_head": record.audit_head}),
        "decisions.json": pretty(record.decisions),
        "comments.json": pretty(record.comments),
        "proposals.json": pretty(record.proposals),
        **word,
        "views.json": pretty(record.views),
        "events.jsonl": lines(record.events),
    }
    for version in record.versions:
        found[f"versions/v{version.number}.json"] = version.canonical
    for file in record.files:
        if file.kind is RenditionKind.ISSUED and store.exists(file.store_key):
            # As it lies in the store: if it was touched or lost, verify.py has to show it.
            found["issued.pdf"] = store.get(file.store_key)
    if record.register is not None:
        found["register.json"] = pretty(record.register)
    return found


def _word_files(store: FileStore, record: Record) -> tuple[dict[str, bytes], int]:
    """The Word files by their names in the evidence, and how many are missing or too much."""
    found: dict[str, bytes] = {}
    room, missing = MOST_WORD, 0
    for number, file in enumerate(record.word_files, start=1):
        if file.size > room or not store.exists(file.store_key):
            missing += 1
            continue
        room -= file.size
        # As it lies in the store: the name has what it must hash to.
        found[f"word/{number:02d}-{file.sha256[:16]}.docx"] = store.get(file.store_key)
    return found, missing


def _sums(content: dict[str, bytes]) -> bytes:
    rows = (f"{hashlib.sha256(content[name]).hexdigest()}  {name}\n" for name in sorted(content))
    return "".join(rows).encode()


def _zipped(content: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(content):
            entry = zipfile.ZipInfo(name, NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr, entry.create_system = READABLE, UNIX
            archive.writestr(entry, content[name])
    return out.getvalue()
