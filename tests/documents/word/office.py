"""LibreOffice, where it is present: saves a Word file anew, settles its tracked changes."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ACCEPT, REJECT = "AcceptAllTrackedChanges", "RejectAllTrackedChanges"

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">
Sub Settle(source, target, act)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL("file://" &amp; source, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  If act &lt;&gt; "" Then
    dispatcher.executeDispatch(doc.CurrentController.Frame, ".uno:" &amp; act, "", 0, Array())
  End If
  Dim wanted(0) As New com.sun.star.beans.PropertyValue
  wanted(0).Name = "FilterName" : wanted(0).Value = "MS Word 2007 XML"
  doc.storeToURL("file://" &amp; target, wanted())
  doc.close(True)
End Sub
</script:module>
"""


@dataclass(frozen=True)
class Office:
    """LibreOffice without windows, in a folder with its profile."""

    folder: Path
    start: tuple[str, ...]

    @classmethod
    def started(cls, folder: Path) -> "Office":
        program = shutil.which("soffice")
        if program is None:
            pytest.skip("soffice is missing: install libreoffice-writer to run this test")
        profile = folder / "profile"
        office = cls(folder, (program, "--headless", f"-env:UserInstallation={profile.as_uri()}"))
        # The first start fills the profile, with an empty module in the place of ours.
        office._run("--terminate_after_init")
        module = profile / "user" / "basic" / "Standard" / "Module1.xba"
        module.write_text(_MACRO, encoding="utf-8")
        return office

    def save(self, data: bytes) -> bytes:
        """The file as LibreOffice writes it after reading it."""
        return self.settle(data, "")

    def settle(self, data: bytes, act: str) -> bytes:
        """The file after one of LibreOffice's own commands."""
        source, target = self.folder / "source.docx", self.folder / "target.docx"
        source.write_bytes(data)
        target.unlink(missing_ok=True)
        self._run(f"macro:///Standard.Module1.Settle({source},{target},{act})")
        return target.read_bytes()

    def _run(self, order: str) -> None:
        subprocess.run([*self.start, order], capture_output=True, check=True, timeout=120)
