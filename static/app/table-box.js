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

  // One act takes what stands in the box when it is asked for, however slow the disk: what is typed while it waits for
  // its turn belongs to the next one. The words leave the box when the act has put them on the disk elsewhere.
  // By form: `words`, in the box still and asked for, and `done`, when the last act has met the disk.
  const promised = new Map();
  const settled = (form) => promised.get(form)?.done ?? Promise.resolve(true);
  const rest = (form) => {
    const { value } = form.elements.text;
    const { words = "" } = promised.get(form) ?? {};
    return value.startsWith(words) ? value.slice(words.length) : value;
  };
  // After words that the device did not take, those that were asked for later stay in the box with them.
  const take = (form, typed, act) => {
    const turn = async (goesOn) => {
      if (!goesOn) return false;
      clearTimeout(timers.get(placeOf(form)));
      const isDone = await act().catch(() => false);
      const words = isDone && promised.get(form).words.slice(typed.length);
      if (words) promised.get(form).words = words;
      else promised.delete(form);
      if (isDone) emptyText(form, typed);
      return isDone;
    };
    const done = settled(form).then(turn);
    promised.set(form, { words: (promised.get(form)?.words ?? "") + typed, done });
    return done;
  };

  const drawn = new Map(); // by form: when its last note stands on the page
  const store = (form, eachLine) => {
    const typed = rest(form);
    const texts = eachLine ? linesOf(typed) : [typed.trim()].filter(Boolean);
    saying(form, ".note-empty", texts.length === 0 && !promised.has(form));
    if (texts.length === 0) return;
    const marks = takeMarks(form);
    const content = {
      session: Number(form.elements.session.value),
      question: form.elements.question.value ? Number(form.elements.question.value) : null,
      ...marks,
      written_at: new Date().toISOString(),
      withdrawn: false,
      revision: 1,
    };
    const notes = texts.map((text) => ({ key: Outbox.newKey(), owner, state: "waiting", content: { ...content, text } }));
    const done = take(form, typed, () => keep(form, notes, marks));
    drawn.set(
      form,
      done.then((isKept) => (isKept ? kept(notes, () => giveBack(form, typed, marks)) : giveMarks(form, marks))),
    );
  };
  const giveBack = async (form, typed, marks) => {
    await settled(form);
    putFirst(form.elements.text, typed.trim());
    giveMarks(form, marks);
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

  // True when the device has them.
  const keep = async (form, notes, marks) => {
    try {
      await Outbox.keep(notes, placeOf(form));
    } catch {
      giveMarks(form, marks);
      await cannotKeep(form);
      return false;
    }
    if (form.contains(document.activeElement) || document.activeElement === document.body) form.elements.text.focus();
    return true;
  };

  // What was typed meanwhile stays.
  const emptyText = (form, typed) => {
    const box = form.elements.text;
    box.value = box.value.startsWith(typed) ? box.value.slice(typed.length) : box.value;
    saying(form, ".note-split", false);
    hint(form);
    return saveDraft(form);
  };

  // What is typed now, without a second note: `add(text)` puts it on the disk elsewhere.
  const addTo = (form, add) => {
    const typed = rest(form);
    takeMarks(form); // at once: what is chosen from now on is for the next note
    return take(form, typed, () => add(typed.trim()));
  };

  // Words that were begun under the wrong question, with their star and kind.
  const moveText = (form, to) => {
    const text = rest(form);
    const saved = putFirst(to, text);
    giveMarks(to.form, takeMarks(form));
    to.focus();
    return take(form, text, () => saved.then(() => true));
  };

  const stands = (form) => drawn.get(form);

  return { boxes, placeOf, saveAll, restore, putFirst, rest, store, stands, addTo, moveText };
};
