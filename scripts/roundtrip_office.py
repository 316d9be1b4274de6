"""Changes a Word file inside LibreOffice; run by scripts/roundtrip.py with the system's Python, which has its bridge.

Usage: roundtrip_office.py FOLDER tracked|plain. Reads sent.docx, writes the other.
"""

import contextlib
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

PORT = 2002
PARAGRAPH_BREAK = 0


def main(folder: Path, way: str) -> None:
    profile = (folder / "profile").as_uri()
    where = f"socket,host=127.0.0.1,port={PORT};urp;"
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile}", f"--accept={where}"]
    )
    try:
        context = connected(where)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        document = desktop.loadComponentFromURL(
            (folder / "sent.docx").as_uri(), "_blank", 0, (option("Hidden", True),)
        )
        document.RecordChanges = way == "tracked"
        change(document, context)
        document.storeToURL((folder / f"{way}.docx").as_uri(), (option("FilterName", "MS Word 2007 XML"),))
        document.close(True)
        with contextlib.suppress(DisposedException):  # it ends while it answers
            desktop.terminate()
        office.wait(60)
    finally:
        office.kill()


def connected(where: str):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _attempt in range(120):
        try:
            return resolver.resolve(f"uno:{where}StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.5)
    raise SystemExit("LibreOffice does not answer")


def option(name: str, value: object) -> PropertyValue:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def change(document, context) -> None:
    """What a case worker does: other words, a line more, a line less, one divided, two joined, one moved."""
    text = document.Text

    def begin(words: str):
        """A cursor at the beginning of the paragraph that begins with the words."""
        every = text.createEnumeration()
        while every.hasMoreElements():
            one = every.nextElement()
            if one.supportsService("com.sun.star.text.Paragraph") and one.String.startswith(words):
                return text.createTextCursorByRange(one.Start)
        raise SystemExit(f"not found: {words}")

    cursor = begin("Gi flere plass")
    cursor.goRight(3, False)
    cursor.goRight(5, True)
    cursor.String = "mange"

    cursor = begin("Kveldskurs må")
    cursor.gotoEndOfParagraph(False)
    text.insertString(cursor, " 😀 שלום <b>", False)

    cursor = begin("Biblioteket bør")
    cursor.gotoEndOfParagraph(True)
    cursor.goRight(1, True)
    cursor.String = ""

    cursor = begin("Kommunen trenger")
    cursor.gotoEndOfParagraph(True)
    cursor.String = ""

    cursor = begin("Praksisplasser må")
    cursor.goRight(18, False)
    text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)

    cursor = begin("Informasjon bør")
    cursor.gotoEndOfParagraph(False)
    cursor.goRight(1, True)
    cursor.String = ""

    cursor = begin("Skolen kan")
    cursor.gotoEndOfParagraph(False)
    text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
    text.insertString(cursor, "Et nytt punkt fra departementet.", False)

    cursor = begin("Søknadsskjema må")
    view = document.CurrentController.ViewCursor
    view.gotoRange(cursor, False)
    dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    for _step in range(2):
        dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:MoveUp", "", 0, ())

    cursor = begin("Kurs")
    cursor.gotoEndOfParagraph(True)
    cursor.String = "Kurs for voksne"


main(Path(sys.argv[1]), sys.argv[2])
