// What is typed in a line and not saved yet, kept on the device by person, point and version until it is saved.
self.EditDrafts = (owner) => {
  const DAYS = 7; // a draft that nobody came back to goes
  const start = `rnik-draft|${owner}|`;
  const named = (key, version) => `${start}${key}|${version}`;
  // A browser may keep nothing; then one writes without drafts.
  const attempt = (act) => {
    try {
      return act();
    } catch {
      return null;
    }
  };
  const names = () => attempt(() => Object.keys(localStorage).filter((name) => name.startsWith(start))) ?? [];
  const read = (name) => attempt(() => JSON.parse(localStorage.getItem(name)));

  for (const name of names()) {
    if (!(read(name)?.at > Date.now() - DAYS * 86_400_000)) attempt(() => localStorage.removeItem(name));
  }
  return {
    keep: (key, version, text) =>
      attempt(() => localStorage.setItem(named(key, version), JSON.stringify({ text, at: Date.now() }))),
    drop: (key) => {
      for (const name of names()) if (name.startsWith(`${start}${key}|`)) attempt(() => localStorage.removeItem(name));
    },
    // The newest of a point, whichever version it was begun on.
    of: (key) =>
      names()
        .filter((name) => name.startsWith(`${start}${key}|`))
        .map(read)
        .sort((a, b) => b.at - a.at)[0]?.text ?? null,
  };
};
