// The keyboard and the mouse on the table's page.
// `opening` tells whether the device keeps things; until then nothing is done, and if it does not the forms do it.
// `noteOf(key)` is what is on the device of a note.
self.TableInput = ({ opening, acts, box, changes, decisions, download, noteOf }) => {
  let works = null;
  opening.then((does) => (works = does));

  const rowOf = (element) => element.closest?.("li.note[id]");
  const closed = (form) => {
    const details = form.closest("details");
    details.open = false;
    details.querySelector("summary").focus();
  };

  const submits = {
    "form[data-new]": (form) => box.store(form, false),
    ".note-change form.note-form": async (form) => {
      const wanted = TableRows.asked(form);
      form.elements.text.value = wanted.text;
      if (!form.reportValidity()) return;
      closed(form);
      await acts.change(rowOf(form), wanted);
      await changes.forget(rowOf(form));
    },
    ".note-withdraw": async (form) => {
      const row = rowOf(form);
      closed(form);
      await acts.withdraw(row);
      await changes.forget(row);
    },
    ".note-take-back": (form) => acts.takeBack(rowOf(form)),
    ".note-move": (form, button) => acts.step(rowOf(form), button.value === "up" ? -1 : 1),
  };
  // Before htmx hears of it.
  addEventListener(
    "submit",
    async (event) => {
      const { target, submitter } = event;
      const act = Object.keys(submits).find((selector) => target.matches(selector));
      if (!act || works === false) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (await opening) submits[act](target, submitter);
      else target.requestSubmit(submitter);
    },
    true,
  );

  const clicks = {
    download,
    undo: () => acts.undo(),
    split: (button) => box.store(button.form, true),
    one: (button) => {
      button.closest(".note-split").hidden = true;
    },
    join: (button) => {
      const row = rowOf(button);
      closed(button);
      acts.join(row);
    },
    edit: (button) => decisions.openForm(rowOf(button)),
    keep: (button) => decisions.keepPersonal(rowOf(button)),
    stay: (button) => button.closest("dialog").close("stay"),
    "log-out": (button) => button.closest("dialog").close("log-out"),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    const { act } = button.dataset;
    if (clicks[act]) clicks[act](button);
    else decisions.decide(act, noteOf(button.closest("li").dataset.key));
  });

  // The note that a key is about: the one in which the keyboard is, else the last under the question of the box.
  const meant = (target, form) => {
    if (form && !form.matches("[data-new]")) return null; // it is being changed
    const row = rowOf(target);
    if (row || !form) return row;
    return [...form.closest("section").querySelectorAll("li.note[id]:not(.note-withdrawn)")].at(-1);
  };

  // A note that is on its way to the disk is the last one, as soon as it stands there.
  const join = async (target, form) => {
    const before = box.stands(form);
    const last = async () => {
      await before;
      return meant(target, form);
    };
    if (form && box.rest(form).trim()) {
      return box.addTo(form, async (text) => {
        const row = await last();
        if (row) await acts.append(row, text);
        return Boolean(row);
      });
    }
    const row = await last();
    return row && acts.join(row);
  };

  const next = (select) => {
    select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
  };
  const options = () => [...(document.querySelector("form[data-new] [name=kind]")?.options ?? [])]; // none in running text
  const kinds = () => options().map((option) => option.value);
  // Each kind has a letter of its own, in the language of the page.
  const kindOf = (code) => options().find(({ dataset }) => dataset.key && code === `Key${dataset.key}`)?.value;

  // Says whether the key was one of ours.
  const press = (event, form) => {
    const row = meant(event.target, form);
    const kind = kindOf(event.code);
    const digit = /^Digit(\d)$/.exec(event.code)?.[1];
    const to = digit && document.getElementById(`new-${digit === "0" ? "" : digit}`);
    if (to && !event.shiftKey) to.focus();
    else if (to && form?.matches("[data-new]") && form.elements.text.value.trim()) box.moveText(form, to);
    else if (to && row) acts.move(row, digit === "0" ? null : Number(digit));
    else if (form && event.code === "KeyS") form.elements.priority.checked = !form.elements.priority.checked;
    else if (form && event.code === "KeyK") next(form.elements.kind);
    else if (form && kind) form.elements.kind.value = form.elements.kind.value === kind ? "" : kind;
    else if (row && kind) acts.change(row, { kind: row.dataset.kind === kind ? "" : kind });
    else if (row && event.code === "KeyS") acts.toggle(row);
    else if (row && event.code === "KeyK") acts.nextKind(row, kinds());
    else if (event.code === "KeyM" && (row || form?.matches("[data-new]"))) join(event.target, form);
    else if (event.code === "KeyZ") acts.undo();
    else return false;
    return true;
  };

  document.addEventListener("keydown", (event) => {
    const { target } = event;
    const form = target.closest?.("form.note-form");
    const isBox = target.matches("form.note-form textarea");
    if (event.key === "Enter" && isBox && !event.isComposing) {
      if (event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) form.elements.priority.checked = true;
      form.requestSubmit();
    }
    if (!works) return;
    const isUndo = event.code === "KeyZ" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (isUndo && !(isBox && target.value)) acts.undo(); // words that are being typed are the browser's to undo
    else if (!event.altKey || event.ctrlKey || event.metaKey || !press(event, form)) return;
    event.preventDefault();
  });
};
