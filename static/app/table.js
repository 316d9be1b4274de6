// The table's page when there is JavaScript: what is written and done is on the device before the page shows it, then
// sent by table-outbox.js. Without it, or without storage on the device, the forms work as forms do.
(async () => {
  const isShell = TablePages.isShell();
  if (isShell && !(await TablePages.fill().catch(() => false))) return;

  const screen = () => document.getElementById("table-screen");
  const state = () => document.getElementById("table-state");
  const { owner, way, address, workerAddress } = screen().dataset;
  const { notesAddress, orderAddress, sheetsAddress, stateAddress, pulseAddress } = screen().dataset;
  const channel = self.BroadcastChannel ? new BroadcastChannel("rnik-table") : null;

  let works = null; // does the device keep things? null: not known yet
  const opening = Outbox.open().then(
    () => (works = true),
    () => (works = false),
  );
  let mine = []; // what this writer has on the device
  let settled = new Map(); // what is acknowledged, and not seen among the server's rows yet
  let others = 0; // how many notes of other tables wait here
  let trouble = null;
  let leaving = false;

  // --- what the page says ------------------------------------------------------------------------------------

  const setText = (element, text) => {
    if (element.textContent.trim() !== text) element.textContent = text;
  };
  const show = (id, shown) => {
    const part = document.getElementById(id);
    if (part) part.hidden = !shown;
  };
  const say = (number, one, many) => setText(state(), number === 1 ? one : many.replace("{n}", number));

  const sayState = () => {
    const texts = state().dataset;
    const refused = mine.filter((note) => note.state === "refused").length;
    // A sheet that one writes on is under way before there is a note of it.
    const isWritten = document.getElementById("sheet")?.dataset.look === "written" && !mine.some((note) => note.isSheet);
    const waiting = mine.length - refused + (isWritten ? 1 : 0);
    const last = Math.max(0, ...[...settled.values()].map((note) => Date.parse(note.receivedAt) || 0));
    if (waiting && trouble) say(waiting, texts.waitingOne, texts.waitingMany);
    else if (waiting) setText(state(), texts.storing);
    else if (refused) say(refused, texts.refusedOne, texts.refusedMany);
    else if (texts.last || last) setText(state(), texts.stored.replace("{time}", last ? clock(last) : texts.last));
    state().dataset.look = waiting ? "waiting" : refused ? "refused" : "stored";
    show("table-logged-out", trouble === "logged-out");
    show("table-other-login", trouble === "other");
    show("table-unsent", waiting + refused > 0 && (trouble !== null || refused > 0));
    show("table-others", others > 0);
    const isHere = document.getElementById("sheet") !== null;
    show("table-sheet-refused", !isHere && mine.some((note) => note.isSheet && note.state === "refused"));
    setText(document.getElementById("table-others-number"), String(others));
  };
  // The server's moment, on the clock of the room.
  const clock = (moment) => {
    const parts = new Intl.DateTimeFormat("nb-NO", { hour: "2-digit", minute: "2-digit" }).formatToParts(moment);
    const [hour, minute] = ["hour", "minute"].map((type) => parts.find((part) => part.type === type).value);
    return `${hour}.${minute}`;
  };

  const isNote = (entry) => !entry.what && !entry.isSheet; // table-sheet.js shows the sheet
  const listFor = ({ session, question }) =>
    (String(session) === screen().dataset.session && document.getElementById(`waiting-${question ?? ""}`)) ||
    document.getElementById("waiting-elsewhere");

  // A row says what is on the device of its note; it stands under the question that it shall have.
  const said = new WeakMap();
  const drawRow = (note) => {
    const row = TableRows.find(note.key) ?? TableRows.make(note.key);
    const { content } = note;
    const list = listFor(content);
    if (!row.isConnected || row.closest("section") !== list.closest("section")) list.append(row);
    if (list.id === "waiting-elsewhere") row.querySelectorAll("form, details").forEach((part) => part.remove());
    const words = JSON.stringify([content, note.state]);
    if (said.get(row) !== words) TableRows.show(row, note);
    said.set(row, words);
  };
  const drawRefused = (note) => {
    const row = TableRows.find(note.key);
    if (row && note.stored) TableRows.show(row, { content: note.stored, state: "stored" });
    const old = document.querySelector(`[data-refused="${note.key}"]`);
    if (!old) listFor(note.content).append(TableRows.refused(note));
  };

  const draw = () =>
    TableRows.keepStill(() => {
      const shown = way === "linjer" ? settled : []; // where no notes are shown, only what waits
      const wanted = new Map([...shown, ...mine.filter(isNote).map((note) => [note.key, note])]);
      const refused = (key) => wanted.get(key)?.state === "refused";
      for (const row of document.querySelectorAll("li[data-made], li[data-refused]")) {
        const { key } = row.dataset;
        if (!wanted.has(key) || refused(key) !== "refused" in row.dataset) row.remove();
      }
      for (const note of wanted.values()) {
        if (note.state === "refused") drawRefused(note);
        else drawRow(note.next ? { ...note, content: { ...note.content, ...note.next } } : note);
      }
      for (const { what, content } of mine) if (what === "orders") TableRows.arrange(content.keys);
      sayState();
    });

  const look = async () => {
    const all = await Outbox.notes();
    mine = all.filter((note) => note.owner === owner);
    others = all.length - mine.length;
    settled = new Map((await Outbox.settled()).filter((note) => note.owner === owner).map((note) => [note.key, note]));
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

  // A page of this writer's, kept on the device; what had been acknowledged before it was asked for stands on it.
  const getPage = async (wanted) => {
    const asked = Date.now();
    const { status, text } = await get(wanted);
    const page = new DOMParser().parseFromString(status === 200 ? text : "", "text/html");
    if (page.getElementById("table-screen")?.dataset.owner !== owner) return null;
    const { session, way: shownWay } = page.getElementById("table-screen").dataset;
    const isOn = ({ at, content }) => shownWay === "linjer" && at <= asked && String(content.session) === session;
    const shown = [...settled.values()].filter(isOn);
    try {
      await TablePages.save(page, wanted === address);
      await Outbox.change(["settled"], (store) => shown.forEach(({ key }) => store.delete(key)));
    } catch {
      // The device has no room for the page; what was acknowledged stays where it is.
    }
    return page;
  };

  // What else of the page may have changed; a button that has focus stays until it is left.
  const renew = (id, page) => {
    const [old, fresh] = [document, page].map((one) => one.getElementById(id));
    if (!old || !fresh || old.contains(document.activeElement)) return;
    old.innerHTML = fresh.innerHTML;
    self.htmx?.process(old);
  };

  // Says whether the page that came was this writer's.
  const refresh = async () => {
    const page = await getPage(address);
    if (!page) return false;
    TableRows.keepStill(() => {
      TableRows.update(page);
      const open = document.getElementById("table-open");
      const fresh = page.getElementById("table-open");
      if (open && fresh && open.innerHTML !== fresh.innerHTML) open.innerHTML = fresh.innerHTML;
      for (const id of ["table-until", "table-delivery"]) renew(id, page);
      decisions.hideKept();
    });
    state().dataset.last = page.getElementById("table-state").dataset.last;
    show("table-shell", false);
    await look();
    document.dispatchEvent(new CustomEvent("table:refreshed", { detail: page }));
    return true;
  };

  // Many notes that are sent at once are fetched at once.
  let soon;
  const refreshSoon = () => {
    clearTimeout(soon);
    soon = setTimeout(refresh, 150);
  };

  // The other sessions' pages, and the other way of writing, so that they open without a network too. «som» shows a way
  // without choosing it.
  const fetchOthers = async () => {
    const links = document.querySelectorAll(":is(.table-tabs, .table-ways) a:not([aria-current])");
    for (const { href } of links) {
      const there = new URL(href);
      there.searchParams.set("som", there.searchParams.get("maate") ?? way);
      there.searchParams.delete("maate");
      await getPage(there);
    }
  };

  // The organisers see that the device is there, and how much waits on it. The answer changes when a session does.
  const told = { at: 0, waiting: null, sessions: null };
  const pulse = async () => {
    const waiting = mine.length;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!token || (waiting === told.waiting && Date.now() - told.at < 15_000)) return;
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
    if ((isNew || status === 204) && trouble !== null && trouble !== "other") {
      trouble = null;
      flush();
    }
    if (isNew && (await refresh())) seen = revision;
    sayState();
    setTimeout(poll, 3_500 + 1_000 * Math.random());
  };

  // --- writing, acting, sending ------------------------------------------------------------------------------

  const addresses = { notes: notesAddress, orders: orderAddress, sheets: sheetsAddress, state: stateAddress };
  const flush = Outbox.sender(owner, addresses, async (note, fault) => {
    trouble = fault;
    document.dispatchEvent(new CustomEvent("table:told", { detail: { note, fault } }));
    await look();
    if (!note) return;
    // Where nobody writes on the sheet, what is newer of it goes at once.
    if (note.isSheet && !document.getElementById("sheet")) flush();
    channel?.postMessage("changed");
    refreshSoon();
  });

  const changed = async () => {
    await look();
    channel?.postMessage("changed");
    flush();
  };

  const revisionOf = (key) => {
    const row = TableRows.find(key);
    const told = row && !("made" in row.dataset) ? Number(row.dataset.revision) : 0;
    const refused = mine.find((note) => note.key === key)?.stored?.revision;
    return Math.max(told, settled.get(key)?.content.revision ?? 0, refused ?? 0);
  };

  const acts = TableActs({ owner, revisionOf, changed });
  const box = TableBox({
    owner,
    kept: async (notes, giveBack) => {
      acts.written(notes.map((note) => note.key), giveBack);
      await changed();
    },
    // The form does what it does without us, when there is somebody to take it.
    cannotKeep: async (form) => {
      if (!isShell && (await get(stateAddress)).status === 200) form.submit();
      else show("table-no-storage", true);
    },
  });

  const download = () => {
    const onSheet = document.getElementById("sheet-text")?.value;
    const texts = mine.filter(({ what }) => !what).map(({ isSheet, content, next }) => {
      const { session, question, text } = { ...content, ...next };
      return `${session}.${question ?? "?"}\n${(isSheet && onSheet) || text}\n`;
    });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([texts.join("\n")], { type: "text/plain;charset=utf-8" }));
    link.download = document.getElementById("table-unsent").dataset.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  const decisions = TableDecisions({ acts, box, look, changed });
  const changes = TableChanges({ owner });
  TableInput({ opening, acts, box, changes, decisions, download, noteOf: (key) => mine.find((note) => note.key === key) });

  // --- coming and going --------------------------------------------------------------------------------------

  const enhance = () => {
    screen().classList.add("scripted");
    for (const part of document.querySelectorAll("[data-script]")) part.hidden = part.dataset.script === "off";
  };

  // htmx puts a new content in place of the old one; what stands in the boxes is carried over.
  let carried = new Map();
  document.addEventListener("htmx:beforeSwap", () => {
    carried = new Map(box.boxes().map((one) => [one.id, one.value]));
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const one of box.boxes()) if (!one.value) one.value = carried.get(one.id) ?? "";
    if (!works) return;
    enhance();
    look().then(changes.restore);
  });

  // The frame's own banner leads people to their log-in; a table has another.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status !== 401) return;
    trouble = "logged-out";
    show("logged-out", false);
    sayState();
  });

  document.addEventListener("click", (event) => {
    // What waits is sent from the table's other pages as well.
    if (event.target.closest("#table-logged-out a, .table-ways a, .table-tabs a")) leaving = true;
  });

  const saveAll = () => {
    box.saveAll();
    changes.saveAll();
  };

  // Logging out leaves what is unsent on the device, and takes with it what one may read there.
  const logOut = document.querySelector("form[data-log-out]");
  logOut?.addEventListener("submit", async (event) => {
    if (!works) return;
    event.preventDefault();
    const unsent = mine.length + box.boxes().filter((one) => one.value.trim()).length;
    const dialog = document.getElementById("table-log-out");
    if (unsent > 0) {
      dialog.returnValue = "";
      dialog.showModal();
      await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
      if (dialog.returnValue !== "log-out") return;
    }
    leaving = true;
    saveAll();
    await TablePages.clear();
    logOut.submit();
  });

  document.addEventListener("visibilitychange", () => (document.hidden ? saveAll() : works && flush()));
  addEventListener("pagehide", saveAll);
  addEventListener("pageshow", () => works && flush());
  addEventListener("online", () => works && flush());
  // Whoever leaves a change that is being written is asked; what waits on the device may be left to log in.
  const isBeingChanged = () =>
    [...document.querySelectorAll(".note-change[open] textarea")].some((one) => one.value !== one.defaultValue);
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

  if (!(await opening)) {
    show("table-no-storage", true);
    return;
  }
  if (!isShell) await TablePages.save(document, true).catch(() => {});
  await TablePages.tidy();
  await box.restore();
  enhance();
  await look();
  await changes.restore();
  TablePages.install(workerAddress).then((isThere) => show("table-no-worker", !isThere));
  flush();
  setTimeout(poll, 3_500);
  if (!isShell) await fetchOthers();
  await refresh();
})();
