// The table's page when there is JavaScript: what is written is on the device before the box is empty, then sent by
// table-outbox.js. Without it, or without storage on the device, the forms work as forms do.
(() => {
  const screen = () => document.getElementById("table-screen");
  const state = () => document.getElementById("table-state");
  const { owner, address, notesAddress, stateAddress, sheetsAddress, pulseAddress } = screen().dataset;
  const boxes = () => [...document.querySelectorAll("form[data-new] textarea")];
  const placeOf = (form) => `${owner}|${form.elements.session.value}|${form.elements.question.value}`;
  const channel = self.BroadcastChannel ? new BroadcastChannel("rnik-table") : null;

  let mine = []; // what this writer has on the device
  let others = 0; // how many notes of other tables wait here
  let trouble = null;
  let leaving = false;
  const settled = new Map(); // acknowledged, and not seen among the server's rows yet

  // --- what the page says ------------------------------------------------------------------------------------

  const fill = (text, number) => text.replace("{n}", number);
  const setText = (element, text) => {
    if (element.textContent.trim() !== text) element.textContent = text;
  };
  const show = (id, shown) => {
    document.getElementById(id).hidden = !shown;
  };

  const sayState = () => {
    const texts = state().dataset;
    const refused = mine.filter((note) => note.state === "refused").length;
    // A sheet that one writes on is under way before there is a note of it.
    const isWritten = document.getElementById("sheet")?.dataset.look === "written" && !mine.some((note) => note.isSheet);
    const waiting = mine.length - refused + (isWritten ? 1 : 0);
    if (waiting && trouble) setText(state(), waiting === 1 ? texts.waitingOne : fill(texts.waitingMany, waiting));
    else if (waiting) setText(state(), texts.storing);
    else if (refused) setText(state(), refused === 1 ? texts.refusedOne : fill(texts.refusedMany, refused));
    else if (texts.last) setText(state(), texts.stored.replace("{time}", texts.last));
    state().dataset.look = waiting ? "waiting" : refused ? "refused" : "stored";
    show("table-logged-out", trouble === "logged-out");
    show("table-other-login", trouble === "other");
    show("table-unsent", waiting + refused > 0 && (trouble !== null || refused > 0));
    show("table-others", others > 0);
    const isHere = document.getElementById("sheet") !== null;
    show("table-sheet-refused", !isHere && mine.some((note) => note.isSheet && note.state === "refused"));
    setText(document.getElementById("table-others-number"), String(others));
  };

  const listFor = ({ content }) =>
    (String(content.session) === screen().dataset.session && document.getElementById(`waiting-${content.question ?? ""}`)) ||
    document.getElementById("waiting-elsewhere");

  const draw = () =>
    TableRows.keepStill(() => {
      const known = new Set(mine.map((note) => note.key));
      const unsent = mine.filter((note) => !note.isSheet); // table-sheet.js shows the sheet
      const shown = [...[...settled.values()].filter((note) => !known.has(note.key)), ...unsent];
      const rows = new Map([...document.querySelectorAll(".notes-waiting > li")].map((item) => [item.dataset.key, item]));
      for (const note of shown.filter((note) => !document.getElementById(`n-${note.key}`) || note.state === "refused")) {
        const old = rows.get(note.key);
        rows.delete(note.key);
        if (old?.dataset.look === note.state) continue;
        if (old) old.replaceWith(TableRows.waiting(note));
        else listFor(note).append(TableRows.waiting(note));
      }
      for (const item of rows.values()) item.remove();
      sayState();
    });

  const look = async () => {
    const all = await Outbox.notes();
    mine = all.filter((note) => note.owner === owner);
    others = all.length - mine.length;
    draw();
    document.dispatchEvent(new CustomEvent("table:looked", { detail: mine }));
  };

  // --- the server's rows, as the page renders them -----------------------------------------------------------

  // The status is 0 when no whole answer came.
  const get = async (wanted, more = {}) => {
    try {
      const options = { redirect: "error", cache: "no-store", signal: AbortSignal.timeout(8_000), ...more };
      const response = await fetch(wanted, options);
      const { status, headers } = response;
      const [type, revision] = ["Content-Type", "X-Revision"].map((name) => headers.get(name));
      return { status, type, revision, text: await response.text() };
    } catch {
      return { status: 0 };
    }
  };

  // What else of the page may have changed; a button that has focus stays until it is left.
  const renew = (id, page) => {
    const [old, fresh] = [document, page].map((one) => one.getElementById(id));
    if (!old || !fresh || old.contains(document.activeElement)) return;
    old.innerHTML = fresh.innerHTML;
    htmx.process(old);
  };

  // Says whether the page that came was this writer's.
  const refresh = async () => {
    const { status, text } = await get(address);
    const page = new DOMParser().parseFromString(status === 200 ? text : "", "text/html");
    if (page.getElementById("table-screen")?.dataset.owner !== owner) return false;
    TableRows.keepStill(() => {
      TableRows.update(page);
      const open = document.getElementById("table-open");
      if (open.innerHTML !== page.getElementById("table-open").innerHTML) {
        open.innerHTML = page.getElementById("table-open").innerHTML;
      }
      for (const id of ["table-until", "table-delivery"]) renew(id, page);
    });
    state().dataset.last = page.getElementById("table-state").dataset.last;
    for (const key of settled.keys()) if (document.getElementById(`n-${key}`)) settled.delete(key);
    draw();
    document.dispatchEvent(new CustomEvent("table:refreshed", { detail: page }));
    return true;
  };

  // Many notes that are sent at once are fetched at once.
  let soon;
  const refreshSoon = () => {
    clearTimeout(soon);
    soon = setTimeout(refresh, 150);
  };

  // The organisers see that the device is there, and how much waits on it. The answer changes when a session does.
  const told = { at: 0, waiting: null, sessions: null };
  const pulse = async () => {
    const waiting = mine.length;
    if (waiting === told.waiting && Date.now() - told.at < 15_000) return;
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    const { status, text } = await get(pulseAddress, { method: "POST", headers, body: JSON.stringify({ waiting }) });
    if (status !== 200) return;
    if (told.sessions !== null && told.sessions !== text) refresh();
    Object.assign(told, { at: Date.now(), waiting, sessions: text });
  };

  // Others at the table write too, and sessions open. The server says 204 when nothing has happened since `seen`.
  let seen = null;
  const poll = async () => {
    const wanted = seen === null ? notesAddress : `${notesAddress}?since=${seen}`;
    const { status, type, revision } = document.hidden ? { status: 0 } : await get(wanted);
    pulse();
    if (status === 401) trouble = "logged-out";
    const isNew = status === 200 && type === "application/json";
    if ((isNew || status === 204) && trouble === "logged-out") {
      trouble = null;
      flush();
    }
    if (isNew && (await refresh())) seen = revision;
    sayState();
    setTimeout(poll, 3_500 + 1_000 * Math.random());
  };

  // --- sending -----------------------------------------------------------------------------------------------

  const flush = Outbox.sender(owner, { notes: notesAddress, sheets: sheetsAddress, state: stateAddress }, async (note, fault) => {
    trouble = fault;
    if (note?.state === "stored" && !note.isSheet) settled.set(note.key, note);
    document.dispatchEvent(new CustomEvent("table:told", { detail: { note, fault } }));
    await look();
    if (!note) return;
    // Where nobody writes on the sheet, what is newer of it goes at once.
    if (note.isSheet && !document.getElementById("sheet")) flush();
    channel?.postMessage("changed");
    if (note.state === "stored") refreshSoon();
  });

  const timers = new Map();
  const saveDraft = (form) => {
    clearTimeout(timers.get(placeOf(form)));
    timers.delete(placeOf(form));
    return Outbox.saveDraft(placeOf(form), form.elements.text.value).catch(() => {});
  };

  const saying = (form, part, shown) => {
    form.querySelector(part).hidden = !shown;
  };

  const busy = new Set();
  const store = async (form, eachLine) => {
    const box = form.elements.text;
    const typed = box.value;
    const texts = (eachLine ? typed.split("\n") : [typed]).map((text) => text.trim()).filter(Boolean);
    saying(form, ".note-empty", texts.length === 0);
    if (texts.length === 0 || busy.has(form)) return;
    busy.add(form);
    const content = {
      session: Number(form.elements.session.value),
      question: form.elements.question.value ? Number(form.elements.question.value) : null,
      kind: form.elements.kind.value,
      priority: form.elements.priority.checked,
      written_at: new Date().toISOString(),
      revision: 1,
    };
    const written = texts.map((text) => ({ key: Outbox.newKey(), owner, state: "waiting", content: { ...content, text } }));
    clearTimeout(timers.get(placeOf(form)));
    try {
      await Outbox.keep(written, placeOf(form));
    } catch {
      form.submit(); // the device keeps nothing, so the form does what it does without us
      return;
    } finally {
      busy.delete(form);
    }
    box.value = box.value.startsWith(typed) ? box.value.slice(typed.length) : box.value;
    form.elements.kind.value = "";
    form.elements.priority.checked = false;
    saying(form, ".note-split", false);
    if (form.contains(document.activeElement) || document.activeElement === document.body) box.focus();
    await look();
    channel?.postMessage("changed");
    flush();
  };

  // --- what one does with a note that was refused ------------------------------------------------------------

  const acts = {
    again: async (note) => {
      await Outbox.put({ ...note, state: "waiting" });
      await look();
      flush();
    },
    forget: async (note) => {
      await Outbox.forget(note.key);
      await look();
      refresh();
    },
    rewrite: async (note) => {
      const here = String(note.content.session) === screen().dataset.session;
      if (boxes().length === 0) return location.assign(`?bolk=${note.content.session}&maate=linjer`);
      const box = (here && document.getElementById(`new-${note.content.question ?? ""}`)) || boxes().at(-1);
      const text = [note.content.text, box.value].filter(Boolean).join("\n");
      await Outbox.unmake(note.key, placeOf(box.form), text);
      box.value = text;
      await look();
      box.focus();
    },
  };

  const download = () => {
    const newest = (note) => (note.isSheet && document.getElementById("sheet-text")?.value) || note.content.text;
    const texts = mine.map((note) => `${note.content.session}.${note.content.question ?? "?"}\n${newest(note)}\n`);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([texts.join("\n")], { type: "text/plain;charset=utf-8" }));
    link.download = document.getElementById("table-unsent").dataset.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  // --- the keyboard and the mouse ----------------------------------------------------------------------------

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-new]")) return;
    event.preventDefault();
    store(event.target, false);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    // What waits is sent from the table's other pages as well.
    if (event.target.closest("#table-logged-out a, .table-ways a, .table-tabs a")) leaving = true;
    if (!button) return;
    if (button.dataset.act === "download") download();
    else if (button.dataset.act === "split") store(button.form, true);
    else if (button.dataset.act === "one") saying(button.form, ".note-split", false);
    else acts[button.dataset.act](mine.find((note) => note.key === button.closest("li").dataset.key));
  });

  const next = (select) => {
    select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
  };
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("form[data-new]");
    if (event.key === "Enter" && event.target.matches("form[data-new] textarea") && !event.isComposing) {
      if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      form.requestSubmit();
    }
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const number = /^Digit(\d)$/.exec(event.code)?.[1];
    const box = number && document.getElementById(`new-${number === "0" ? "" : number}`);
    if (box) box.focus();
    else if (form && event.code === "KeyS") form.elements.priority.checked = !form.elements.priority.checked;
    else if (form && event.code === "KeyK") next(form.elements.kind);
    else return;
    event.preventDefault();
  });

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-new]");
    if (!form || event.target !== form.elements.text) return;
    const place = placeOf(form);
    const lines = event.target.value.split("\n").filter((line) => line.trim()).length;
    clearTimeout(timers.get(place));
    timers.set(place, setTimeout(() => saveDraft(form), 300));
    saying(form, ".note-empty", false);
    if (event.inputType === "insertFromPaste" && lines > 1) saying(form, ".note-split", true);
    if (lines < 2) saying(form, ".note-split", false);
    for (const part of form.querySelectorAll("[data-lines]")) setText(part, fill(part.dataset.lines, lines));
  });

  // --- coming and going --------------------------------------------------------------------------------------

  const enhance = () => {
    for (const part of document.querySelectorAll("[data-script]")) part.hidden = part.dataset.script === "off";
    draw();
  };

  // htmx puts a new content in place of the old one; what stands in the boxes is carried over.
  let carried = new Map();
  document.addEventListener("htmx:beforeSwap", () => {
    carried = new Map(boxes().map((box) => [box.id, box.value]));
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const box of boxes()) if (!box.value) box.value = carried.get(box.id) ?? "";
    enhance();
  });

  // The frame's own banner leads people to their log-in; a table has another.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status !== 401) return;
    trouble = "logged-out";
    show("logged-out", false);
    sayState();
  });

  const saveAll = () => boxes().filter((box) => timers.has(placeOf(box.form))).forEach((box) => saveDraft(box.form));
  document.addEventListener("visibilitychange", () => (document.hidden ? saveAll() : flush()));
  addEventListener("pagehide", saveAll);
  addEventListener("pageshow", () => flush());
  addEventListener("online", () => flush());
  // A change that is being written is not kept on the device; what waits there may be left to log in.
  const isBeingChanged = () =>
    [...document.querySelectorAll(".note-change[open] textarea")].some((box) => box.value !== box.defaultValue);
  addEventListener("beforeunload", (event) => {
    saveAll();
    const isWaiting = mine.some((note) => note.state === "waiting");
    if ((isWaiting && !leaving) || isBeingChanged()) event.preventDefault();
    leaving = false;
  });
  document.addEventListener("table:changed", (event) => {
    sayState();
    look().then(() => event.detail.send && flush());
  });
  channel?.addEventListener("message", () => look().then(refreshSoon));

  const start = async () => {
    try {
      await Outbox.open();
    } catch {
      show("table-no-storage", true);
      return;
    }
    const drafts = new Map((await Outbox.drafts()).map((draft) => [draft.place, draft.text]));
    for (const box of boxes()) if (!box.value) box.value = drafts.get(placeOf(box.form)) ?? "";
    enhance();
    await look();
    flush();
    setTimeout(poll, 3_500);
  };
  start();
})();
