// The server's pages as they last were, kept on the device so that the table's page opens without a network; and the
// worker that shows the shell then. What a page holds of notes leaves the device after some hours, and when one logs
// out (docs/adr/0010).
self.TablePages = (() => {
  const HOUR = 3_600_000;

  // Questions may stay, words may not. A sheet without its words stays only where its draft holds them.
  const withoutWords = (html, hasDraft) => {
    const holder = new DOMParser().parseFromString(html, "text/html");
    for (const list of holder.querySelectorAll(".notes")) list.replaceChildren();
    const sheet = holder.getElementById("sheet");
    if (hasDraft) sheet?.querySelector("textarea").replaceChildren();
    else sheet?.remove();
    return holder.getElementById("content").outerHTML;
  };
  const stripped = async ({ html, owner, session }) => {
    const drafts = new Set((await Outbox.drafts()).map(({ place }) => place));
    return withoutWords(html, drafts.has(`${owner}|${session}|sheet`));
  };

  const isOld = ({ at, hours }) => Math.abs(Date.now() - at) >= hours * HOUR;

  // `page` is as the server rendered it. It belongs to one who writes, and takes the place of anybody else's. Pages that
  // are fetched ahead are not looked at.
  const save = async (page, isLookedAt) => {
    const screen = page.getElementById("table-screen");
    const content = page.getElementById("content").cloneNode(true);
    if (content.querySelector("[aria-invalid], .sheet-main > [role=alert]:not([hidden])")) return; // unfinished words
    for (const token of content.querySelectorAll("[name=csrfmiddlewaretoken]")) token.remove();
    const { owner, session, way, deviceHours } = screen.dataset;
    const hours = Number(deviceHours);
    const kept = { place: `${session}|${way}`, session, way, owner, at: Date.now(), hours, title: page.title };
    kept.html = content.outerHTML;
    if (hours === 0) kept.html = await stripped(kept);
    const known = await Outbox.all("pages");
    const others = known.filter((one) => one.owner !== owner);
    const before = known.find((one) => one.owner === owner && one.place === kept.place);
    kept.lookedAt = isLookedAt ? kept.at : (before?.lookedAt ?? 0);
    await Outbox.change(["pages"], (pages) => {
      for (const { place } of others) pages.delete(place);
      pages.put(kept);
    });
  };

  // What has been here for too long, by the device's own clock; if that was set, rather too early than too late.
  const tidy = async () => {
    const old = (await Outbox.all("pages")).filter((page) => page.hours > 0 && isOld(page));
    const pages = await Promise.all(old.map(async (page) => ({ ...page, hours: 0, html: await stripped(page) })));
    const hours = Number(document.getElementById("table-screen")?.dataset.deviceHours ?? 0);
    const settled = (await Outbox.settled()).filter(({ at }) => isOld({ at, hours }));
    await Outbox.change(["pages", "settled"], (kept, notes) => {
      for (const page of pages) kept.put(page);
      for (const { key } of settled) notes.delete(key);
    });
  };

  const clear = () =>
    Outbox.change(["pages", "settled"], (pages, settled) => {
      pages.clear();
      settled.clear();
    });

  // The page of the session, and of the way of writing, that the address names; else what was looked at last.
  const find = async () => {
    const asked = new URLSearchParams(location.search);
    const pages = (await Outbox.all("pages")).sort((one, other) => other.lookedAt - one.lookedAt);
    const session = asked.get("bolk") ?? pages[0]?.session;
    const way = asked.get("som") ?? asked.get("maate") ?? pages[0]?.way;
    const there = pages.filter((page) => page.session === session);
    return there.find((page) => page.way === way) ?? there[0] ?? pages[0];
  };

  // Without a worker the page cannot be opened again while there is no network. Says whether there is one.
  const install = async (address) => {
    if (!navigator.serviceWorker) return false; // plain http, or a private window
    try {
      await navigator.serviceWorker.register(address);
      return true;
    } catch {
      return navigator.serviceWorker.controller !== null; // no network now, and it is there from before
    }
  };

  // --- in the shell ------------------------------------------------------------------------------------------

  // Forms that only the server can answer; what is kept on the device goes through the others.
  const FOR_THE_SERVER = "form[method=post]:not([data-new], #sheet, .notes form)";

  const load = (address) =>
    new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", resolve);
      document.head.append(script);
    });

  const isShell = () => document.getElementById("table-shell") !== null;

  const fill = async () => {
    const shell = document.getElementById("table-shell");
    const { owner, html, title, at } = (await find()) ?? {};
    if (html) {
      const { body } = new DOMParser().parseFromString(html, "text/html");
      document.title = title;
      document.getElementById("content").append(...document.importNode(body.firstElementChild, true).childNodes);
      for (const form of document.querySelectorAll(FOR_THE_SERVER)) form.remove();
      if (document.getElementById("sheet")) await load(shell.dataset.sheetScript);
      const time = new Date(at).toLocaleTimeString("nb-NO", { hour: "2-digit", minute: "2-digit" });
      const said = shell.querySelector(".shell-known");
      said.textContent = said.textContent.replace("{time}", time.replace(":", "."));
    }
    const unsent = (await Outbox.notes()).filter((note) => note.owner !== owner).length;
    shell.querySelector(".shell-known").hidden = !html;
    shell.querySelector(".shell-unknown").hidden = Boolean(html);
    shell.querySelector(".shell-unsent").hidden = Boolean(html) || unsent === 0;
    shell.querySelector(".shell-number").textContent = unsent;
    return Boolean(html);
  };

  return { save, tidy, clear, install, isShell, fill };
})();
