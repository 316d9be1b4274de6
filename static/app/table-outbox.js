// What a table has written and the server has not acknowledged: kept on the device, sent by one sender at a time.
// It knows no page and is a classic script, so that a service worker can use it as well.
self.Outbox = (() => {
  const TIMEOUT = 8_000;
  const FIRST_DELAY = 1_000;
  const LAST_DELAY = 30_000;
  const REFUSALS = new Set([400, 404, 409, 413, 422, 423]);

  // --- on the device ---------------------------------------------------------------------------------------

  let opened;
  const open = () =>
    (opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("rnik-table", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("notes", { keyPath: "key" });
        request.result.createObjectStore("drafts", { keyPath: "place" });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    }));

  // Resolves when it is on the disk, not only on its way there.
  const change = async (stores, act) => {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(stores, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      act(...stores.map((name) => transaction.objectStore(name)));
      transaction.commit(); // at once: a page that is being left waits for nobody
    });
  };

  const all = async (store) => {
    const database = await open();
    return new Promise((resolve, reject) => {
      const request = database.transaction(store).objectStore(store).getAll();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  };

  const byKey = (one, other) => (one.key < other.key ? -1 : 1);
  const notes = async () => (await all("notes")).sort(byKey);
  const drafts = () => all("drafts");

  const setDraft = (drafts, place, text) => (text ? drafts.put({ place, text }) : drafts.delete(place));
  const saveDraft = (place, text) => change(["drafts"], (drafts) => setDraft(drafts, place, text));
  const forget = (key) => change(["notes"], (notes) => notes.delete(key));
  const put = (note) => change(["notes"], (notes) => notes.put(note));

  // A draft becomes notes, or a note a draft again, in one step: no moment has both or neither.
  const keep = (written, place) =>
    change(["notes", "drafts"], (notes, drafts) => {
      for (const note of written) notes.add(note);
      drafts.delete(place);
    });
  const unmake = (key, place, text) =>
    change(["notes", "drafts"], (notes, drafts) => {
      notes.delete(key);
      drafts.put({ place, text });
    });

  // A sheet's draft is what stands in its box; its note is the one text that is on its way, and is not touched until
  // it is answered, so that a lost answer can be asked for again. What was typed meanwhile goes after it.
  const keepSheet = (draft) => change(["drafts"], (drafts) => drafts.put(draft));
  const sendSheet = (note, draft) =>
    change(["notes", "drafts"], (notes, drafts) => {
      notes.put(note);
      drafts.put(draft);
    });
  const forgetSheet = (note) =>
    change(["notes", "drafts"], (notes, drafts) => {
      notes.delete(note.key);
      drafts.delete(note.place);
    });
  const settleSheet = async (note, revision) => {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(["notes", "drafts"], "readwrite", { durability: "strict" });
      const [notes, drafts] = ["notes", "drafts"].map((name) => transaction.objectStore(name));
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      drafts.get(note.place).onsuccess = ({ target: { result: draft } }) => {
        if (draft === undefined || draft.text === note.content.text) {
          notes.delete(note.key);
          drafts.delete(note.place);
        } else {
          notes.put({ ...note, content: { ...note.content, text: draft.text, revision: revision + 1 } });
          drafts.put({ ...draft, key: note.key, base: revision });
        }
      };
    });
  };

  // UUID version 7: the milliseconds first, and never the same twice, so that keys stand in the order of writing.
  let last = 0;
  const newKey = () => {
    last = Math.max(Date.now(), last + 1);
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const view = new DataView(bytes.buffer);
    view.setUint16(0, Math.floor(last / 2 ** 32));
    view.setUint32(2, last % 2 ** 32);
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  // --- to the server ---------------------------------------------------------------------------------------

  // Why nothing more can be sent now: "network", "logged-out", or "other" when the log-in is another table's.
  class Trouble extends Error {}

  const ask = async (address, options = {}) => {
    const usual = { redirect: "error", cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) };
    const response = await fetch(address, { ...usual, ...options }).catch(() => null);
    if (response === null) throw new Trouble("network");
    if (response.status === 401) throw new Trouble("logged-out");
    const body = (await response.json().catch(() => null)) ?? {};
    return { ok: response.ok, status: response.status, body };
  };

  // Only our own server echoes the key: a hotel's log-in page answers 200 as well.
  // A sheet may be told the revision that it was written upon, when the words are the same.
  const isReceipt = ({ ok, body }, note) =>
    ok &&
    body.key === note.key &&
    Number.isInteger(body.revision) &&
    body.revision >= note.content.revision - (note.isSheet ? 1 : 0);

  const send = async (note, addresses, csrf) => {
    const answer = await ask(`${note.isSheet ? addresses.sheets : addresses.notes}${note.key}/`, {
      method: "PUT",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      body: JSON.stringify(note.content),
    });
    if (isReceipt(answer, note)) {
      const { revision, received_at: receivedAt } = answer.body;
      await (note.isSheet ? settleSheet(note, revision) : forget(note.key));
      return { ...note, state: "stored", receivedAt, revision };
    }
    if (!REFUSALS.has(answer.status)) throw new Trouble("network");
    const refused = { ...note, state: "refused", status: answer.status, stored: answer.body.text };
    if (note.isSheet) refused.storedAs = { key: answer.body.key, revision: answer.body.revision };
    await put(refused);
    return refused;
  };

  const sendAll = async (owner, addresses, told) => {
    const waiting = (await notes()).filter(
      (note) => note.owner === owner && note.state === "waiting" && (addresses.sheets || !note.isSheet),
    );
    if (waiting.length === 0) return;
    const { ok, body } = await ask(addresses.state);
    if (!ok || !body.csrf) throw new Trouble("network");
    if (`${body.conference}/${body.table}/${body.writer}` !== owner) throw new Trouble("other");
    for (const note of waiting) told(await send(note, addresses, body.csrf), null);
  };

  // One sender over all tabs. Where the browser has no locks, two may send the same: the server stores it once.
  let queue = Promise.resolve();
  const alone = (act) =>
    navigator.locks ? navigator.locks.request("rnik-outbox", act) : (queue = queue.then(act, act));

  // Returns the function that sends what waits. `told(note, trouble)` hears of each note, and of what is wrong.
  const sender = (owner, addresses, told) => {
    let delay = FIRST_DELAY;
    let timer;
    const flush = () =>
      alone(async () => {
        clearTimeout(timer);
        try {
          await sendAll(owner, addresses, told);
          delay = FIRST_DELAY;
        } catch (fault) {
          if (!(fault instanceof Trouble)) throw fault;
          told(null, fault.message);
          timer = setTimeout(flush, delay * (0.75 + Math.random() / 2));
          delay = Math.min(2 * delay, LAST_DELAY);
        }
      });
    return flush;
  };

  return {
    ...{ open, notes, drafts, saveDraft, keep, unmake, put, forget, newKey, sender },
    ...{ keepSheet, sendSheet, forgetSheet },
  };
})();
