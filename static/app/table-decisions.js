// What one decides about a note: of two texts that met, of one that was refused, and of what may be personal data.
// `look()` draws what is on the device, `changed()` draws and sends.
self.TableDecisions = ({ acts, box, look, changed }) => {
  // --- personal data: a warning that one has answered stays away in this window --------------------------------

  const kept = () => JSON.parse(sessionStorage.getItem("rnik-kept") ?? "[]");
  const hidePersonal = (row) => row?.querySelector(".note-personal")?.remove();
  const keepPersonal = (row) => {
    sessionStorage.setItem("rnik-kept", JSON.stringify([...kept(), row.dataset.key]));
    hidePersonal(row);
    row.querySelector("summary")?.focus();
  };

  const hideKept = () => kept().forEach((key) => hidePersonal(TableRows.find(key)));

  // --- what was refused ----------------------------------------------------------------------------------------

  const openForm = (row) => {
    row.querySelector("details").open = true;
    row.querySelector(".note-change textarea").focus();
  };

  // The words go to where one can write them anew: into the note, when it stands, else into a box.
  const rewrite = async (note) => {
    const row = TableRows.find(note.key);
    const form = note.seen && row?.querySelector(".note-change form");
    if (form) {
      openForm(row);
      form.elements.text.value = note.content.text;
      return undefined;
    }
    const { session, question } = note.content;
    if (box.boxes().length === 0) return location.assign(`?bolk=${session}&maate=linjer`);
    const shown = document.getElementById("table-screen").dataset.session;
    const here = String(session) === shown && document.getElementById(`new-${question ?? ""}`);
    const to = here || box.boxes().at(-1);
    const text = [note.content.text, to.value].filter(Boolean).join("\n");
    await Outbox.unmake(note.key, box.placeOf(to.form), text);
    to.value = text;
    await look();
    return to.focus();
  };

  const decide = async (what, note) => {
    if (what === "rewrite") return rewrite(note);
    await acts.decide[what](note);
    return changed();
  };

  return { keepPersonal, hideKept, openForm, decide };
};
