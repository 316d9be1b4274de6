// What one does with notes that stand: change, withdraw, move, merge, put in order, and undo. Each act is on the device
// before anything else happens, and goes to the server as notes do.
// `revisionOf(key)` is the newest that is known of the server's; `changed()` draws and sends.
self.TableActs = ({ owner, revisionOf, changed }) => {
  const done = []; // how to undo, the last act last: what it was, and what does it
  const undoButton = () => document.getElementById("table-undo");

  const offer = () => {
    const button = undoButton();
    const what = done.at(-1)?.what;
    button.hidden = !what;
    if (what) button.textContent = button.dataset[what];
  };

  const remember = (what, undo) => {
    done.push({ what, undo });
    offer();
  };

  const put = (key, content) => {
    const row = TableRows.find(key);
    return Outbox.revise({ key, owner, content, seen: row ? TableRows.read(row) : undefined }, revisionOf(key));
  };

  // Each pair is a note's key and what it shall be; together they are one act.
  const become = async (what, ...pairs) => {
    const before = pairs.map(([key]) => [key, TableRows.read(TableRows.find(key))]);
    for (const [key, content] of pairs) await put(key, content);
    remember(what, async () => {
      for (const [key, content] of before) await put(key, content);
    });
    await changed();
  };

  const change = async (row, changes, what = "changed") => {
    const before = TableRows.read(row);
    const content = { ...before, ...changes };
    if (Object.keys(before).some((name) => before[name] !== content[name])) {
      await become(what, [row.dataset.key, content]);
    }
  };

  const before = (row) => {
    const rows = TableRows.beside(row);
    return rows.slice(0, rows.indexOf(row)).findLast((one) => !TableRows.isWithdrawn(one));
  };

  // The words of this note come last in the one before it; what was marked stays marked.
  const join = async (row) => {
    const first = before(row);
    if (!first) return;
    const [one, other] = [first, row].map(TableRows.read);
    const joined = { text: `${one.text}\n${other.text}`, kind: one.kind || other.kind };
    await become(
      "joined",
      [first.dataset.key, { ...one, ...joined, priority: one.priority || other.priority }],
      [row.dataset.key, { ...other, withdrawn: true }],
    );
  };

  const arrange = (place, seen, keys) =>
    Outbox.put({
      key: Outbox.newKey(),
      owner,
      what: "orders",
      state: "waiting",
      content: { ...place, seen, keys, revision: 1 },
    });

  const step = async (row, number) => {
    const seen = TableRows.beside(row).map((one) => one.dataset.key);
    const from = seen.indexOf(row.dataset.key);
    if (from + number < 0 || from + number >= seen.length) return;
    const keys = seen.toSpliced(from, 1).toSpliced(from + number, 0, seen[from]);
    const { session, question } = TableRows.read(row);
    await arrange({ session, question }, seen, keys);
    remember("arranged", () => arrange({ session, question }, keys, seen));
    await changed();
  };

  // New notes are undone by withdrawing them; their words go back to where they were written.
  const written = (keys, giveBack) =>
    remember("written", async () => {
      for (const key of keys) {
        const row = TableRows.find(key);
        if (row) await put(key, { ...TableRows.read(row), withdrawn: true });
      }
      await giveBack();
    });

  const undo = async () => {
    const act = done.pop();
    if (!act) return;
    await act.undo();
    await changed();
    offer();
    document.getElementById("table-said").textContent = undoButton().dataset.undone;
  };

  const toggle = (row) => change(row, { priority: row.dataset.priority !== "true" });
  const nextKind = (row, kinds) => change(row, { kind: kinds[(kinds.indexOf(row.dataset.kind) + 1) % kinds.length] });
  const append = (row, text) => change(row, { text: `${TableRows.read(row).text}\n${text}` });
  const move = (row, question) => change(row, { question }, "moved");
  const withdraw = (row) => change(row, { withdrawn: true }, "withdrawn");
  const takeBack = (row) => change(row, { withdrawn: false });

  // --- a note that was refused, of which both texts stand ----------------------------------------------------

  const decide = {
    mine: ({ key, content, stored }) => Outbox.revise({ key, owner, content, seen: stored }, stored.revision),
    theirs: ({ key }) => Outbox.forget(key),
    again: (note) => Outbox.put({ ...note, state: "waiting" }),
  };

  return { change, append, withdraw, takeBack, move, toggle, nextKind, join, step, written, undo, decide };
};
