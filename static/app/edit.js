// The report as a document: one writes in the lines themselves, and a line is saved when it is left. Enter splits,
// Backspace at the beginning joins with the line above. Without this, each line is a form with its own button.
(() => {
  const PATIENCE = 15_000;
  const page = () => document.getElementById("document");
  if (!page() || !document.getElementById("edit-undo")) return;
  const drafts = EditDrafts(page().dataset.draftOwner);
  const words = { ...page().dataset };
  const lines = () => [...page().querySelectorAll(".edit-line")];
  const boxOf = (line) => line?.querySelector("textarea");
  const keyOf = (line) => line.id.slice("line-".length);
  const isDirty = (field) => field.value.trim() !== field.dataset.stored;
  const awaitsChoice = (line) => Boolean(line.querySelector(".edit-conflict"));
  // Asked when an act's turn comes: the act before it may have met another's text, and only a button chooses then.
  const mustChoose = (line) => awaitsChoice(document.getElementById(line.id) ?? line);
  const neighbour = (line, step) => lines()[lines().indexOf(line) + step];

  // --- what one is told ---------------------------------------------------------------------------------------

  const tell = (text) => {
    document.getElementById("edit-told").textContent = text;
  };
  const state = (line, text, isBad = false) => {
    const place = line.querySelector(".edit-state");
    place.textContent = text;
    place.classList.toggle("ds-validation-message", isBad);
  };

  // --- how it looks: as high as the words, and the forms' own buttons only where they are needed -----------------

  const growsByItself = CSS.supports("field-sizing", "content");
  const grow = (box) => {
    if (growsByItself || !box) return;
    box.rows = 1;
    const high = parseFloat(getComputedStyle(box).lineHeight);
    box.rows = Math.max(1, Math.round(box.scrollHeight / high));
  };
  const enhance = () => {
    page().dataset.ready = "yes";
    for (const line of lines()) grow(boxOf(line));
  };
  const focus = (line, place) => {
    const box = boxOf(line);
    box?.focus();
    box?.setSelectionRange(place ?? box.value.length, place ?? box.value.length);
  };

  // --- drafts -------------------------------------------------------------------------------------------------

  // One that is offered and not decided on yet outlives what is written beside it.
  const dropDraft = (line) => {
    drafts.drop(keyOf(line));
    const offered = document.getElementById(line.id)?.querySelector(".edit-draft-text");
    if (offered) drafts.keep(keyOf(line), 0, offered.textContent);
  };
  const keepDraft = (line) => {
    const box = boxOf(line);
    if (isDirty(box)) drafts.keep(keyOf(line), box.form.elements.version.value, box.value);
    else dropDraft(line);
  };
  const offerDrafts = () => {
    for (const line of lines()) {
      const text = drafts.of(keyOf(line));
      const box = boxOf(line);
      if (text === null || line.querySelector(".edit-draft") || text === box.value) continue;
      if (text.trim() === box.dataset.stored) dropDraft(line);
      else {
        const offer = document.getElementById("edit-draft").content.cloneNode(true);
        offer.querySelector(".edit-draft-text").textContent = text;
        line.prepend(offer);
      }
    }
  };
  const decide = (button) => {
    const line = button.closest(".edit-line");
    const box = boxOf(line);
    const offer = line.querySelector(".edit-draft");
    if (button.dataset.draft === "take") box.value = offer.querySelector(".edit-draft-text").textContent;
    grow(box);
    focus(line);
    offer.remove();
    keepDraft(line);
  };

  // --- to the server and back: one act after the other, so that each knows the version the last one made ----------

  let work = Promise.resolve();
  const inTurn = (act) => {
    work = work.then(act, act);
    return work;
  };
  const show = (id, shown) => {
    document.getElementById(id).hidden = !shown;
  };
  const send = async (address, body) => {
    const answer = await fetch(address, {
      method: "POST",
      body,
      headers: { "HX-Request": "true", "HX-Target": "document" },
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    show("logged-out", answer.status === 401);
    if (![200, 409, 422].includes(answer.status)) throw new Error(answer.status);
    show("request-failed", false);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  // A quiet sign at a line that somebody else has changed: what it says there now can be seen.
  const announce = (line, who, field) => {
    const sign = document.getElementById("edit-changed").content.firstElementChild.cloneNode(true);
    sign.querySelector("span").textContent = who;
    const theirs = sign.querySelector("q");
    theirs.textContent = field.defaultValue;
    theirs.dataset.version = field.form.elements.version.value;
    line.append(sign);
  };
  // Whoever leaves such a line without having typed gets the other's text; who has typed meets both by saving.
  const adopt = (line) => {
    const theirs = line.querySelector(".edit-changed q");
    const box = boxOf(line);
    if (!theirs || isDirty(box)) return;
    box.value = box.dataset.stored = theirs.textContent;
    box.form.elements.version.value = theirs.dataset.version;
    theirs.parentElement.remove();
    line.dataset.fresh = "";
    grow(box);
  };

  // What is being typed elsewhere stays, with the version it was begun on: saving it meets the other text, if any.
  // `others`: by line, who has changed it meanwhile. A line that one is in keeps its text then, and says so.
  let isInstalling = false;
  const install = (fresh, others = null) => {
    const said = fresh.querySelector("[data-said]")?.dataset.said;
    const active = document.activeElement;
    const kept = { id: active?.id, from: active?.selectionStart, to: active?.selectionEnd };
    for (const part of fresh.querySelectorAll("#document, body > .edit-line, #edit-undo")) {
      const old = document.getElementById(part.id);
      for (const line of lines().filter(awaitsChoice)) {
        const next = part.querySelector(`#${line.id}`);
        if (next && !next.dataset.typed) next.replaceWith(line);
      }
      for (const field of old?.querySelectorAll("[data-stored]") ?? []) {
        const next = part.querySelector(`#${CSS.escape(field.id)}`);
        const line = next?.closest(".edit-line");
        const who = others?.get(line?.id) ?? field.closest(".edit-line")?.querySelector(".edit-changed span")?.textContent;
        const isIn = who && field === active && next?.value !== field.value;
        const isKept = isIn || (isDirty(field) && field.dataset.sent !== field.value);
        if (!next || next.closest("[data-typed]") || !isKept) continue;
        if (line && who) announce(line, who, next);
        if (isIn && !isDirty(field)) next.dataset.stored = field.dataset.stored; // nothing typed: nothing to save
        next.value = field.value;
        if (!field.form.elements.version) continue;
        next.form.elements.version.value = field.form.elements.version.value;
        line.querySelector(".edit-state").replaceWith(field.form.querySelector(".edit-state"));
      }
      for (const offer of document.querySelectorAll(".edit-draft")) {
        const id = offer.closest(".edit-line").id;
        (part.id === id ? part : part.querySelector(`#${id}`))?.prepend(offer);
      }
      isInstalling = true; // what is taken away loses focus: nobody has left it
      old?.replaceWith(part);
      isInstalling = false;
    }
    for (const id of others?.keys() ?? []) {
      const line = document.getElementById(id);
      if (line && !line.querySelector(".edit-changed")) line.dataset.fresh = "";
    }
    enhance();
    const again = document.getElementById(kept.id);
    if (again && again !== document.activeElement) {
      again.focus({ preventScroll: true });
      if (again.matches("textarea, input[type=text]")) again.setSelectionRange(kept.from, kept.to);
    }
    if (said) tell(said);
  };

  // Posts the line; true when it was done. A text that could not be saved stays where it stands, and says so.
  const post = async (line, address, more = {}) => {
    const current = document.getElementById(line.id) ?? line; // the act before this one may have put a new one there
    const box = boxOf(current);
    const body = new FormData(box.form);
    for (const [name, value] of Object.entries(more)) {
      body.delete(name);
      for (const each of [value].flat()) body.append(name, each);
    }
    box.dataset.sent = box.value;
    state(current, words.saving);
    try {
      const fresh = await send(address, body);
      const refused = fresh.querySelector("[data-typed], [role=alert]");
      const why = refused?.querySelector(".ds-heading, .edit-state")?.textContent.trim();
      install(fresh);
      if (refused) tell(why ?? "");
      else dropDraft(line);
      return !refused;
    } catch {
      delete box.dataset.sent;
      keepDraft(current);
      state(current, words.failed, true);
      tell(words.failed);
      return false;
    }
  };

  const commit = (line) =>
    inTurn(async () => {
      const current = document.getElementById(line.id);
      const box = boxOf(current);
      if (mustChoose(line)) return false;
      if (!box || !isDirty(box)) {
        if (box) state(current, "");
        return true;
      }
      const done = await post(current, box.form.action);
      const saved = document.getElementById(line.id);
      if (done && saved) state(saved, saved.dataset.said ?? "");
      return done;
    });

  // --- the keys -----------------------------------------------------------------------------------------------

  const split = (line) => {
    const box = boxOf(line);
    const parts = [box.value.slice(0, box.selectionStart), box.value.slice(box.selectionEnd)];
    if (parts.some((part) => !part.trim())) {
      const next = neighbour(line, 1);
      if (next && parts[0].trim()) focus(next, 0);
      else if (parts[0].trim()) commit(line);
      return;
    }
    inTurn(async () => {
      if (mustChoose(line)) return;
      if (await post(line, box.form.dataset.split, { part: parts })) focus(neighbour(document.getElementById(line.id), 1), 0);
    });
  };

  const join = (line) => {
    const box = boxOf(line);
    const above = box.form.elements.above?.value;
    if (!above) {
      tell(words.first);
      return state(line, words.first);
    }
    commit(document.getElementById(`line-${above}`));
    inTurn(async () => {
      const target = document.getElementById(`line-${above}`);
      if (isDirty(boxOf(target)) || mustChoose(line)) return;
      const place = boxOf(target).value.length + 1;
      const version = boxOf(target).form.elements.version.value;
      if (await post(line, box.form.dataset.join, { above_version: version })) {
        focus(document.getElementById(target.id), place);
      }
    });
  };

  const move = (line, direction) => {
    const { id, selectionStart } = boxOf(line);
    commit(line);
    inTurn(async () => {
      const current = document.getElementById(line.id);
      if (isDirty(boxOf(current))) return;
      await post(current, boxOf(current).form.dataset.order, { direction });
      if (document.activeElement.id !== id) focus(document.getElementById(line.id), selectionStart);
    });
  };

  const restore = (line) => {
    const box = boxOf(line);
    line.querySelector(".edit-conflict")?.remove();
    if (!isDirty(box)) return box.blur();
    box.value = box.dataset.stored;
    dropDraft(line);
    grow(box);
    state(line, words.restored);
    tell(words.restored);
  };

  // An arrow leaves the text at its very beginning or end, and at once where there is one row alone.
  const isOneRow = (box) => box.scrollHeight < 2.5 * parseFloat(getComputedStyle(box).lineHeight);
  const isAtEdge = (box, step) => {
    if (box.selectionStart !== box.selectionEnd) return false;
    return step < 0 ? box.selectionStart === 0 : box.selectionStart === box.value.length;
  };
  const goOn = (line, step) => {
    const next = neighbour(line, step);
    if (next) focus(next, step > 0 ? 0 : undefined);
  };

  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if (event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === "z" && !box.matches("input, textarea")) {
      event.preventDefault();
      document.getElementById("undo-last")?.click();
      return;
    }
    if (event.key === "?" && !box.matches("input, textarea")) {
      const help = document.querySelector(".edit-help");
      help.open = !help.open;
    }
    if (event.key === "g" && !box.matches("input, textarea, select") && !(event.ctrlKey || event.metaKey || event.altKey)) {
      document.querySelector("[data-other-way]").click();
    }
    if (!box.matches(".edit-line textarea")) return;
    const line = box.closest(".edit-line");
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const isPlain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
    if (step && event.altKey && !event.ctrlKey) move(line, step < 0 ? "up" : "down");
    else if (!isPlain) return;
    else if (step && (isOneRow(box) || isAtEdge(box, step))) goOn(line, step);
    else if (event.key === "Escape") restore(line);
    else if (awaitsChoice(line)) return;
    else if (event.key === "Enter") split(line);
    else if (event.key === "Backspace" && isAtEdge(box, -1)) join(line);
    else return;
    event.preventDefault();
  });

  // --- typing, leaving, the buttons ------------------------------------------------------------------------------

  let timer;
  document.addEventListener("input", (event) => {
    const line = event.target.closest(".edit-line");
    if (!line) return;
    grow(event.target);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const now = document.getElementById(line.id); // what was saved or came meanwhile has put another in its place
      if (now) keepDraft(now);
    }, 300);
  });
  document.addEventListener("focusout", (event) => {
    if (isInstalling) return;
    const line = event.target.closest?.(".edit-line");
    if (event.target.matches?.(".edit-heading input")) {
      if (isDirty(event.target)) event.target.form.requestSubmit();
    } else if (line && !line.contains(event.relatedTarget) && !awaitsChoice(line)) {
      adopt(line);
      keepDraft(line);
      commit(line);
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!page().contains(form) && form.id !== "edit-undo") return;
    event.preventDefault();
    const line = form.closest(".edit-line");
    const direction = button?.name === "direction" ? button.value : null;
    if (direction && button.getAttribute("aria-disabled") === "true") return;
    if (!line) inTurn(() => send(form.action, new FormData(form, button)).then(install, () => show("request-failed", true)));
    else if (direction) move(line, direction);
    else if (button?.formAction === form.dataset.join) join(line);
    else if (button?.formAction === form.dataset.split) inTurn(() => post(line, form.dataset.split));
    else inTurn(() => post(line, form.action));
  });
  document.addEventListener("click", (event) => {
    const see = event.target.closest("[data-see]");
    if (see) {
      see.nextElementSibling.hidden = false;
      boxOf(see.closest(".edit-line")).focus(); // what is hidden loses focus, and the line would be left
      see.hidden = true;
    }
    const draft = event.target.closest("[data-draft]");
    if (draft) decide(draft);
    const theirs = event.target.closest("[data-take-theirs]");
    if (!theirs) return;
    event.preventDefault();
    const line = theirs.closest(".edit-line");
    restore(line);
    focus(line);
  });
  // Whoever leaves is told while something is not saved; the draft is kept in any case.
  window.addEventListener("beforeunload", (event) => {
    const open = lines().filter((line) => isDirty(boxOf(line)));
    open.forEach(keepDraft);
    if (open.length) event.preventDefault();
  });

  // --- what others do -------------------------------------------------------------------------------------------

  Together.writing.edit = () => {
    const line = document.activeElement?.closest(".edit-line");
    return line ? keyOf(line) : "";
  };
  Together.arrive.edit = async (news) => {
    if (!news.querySelector("[data-changed]")) return true;
    const others = new Map([...news.querySelectorAll("[data-line]")].map((one) => [`line-${one.dataset.line}`, one.textContent]));
    return inTurn(async () => {
      const answer = await fetch(location.pathname, {
        headers: { "HX-Request": "true", "HX-Target": "document" },
        redirect: "error",
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (!answer.ok) throw new Error(answer.status);
      install(new DOMParser().parseFromString(await answer.text(), "text/html"), others);
      return true;
    });
  };

  enhance();
  offerDrafts();
  // From the Sorter one comes to the line that one stood on; the browser has gone there first, and taken focus away.
  window.addEventListener("load", () => {
    if (location.hash.startsWith("#line-")) focus(document.getElementById(location.hash.slice(1)), 0);
  });
})();
