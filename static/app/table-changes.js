// A change of a note that is being written is a draft on the device, as the words of a new note are: it stands in its
// form again when the page is opened anew, until it is stored or given up.
self.TableChanges = ({ owner }) => {
  const CHANGE = ".note-change form.note-form";
  const START = `${owner}|change|`;
  const placeOf = (form) => `${START}${form.closest("li").dataset.key}`;
  const forms = () => [...document.querySelectorAll(CHANGE)];

  const timers = new Map();
  const save = (form) => {
    const { value, defaultValue } = form.elements.text;
    clearTimeout(timers.get(placeOf(form)));
    timers.delete(placeOf(form));
    return Outbox.saveDraft(placeOf(form), value === defaultValue ? "" : value).catch(() => {});
  };
  const saveAll = () => forms().filter((form) => timers.has(placeOf(form))).forEach(save);
  // Stored or given up.
  const forget = (row) => {
    const place = `${START}${row.dataset.key}`;
    clearTimeout(timers.get(place));
    timers.delete(place);
    return Outbox.saveDraft(place, "").catch(() => {});
  };

  const restore = async () => {
    const drafts = new Map((await Outbox.drafts()).map((draft) => [draft.place, draft.text]));
    for (const form of forms()) {
      const { text } = form.elements;
      const draft = drafts.get(placeOf(form));
      if (!draft || text.value !== text.defaultValue) continue;
      text.value = draft;
      form.closest("details").open = true;
    }
  };

  document.addEventListener("input", (event) => {
    const form = event.target.closest(CHANGE);
    if (!form || event.target !== form.elements.text) return;
    clearTimeout(timers.get(placeOf(form)));
    timers.set(placeOf(form), setTimeout(() => save(form), 300));
  });

  return { saveAll, forget, restore };
};
