// Rows of notes: those that wait on the device, and those that the server renders, put into the page that is there
// without disturbing the one who types.
self.TableRows = (() => {
  // Rows may come and go above the one who types: the place of the cursor stays where it is.
  const keepStill = (act) => {
    const anchor = document.activeElement;
    const before = anchor.getBoundingClientRect().top;
    act();
    if (anchor === document.body || !anchor.isConnected) return;
    scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
    if (document.activeElement !== anchor) anchor.focus({ preventScroll: true }); // its row has moved
  };

  // --- the server's rows -------------------------------------------------------------------------------------

  const isInUse = (item) => item.querySelector("details[open]") !== null;
  const words = (item) => item.outerHTML.replace(/(name="csrfmiddlewaretoken" value=)"[^"]*"/g, "$1");

  const textOf = (item) => item.querySelector(".note-words").textContent;
  const isTheSame = (one, other) => textOf(one) === textOf(other);

  // The keyboard stays where it was in the row.
  const takePlace = (old, row) => {
    const active = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(row);
    if (active) ((active.id && document.getElementById(active.id)) || row.querySelector("summary"))?.focus();
  };

  const merge = (list, fresh) => {
    const wanted = [...fresh.children].map((item) => {
      const old = document.getElementById(item.id);
      if (old && isInUse(old) && isTheSame(old, item)) old.dataset.revision = item.dataset.revision;
      if (old && (isInUse(old) || words(old) === words(item))) return old;
      const row = document.importNode(item, true);
      if (old) takePlace(old, row);
      return row;
    });
    for (const item of [...list.children]) if (!wanted.includes(item) && !isInUse(item)) item.remove();
    if (list.querySelector("textarea:focus")) return;
    wanted.forEach((item, place) => {
      if (list.children[place] !== item) list.insertBefore(item, list.children[place] ?? null);
      self.htmx?.process(item);
    });
  };

  // Every list of rows that both pages have.
  const update = (page) => {
    for (const list of document.querySelectorAll(".notes[id^='notes-']")) {
      const fresh = page.getElementById(list.id);
      if (fresh) merge(list, fresh);
    }
  };

  // --- what a row says ---------------------------------------------------------------------------------------

  const find = (key) => document.getElementById(`n-${key}`);
  const session = () => Number(document.getElementById("table-screen").dataset.session);

  // The rows of the question in which `item` stands, as they are arranged.
  const beside = (item) => [...item.closest(".table-question").querySelectorAll("li.note[id]")];
  const isWithdrawn = (row) => row.classList.contains("note-withdrawn");

  const read = (row) => ({
    session: session(),
    question: row.dataset.question ? Number(row.dataset.question) : null,
    kind: row.dataset.kind,
    priority: row.dataset.priority === "true",
    text: row.querySelector(".note-words").textContent,
    withdrawn: isWithdrawn(row),
  });

  // What the form of a row says that the note shall be.
  const asked = (form) => ({
    ...read(form.closest("li")),
    text: form.elements.text.value.trim(),
    question: form.elements.question.value ? Number(form.elements.question.value) : null,
    kind: form.elements.kind.value,
    priority: form.elements.priority.checked,
  });

  const put = (element, text) => {
    element.hidden = !text;
    if (text) element.textContent = text;
  };

  const fillForm = (form, content) => {
    form.elements.text.value = form.elements.text.defaultValue = content.text;
    form.elements.question.value = content.question ?? "";
    form.elements.kind.value = content.kind;
    form.elements.priority.checked = content.priority;
  };

  // Lets a row say what is kept on the device of its note; the server's next rendering takes its place.
  const show = (row, { content, state }) => {
    const texts = document.getElementById("note-row").dataset;
    const form = row.querySelector(".note-change form");
    const select = document.querySelector("form[data-new] select[name=kind]");
    const kind = [...(select?.options ?? [])].find((option) => option.value && option.value === content.kind);
    Object.assign(row.dataset, { look: state, kind: content.kind, priority: content.priority });
    row.dataset.question = content.question ?? "";
    row.classList.toggle("note-waiting", state === "waiting");
    row.classList.toggle("note-withdrawn", Boolean(content.withdrawn));
    row.querySelector(".note-star").hidden = !content.priority;
    row.querySelector(".note-words").textContent = content.text;
    for (const name of row.querySelectorAll(".note-named")) name.textContent = content.text.slice(0, 60);
    put(row.querySelector(".note-kind-said"), kind?.textContent);
    put(
      row.querySelector(".note-state"),
      [content.withdrawn && texts.withdrawn, state === "waiting" && texts.waiting].filter(Boolean).join(" · "),
    );
    row.querySelector(".note-personal")?.remove(); // it was said of other words
    if (form && !form.closest("details").open) fillForm(form, content);
    return row;
  };

  const make = (key) => {
    const holder = document.createElement("template");
    const { innerHTML } = document.getElementById("note-row");
    holder.innerHTML = innerHTML.replaceAll("00000000-0000-0000-0000-000000000000", key);
    const row = holder.content.querySelector("li");
    row.dataset.made = "";
    return row;
  };

  // A note that was refused, with what stands in its place, until one has decided.
  const refused = ({ key, status, content, stored }) => {
    const template = document.getElementById("refused-note");
    const item = template.content.firstElementChild.cloneNode(true);
    Object.assign(item.dataset, { refused: key, key, look: "refused" });
    item.querySelector(".note-star").hidden = !content.priority;
    item.querySelector(".note-words").textContent = content.text;
    item.querySelector(".note-state").textContent = content.withdrawn
      ? template.dataset.withdrawn
      : (template.dataset[`refused${status}`] ?? template.dataset.refused);
    if (stored) item.querySelector(".stored-words").textContent = stored.text;
    else item.querySelector(".refused-stored").remove();
    const offered = { mine: stored && status === 409, theirs: stored, rewrite: true, again: !stored };
    for (const button of item.querySelectorAll("[data-act]")) button.hidden = !offered[button.dataset.act];
    return item;
  };

  // --- order -------------------------------------------------------------------------------------------------

  // The places that these rows have are given to them anew, in the order of `keys`.
  const arrange = (keys) => {
    const rows = keys.map(find).filter(Boolean);
    const inPlace = [...rows].sort((one, other) => (one.compareDocumentPosition(other) & 4 ? -1 : 1));
    if (inPlace.every((row, place) => row === rows[place])) return;
    const places = inPlace.map((row) => {
      const place = document.createComment("");
      row.before(place);
      return place;
    });
    places.forEach((place, number) => place.replaceWith(rows[number]));
  };

  return { keepStill, update, find, beside, isWithdrawn, read, asked, fillForm, show, make, refused, arrange };
})();
