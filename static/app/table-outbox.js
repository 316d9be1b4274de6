// What a table has written and the server has not acknowledged: kept on the device, sent by one sender at a time.
// It knows no page and is a classic script, so that a service worker can use it as well.
self.Outbox = (() => {
  const TIMEOUT = 8_000;
  const FIRST_DELAY = 1_000;
  const LAST_DELAY = 30_000;
  const REFUSALS = new Set([400, 404, 409, 413, 422, 423]);

  // --- on the device ---------------------------------------------------------------------------------------

  let opened;
  // notes: what waits or was refused. settled: what is acknowledged and not seen on the server's page yet.
  // pages: the server's pages as they last were (table-pages.js).
  const STORES = { notes: "key", drafts: "place", settled: "key", pages: "place" };
  const open = () =>
    (opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("rnik-table", 2);
      request.onupgradeneeded = () => {
        for (const [name, keyPath] of Object.entries(STORES)) {
          if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name, { keyPath });
        }
      };
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close(); // a newer page in another tab goes first
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error("an older page holds the database"));
    }));

  // Resolves when it is on the disk, not only on its way there; to what `act` returned.
  const transact = async (stores, act) => {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(stores, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve(done);
      transaction.onabort = () => reject(transaction.error);
      const done = act(...stores.map((name) => transaction.objectStore(name)), transaction);
    });
  };

  // The same at once: a page that is being left waits for nobody.
  const change = (stores, act) =>
    transact(stores, (...parts) => {
      act(...parts);
      parts.at(-1).commit();
    });

  // Read an entry and put another in its place in one step, so that neither a tab nor the sender comes in between.
  const replace = (key, next) =>
    transact(["notes", "settled"], (notes, settled) => {
      const result = {};
      const acknowledged = settled.get(key);
      notes.get(key).onsuccess = ({ target }) => {
        result.entry = next(target.result, acknowledged.result, settled);
        if (result.entry) notes.put(result.entry);
        else notes.delete(key);
      };
      return result;
    }).then(({ entry }) => entry);

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
  const settled = () => all("settled");

  // What is to become of a note that the server may have: `content` is the whole of it, `seen` what it was, `base` the
  // revision that was read (0: none). What is on its way may be stored already, so what comes after it waits as `next`.
  const revise = ({ key, owner, content, seen }, base) =>
    replace(key, (entry, acknowledged) => {
      if (entry?.tried && entry.state === "waiting") return { ...entry, next: content };
      const isWaiting = entry?.state === "waiting";
      const known = Math.max(base, acknowledged?.content.revision ?? 0);
      const revision = isWaiting ? entry.content.revision : known + 1;
      if (content.withdrawn && revision === 1) return undefined; // it was never sent
      const was = isWaiting ? entry.seen : seen;
      return { key, owner, state: "waiting", content: { ...entry?.content, ...content, revision }, seen: was };
    });

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
  const settleSheet = (note, revision) =>
    transact(["notes", "drafts"], (notes, drafts) => {
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

  // Only our own server echoes the key: a hotel's log-in page answers 200 as well. A change that turned out to change
  // nothing, and a withdrawal, leave the revision as it was read.
  const isReceipt = ({ ok, body }, { key, content }) =>
    ok &&
    body.key === key &&
    Number.isInteger(body.revision) &&
    body.revision >= Math.max(1, content.revision - 1) &&
    Boolean(body.withdrawn) === Boolean(content.withdrawn);

  // And only our own server says why not.
  const isRefusal = ({ status, body }) => REFUSALS.has(status) && Boolean(body.error ?? body.errors);

  // From then on it may be stored, whether we hear of it or not.
  const claim = (key) => replace(key, (entry) => entry && { ...entry, tried: entry.state === "waiting" });

  const request = ({ key, what, isSheet, content }, addresses, csrf) => {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
    const address = `${addresses[isSheet ? "sheets" : (what ?? "notes")]}${key}/`;
    if (content.withdrawn) return ask(`${address}?revision=${content.revision - 1}`, { method: "DELETE", headers });
    return ask(address, { method: "PUT", headers, body: JSON.stringify(content) });
  };

  const settle = async (note, { revision, received_at: receivedAt }) => {
    const stored = { ...note, state: "stored", content: { ...note.content, revision }, receivedAt, at: Date.now() };
    if (note.isSheet) {
      await settleSheet(note, revision);
      return { ...stored, revision };
    }
    await replace(note.key, (entry, _acknowledged, settled) => {
      if (!note.what) settled.put(stored);
      if (!entry?.next) return undefined;
      const content = { ...note.content, ...entry.next, revision: revision + 1 };
      return { key: note.key, owner: note.owner, state: "waiting", content, seen: note.content };
    });
    return stored;
  };

  // Somebody else has changed the note. Where their words and ours do not meet, each change stands; null: one must decide.
  const together = (mine, seen, theirs) => {
    if (!seen || (theirs.text !== seen.text && (mine.text !== seen.text || mine.withdrawn))) return null;
    const ours = Object.entries(mine).filter(([name, value]) => value !== seen[name]);
    return { ...theirs, ...Object.fromEntries(ours), revision: theirs.revision + 1 };
  };

  // A note as the server tells it, in the words in which it is sent.
  const told = ({ session, question, kind, priority, text, withdrawn, revision }) => {
    const number = question ? Number(question.split(".")[1]) : null;
    return { session, question: number, kind, priority, text, withdrawn, revision };
  };

  const refuse = ({ key }, { status, body }) =>
    replace(key, (entry) => {
      if (!entry) return undefined;
      const { next, tried: _sent, ...rest } = entry;
      const content = { ...entry.content, ...next };
      const stored = body.text === undefined ? null : told(body);
      const both = body.error === "conflict" && together(content, entry.seen, stored);
      if (both) return { ...rest, content: both, seen: stored };
      return { ...rest, state: "refused", status, content, stored };
    });

  const refuseSheet = async (note, { status, body: { key, revision, text } }) => {
    const refused = { ...note, state: "refused", status, stored: text, storedAs: { key, revision } };
    await put(refused);
    return refused;
  };

  const send = async (key, addresses, csrf) => {
    const note = await claim(key);
    if (note?.state !== "waiting") return null;
    const answer = await request(note, addresses, csrf);
    if (isReceipt(answer, note)) return settle(note, answer.body);
    if (!isRefusal(answer)) throw new Trouble("network");
    if (note.isSheet) return refuseSheet(note, answer);
    if (note.what !== "orders") return refuse(note, answer);
    await forget(key); // somebody else arranged them meanwhile: theirs stands
    return { ...note, state: "stored" };
  };

  const sendAll = async (owner, addresses, tell) => {
    const sheets = new Set(); // each goes once: what is typed on it goes in the next pause
    const isMeant = (note) => note.owner === owner && note.state === "waiting" && (addresses.sheets || !note.isSheet);
    const waiting = async () => (await notes()).filter((note) => isMeant(note) && !sheets.has(note.key));
    let csrf = null;
    // What was written while others were on their way goes with them.
    for (let those = await waiting(); those.length > 0; those = await waiting()) {
      csrf ??= await token(owner, addresses);
      for (const { key, isSheet } of those) {
        if (isSheet) sheets.add(key);
        await tell(await send(key, addresses, csrf), null);
      }
    }
  };

  const token = async (owner, addresses) => {
    const { ok, body } = await ask(addresses.state);
    if (!ok || !body.csrf) throw new Trouble("network");
    if (`${body.conference}/${body.table}/${body.writer}` !== owner) throw new Trouble("other");
    return body.csrf;
  };

  // One sender over all tabs. Where the browser has no locks, two may send the same: the server stores it once.
  let queue = Promise.resolve();
  const alone = (act) =>
    navigator.locks ? navigator.locks.request("rnik-outbox", act) : (queue = queue.then(act, act));

  // Returns the function that sends what waits. `tell(note, trouble)` hears of each note, and of what is wrong.
  const sender = (owner, addresses, tell) => {
    let delay = FIRST_DELAY;
    let timer;
    const flush = () =>
      alone(async () => {
        clearTimeout(timer);
        try {
          await sendAll(owner, addresses, tell);
          delay = FIRST_DELAY;
        } catch (fault) {
          if (!(fault instanceof Trouble)) throw fault;
          tell(null, fault.message);
          timer = setTimeout(flush, delay * (0.75 + Math.random() / 2));
          delay = Math.min(2 * delay, LAST_DELAY);
        }
      });
    return flush;
  };

  return {
    ...{ open, all, change, notes, settled, drafts, saveDraft, keep, unmake, put, revise, forget, newKey, sender },
    ...{ keepSheet, sendSheet, forgetSheet },
  };
})();
