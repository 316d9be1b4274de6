// Rows: those that wait on the device, and those that the server renders, put into the page that is there
// without disturbing the one who types.
self.TableRows = (() => {
  // Rows may come and go above the one who types: the place of the cursor stays where it is.
  const keepStill = (act) => {
    const anchor = document.activeElement;
    const before = anchor.getBoundingClientRect().top;
    act();
    if (anchor !== document.body && anchor.isConnected) {
      scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
    }
  };

  const isInUse = (item) => item.contains(document.activeElement) || item.querySelector("details[open]") !== null;
  const words = (item) => item.outerHTML.replace(/(name="csrfmiddlewaretoken" value=)"[^"]*"/g, "$1");

  const merge = (list, fresh) => {
    const wanted = [...fresh.children].map((item) => {
      const old = document.getElementById(item.id);
      if (old && (isInUse(old) || words(old) === words(item))) return old;
      const row = document.importNode(item, true);
      if (old) old.replaceWith(row);
      return row;
    });
    for (const item of [...list.children]) if (!wanted.includes(item) && !isInUse(item)) item.remove();
    if (list.contains(document.activeElement)) return;
    wanted.forEach((item, place) => {
      if (list.children[place] !== item) list.insertBefore(item, list.children[place] ?? null);
      htmx.process(item);
    });
  };

  // Every list of rows that both pages have.
  const update = (page) => {
    for (const list of document.querySelectorAll(".notes[id^='notes-']")) {
      const fresh = page.getElementById(list.id);
      if (fresh) merge(list, fresh);
    }
  };

  // A note that is not among the server's rows: it waits, was refused, or has just been stored.
  const waiting = (note) => {
    const template = document.getElementById("waiting-note");
    const item = template.content.firstElementChild.cloneNode(true);
    item.dataset.look = note.state;
    item.dataset.key = note.key;
    item.querySelector(".note-star").hidden = !note.content.priority;
    item.querySelector(".note-words").textContent = note.content.text;
    const reason = template.dataset[`refused${note.status}`] ?? template.dataset.refused;
    item.querySelector(".waiting-state").textContent = note.state === "refused" ? reason : template.dataset[note.state];
    const isRefused = note.state === "refused";
    if (!isRefused) item.querySelector(".waiting-acts").remove();
    if (isRefused && note.stored) item.querySelector(".stored-words").textContent = note.stored;
    else item.querySelector(".waiting-stored").remove();
    return item;
  };

  return { keepStill, update, waiting };
})();
