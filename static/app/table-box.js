// The boxes for new notes: what is written in them is a draft on the device until it is a note there.
// `kept(notes, giveBack)` hears of new notes; `cannotKeep(form)` is asked when the device keeps nothing.
self.TableBox = ({ owner, kept, cannotKeep }) => {
  const LONG = 500;
  const boxes = () => [...document.querySelectorAll("form[data-new] textarea")];
  const placeOf = (form) => `${owner}|${form.elements.session.value}|${form.elements.question.value}`;

  const timers = new Map();
  const saveDraft = (form) => {
    clearTimeout(timers.get(placeOf(form)));
    timers.delete(placeOf(form));
    return Outbox.saveDraft(placeOf(form), form.elements.text.value).catch(() => {});
  };
  const saveAll = () => boxes().filter((box) => timers.has(placeOf(box.form))).forEach((box) => saveDraft(box.form));
  const restore = async () => {
    const drafts = new Map((await Outbox.drafts()).map((draft) => [draft.place, draft.text]));
    for (const box of boxes()) if (!box.value) box.value = drafts.get(placeOf(box.form)) ?? "";
  };

  const put = (box, text) => {
    box.value = text;
    hint(box.form);
    return saveDraft(box.form);
  };
  const putFirst = (box, text) => put(box, [text, box.value].filter(Boolean).join("\n"));

  // --- what the box says while one writes --------------------------------------------------------------------

  const saying = (form, part, shown) => {
    form.querySelector(part).hidden = !shown;
  };
  const hint = (form) => {
    const { length } = form.elements.text.value;
    const part = form.querySelector(".note-long");
    if (part.hidden !== length <= LONG) part.hidden = length <= LONG;
  };
  const linesOf = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);
  const offerToSplit = (form, isPasted) => {
    const { length } = linesOf(form.elements.text.value);
    if (isPasted && length > 1) saying(form, ".note-split", true);
    if (length < 2) saying(form, ".note-split", false);
    for (const part of form.querySelectorAll("[data-lines]")) {
      part.textContent = part.dataset.lines.replace("{n}", length);
    }
  };

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-new]");
    if (!form || event.target !== form.elements.text) return;
    clearTimeout(timers.get(placeOf(form)));
    timers.set(placeOf(form), setTimeout(() => saveDraft(form), 300));
    saying(form, ".note-empty", false);
    hint(form);
    offerToSplit(form, event.inputType === "insertFromPaste");
  });

  // Word gives its bullets, numbers, soft hyphens and hard blanks as signs; of all that, the words are wanted.
  const plain = (text) =>
    text
      .replace(/\r\n?|[\v\f\u2028\u2029]/g, "\n")
      .replace(/[\u00ad\u200b\ufeff]/g, "")
      .split("\n")
      .map((line) =>
        line
          .replace(/^\s*(?:[•·●○◦▪■‣⁃§\uf0a7\uf0b7]\s*|[-–*]\s+|(?:o|\(?[0-9]{1,2}[.)]|\(?[a-z][.)])\t\s*)/, "")
          .replace(/[\t\u00a0\u2007\u202f ]+/g, " ")
          .trim(),
      )
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim();

  document.addEventListener("paste", (event) => {
    const box = event.target.closest?.("textarea");
    const pasted = event.clipboardData?.getData("text/plain");
    if (!box || !pasted || plain(pasted) === pasted) return;
    event.preventDefault();
    // Old, and the only way that the browser's own undo knows of.
    document.execCommand("insertText", false, plain(pasted));
    if (box.form.matches("[data-new]")) offerToSplit(box.form, true);
  });

  // --- from draft to note ------------------------------------------------------------------------------------

  // One note at a time: a second click on the same words is no second note, and who types faster than the disk waits.
  const busy = new Map();
  const store = async (form, eachLine) => {
    const { typed, done } = busy.get(form) ?? {};
    if (typed === form.elements.text.value) return;
    const marks = takeMarks(form);
    const made = Promise.resolve(done).then(() => make(form, eachLine, marks));
    const own = { typed: form.elements.text.value, done: made };
    busy.set(form, own);
    await own.done;
    if (busy.get(form) === own) busy.delete(form);
  };

  // Star and kind belong to the note that is on its way to the disk; what is chosen meanwhile, to the next one.
  const takeMarks = ({ elements: { kind, priority } }) => {
    const marks = { kind: kind.value, priority: priority.checked };
    [kind.value, priority.checked] = ["", false];
    return marks;
  };
  const giveMarks = ({ elements }, marks) => {
    elements.kind.value ||= marks.kind;
    elements.priority.checked ||= marks.priority;
  };

  const make = async (form, eachLine, marks) => {
    const box = form.elements.text;
    const typed = box.value;
    const texts = eachLine ? linesOf(typed) : [typed.trim()].filter(Boolean);
    saying(form, ".note-empty", texts.length === 0);
    if (texts.length === 0) return giveMarks(form, marks);
    const content = {
      session: Number(form.elements.session.value),
      question: form.elements.question.value ? Number(form.elements.question.value) : null,
      ...marks,
      written_at: new Date().toISOString(),
      withdrawn: false,
      revision: 1,
    };
    const notes = texts.map((text) => ({ key: Outbox.newKey(), owner, state: "waiting", content: { ...content, text } }));
    clearTimeout(timers.get(placeOf(form)));
    try {
      await Outbox.keep(notes, placeOf(form));
    } catch {
      giveMarks(form, marks);
      await cannotKeep(form);
      return;
    }
    emptyText(form, typed);
    if (form.contains(document.activeElement) || document.activeElement === document.body) box.focus();
    await kept(notes, () => {
      putFirst(box, typed.trim());
      giveMarks(form, marks);
    });
  };

  // What was typed meanwhile stays.
  const emptyText = (form, typed) => {
    const box = form.elements.text;
    box.value = box.value.startsWith(typed) ? box.value.slice(typed.length) : box.value;
    saying(form, ".note-split", false);
    hint(form);
    return saveDraft(form);
  };
  const empty = (form, typed) => {
    takeMarks(form);
    return emptyText(form, typed);
  };

  // Words that were begun under the wrong question.
  const moveText = async (form, to) => {
    const text = form.elements.text.value;
    await putFirst(to, text);
    await empty(form, text);
    to.focus();
  };

  return { boxes, placeOf, saveAll, restore, putFirst, store, empty, moveText };
};
