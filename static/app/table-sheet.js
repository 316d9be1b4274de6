// The running text when there is JavaScript: what stands in the box is on the device at once, and goes to the server
// in every pause. table-outbox.js sends it, table.js says how it stands. Without them the form stores as forms do.
(() => {
  const form = document.getElementById("sheet");
  const box = form.elements.text;
  const { owner, session } = document.getElementById("table-screen").dataset;
  const place = `${owner}|${session}|sheet`;
  const PAUSE = 3_000; // every text that is stored is kept for good, so not at every key
  const LONGEST = 15_000;
  const channel = self.BroadcastChannel ? new BroadcastChannel("rnik-sheet") : null;

  let key = form.elements.key.value;
  let base = Number(form.elements.revision.value); // what the text in the box was written upon
  let stored = box.value; // the text that the server has
  let note = null; // the text that is on its way, or was refused
  let isReady = false;
  let divides = false;

  const show = (id, shown) => {
    document.getElementById(id).hidden = !shown;
  };
  const isNewer = () => box.value !== (note ? note.content.text : stored);
  const draft = () => ({ place, text: box.value, key, base });
  // For the page's line of state: never «stored» before the server has said so.
  const mind = () => {
    form.dataset.look = box.value === stored ? "stored" : "written";
  };
  const tell = (send) => {
    mind();
    document.dispatchEvent(new CustomEvent("table:changed", { detail: { send } }));
  };

  // --- from the box to the device, and on --------------------------------------------------------------------

  const keep = async () => {
    clearTimeout(keeping);
    keeping = null;
    try {
      await Outbox.keepSheet(draft());
    } catch {
      withoutDevice();
      return;
    }
    channel?.postMessage({ place, ...draft() });
    tell(false);
  };

  // Where two texts stand, one decides first; a text that was refused for another reason gets another chance.
  const hasTwoTexts = () => [409, 423].includes(note?.status) && note.stored !== undefined;
  const isOpen = () => note === null || (note.state === "refused" && !hasTwoTexts());
  const send = async () => {
    clearTimeout(sending);
    sending = null;
    if (isReady && isOpen() && isNewer()) {
      if (note) await Outbox.forget(note.key);
      if (note?.status === 409) [key, base] = [Outbox.newKey(), 0]; // the key is another's
      const content = { session: Number(session), text: box.value, revision: base + 1 };
      note = { key, owner, place, isSheet: true, state: "waiting", content };
      try {
        await Outbox.sendSheet(note, draft());
      } catch {
        withoutDevice();
        return;
      }
    }
    tell(true);
  };

  // The device keeps nothing: the form's own button comes back.
  const withoutDevice = () => {
    isReady = false;
    show("table-no-storage", true);
    for (const button of form.querySelectorAll("[data-script=off]")) button.hidden = false;
  };

  let keeping = null;
  let sending = null;
  let since = null;
  box.addEventListener("input", () => {
    show("sheet-empty", false);
    show("sheet-waits", false);
    divides = false;
    if (!isReady) return;
    if (form.dataset.look !== "written") tell(false);
    keeping ??= setTimeout(keep, 300);
    since = sending === null ? Date.now() : since;
    clearTimeout(sending);
    sending = setTimeout(send, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  });

  const leave = () => {
    if (keeping !== null) keep();
    if (sending !== null) send();
  };
  box.addEventListener("blur", leave);
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  for (const name of ["beforeunload", "pagehide"]) addEventListener(name, leave);

  // --- what the server says ----------------------------------------------------------------------------------

  const put = (text) => {
    const at = box.selectionStart;
    box.value = text;
    if (document.activeElement === box) box.setSelectionRange(at, at);
  };

  const look = () => {
    const isRefused = note?.state === "refused";
    show("sheet-refused", isRefused);
    if (!isRefused) return;
    const reasons = document.getElementById("sheet-refused").dataset;
    document.getElementById("sheet-reason").textContent = reasons[`refused${note.status}`] ?? reasons.refused;
    show("sheet-stored", hasTwoTexts());
    show("sheet-mine", note.status === 409);
    document.getElementById("sheet-stored-words").textContent = note.stored || "–";
  };

  document.addEventListener("table:looked", ({ detail: mine }) => {
    note = mine.find((one) => one.isSheet && one.place === place) ?? null;
    mind();
    look();
    if (divides && note === null && !isNewer()) goAndDivide();
  });

  document.addEventListener("table:told", ({ detail: { note: told, fault } }) => {
    if (fault && divides) show("sheet-waits", true);
    if (told?.place !== place || told.state !== "stored") return;
    [key, base, stored] = [told.key, told.revision, told.content.text];
    mind();
    channel?.postMessage({ place, key, base, stored });
    sending ??= setTimeout(send, divides ? 0 : PAUSE); // what was typed meanwhile
  });

  // Another device of the same writer, or an editor who divides: taken over where nothing here is newer.
  document.addEventListener("table:refreshed", ({ detail: page }) => {
    const fresh = page.getElementById("sheet")?.elements;
    if (!fresh || note !== null || isNewer() || Number(fresh.revision.value) <= base) return;
    [key, base, stored] = [fresh.key.value, Number(fresh.revision.value), fresh.text.value];
    put(stored);
  });

  // Another tab with the same sheet: what is written there stands here too.
  channel?.addEventListener("message", ({ data }) => {
    if (data.place !== place) return;
    if (data.text !== undefined) put(data.text);
    ({ key, base, stored = stored } = data);
    tell(false);
  });

  document.getElementById("sheet-mine").addEventListener("click", async () => {
    const old = note;
    [key, base] = [old.storedAs.key, old.storedAs.revision];
    stored = old.stored;
    await Outbox.forget(old.key);
    note = null;
    await send();
    box.focus();
  });
  document.getElementById("sheet-theirs").addEventListener("click", async () => {
    const old = note;
    await Outbox.forgetSheet(old);
    [key, base, stored] = [old.storedAs.key, old.storedAs.revision, old.stored];
    put(stored);
    tell(false);
    box.focus();
  });

  // --- dividing ----------------------------------------------------------------------------------------------

  const goAndDivide = () => {
    divides = false;
    location.assign(form.dataset.divide.replace(form.elements.key.defaultValue, key));
  };
  form.addEventListener("submit", (event) => {
    if (!isReady || event.submitter?.name !== "divide") return;
    event.preventDefault();
    show("sheet-empty", !box.value.trim());
    if (!box.value.trim()) return;
    divides = true;
    send();
  });

  // --- marks and lists ---------------------------------------------------------------------------------------

  const DASH = /^[ \t]*[-–—•*][ \t]+/;
  const beforeCursor = () => box.value.slice(0, box.selectionStart);
  // The dash that began what one writes; a line without one goes on with the line above.
  const dashHere = () => {
    const lines = beforeCursor().split("\n");
    const begun = lines.slice(lines.lastIndexOf("") + 1);
    return begun.map((one) => DASH.exec(one)?.[0]).findLast(Boolean) ?? "";
  };
  const isOnlyDash = (dash) => dash !== "" && beforeCursor().split("\n").at(-1) === dash;

  // Where the cursor is, in place of so many signs before it; the browser's own undo takes it back.
  const insert = (words, back = 0) => {
    box.focus();
    box.setSelectionRange(box.selectionStart - back, box.selectionEnd);
    if (!document.execCommand("insertText", false, words)) {
      box.setRangeText(words, box.selectionStart, box.selectionEnd, "end");
      box.dispatchEvent(new Event("input"));
    }
  };

  // On a line of its own; a list goes on after it.
  const mark = (words) => {
    const dash = dashHere();
    const back = isOnlyDash(dash) ? dash.length : 0;
    const before = beforeCursor().slice(0, box.selectionStart - back);
    const gap = before.trim() === "" ? "" : before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    insert(`${gap}${words}\n${dash}`, back);
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mark]");
    if (button) mark(button.dataset.mark);
  });

  // Enter goes on with a list, and ends it where nothing was written after the dash.
  box.addEventListener("keydown", (event) => {
    const dash = dashHere();
    if (event.key !== "Enter" || event.isComposing || dash === "") return;
    if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (isOnlyDash(dash)) insert("\n", dash.length);
    else insert(`\n${dash}`);
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const number = /^Digit(\d)$/.exec(event.code)?.[1];
    const button = number && form.querySelector(`[data-number="${number}"]`);
    if (!button) return;
    event.preventDefault();
    mark(button.dataset.mark);
  });

  // --- coming ------------------------------------------------------------------------------------------------

  const start = async () => {
    try {
      await Outbox.open();
    } catch {
      return; // table.js says so
    }
    const kept = (await Outbox.drafts()).find((one) => one.place === place);
    note = (await Outbox.notes()).find((one) => one.place === place) ?? null;
    isReady = true;
    if (kept) {
      [key, base] = [kept.key, kept.base];
      put(kept.text);
      await send();
    }
    look();
  };
  start();
})();
