// What is like a note, brought to the desk: a quiet line under each, fetched when the desk stands, and the candidates in
// place of a page of their own. In them 1-5 choose, S is the same point, I is not the same; Esc leads back to the note.
self.DeskAlike = ({ settle }) => {
  const byId = (id) => document.getElementById(id);
  const box = () => byId("alike-here");
  const isOpen = () => Boolean(box()?.matches(":popover-open"));
  const pairs = () => [...box().querySelectorAll(".pair")];
  let links = new Map(); // key -> what stands under the note
  let opened = null; // the key of the note whose candidates are shown
  let arriving = Promise.resolve(); // what is pressed meanwhile is done when they are there

  const ask = async (address) => {
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const parts = document.createElement("template");
    parts.innerHTML = await answer.text();
    return parts.content;
  };

  // A note that comes back has its line again, without asking anew.
  const decorate = () => {
    for (const [key, link] of links) {
      const facts = byId(`facts-${key}`);
      if (facts && !facts.querySelector("[data-alike]")) facts.append(link.cloneNode(true));
    }
    settle();
  };
  const load = async () => {
    if (!box() || !byId("notes").firstElementChild) return;
    const found = await ask(box().dataset.address).catch(() => null); // the desk does without
    if (!found) return;
    links = new Map([...found.querySelectorAll("[data-alike]")].map((link) => [link.dataset.alike, link]));
    for (const old of document.querySelectorAll("#notes [data-alike]")) old.remove();
    decorate();
  };

  const close = () => {
    box().hidePopover();
    byId(`tick-${opened}`)?.focus({ preventScroll: true });
  };

  const show = async (key) => {
    opened = key;
    box().querySelector("[data-candidates]").textContent = box().dataset.looking;
    if (!isOpen()) box().showPopover();
    box().focus();
    const asked = ask(`${box().dataset.address}${key}/`).catch(() => null);
    arriving = asked.then((found) => arrive(key, found));
    await arriving;
  };
  const arrive = (key, found) => {
    const candidates = box().querySelector("[data-candidates]");
    if (!isOpen() || opened !== key) return;
    if (!found) {
      close();
      byId("request-failed").hidden = false;
      return;
    }
    candidates.replaceChildren(found);
    for (const pair of pairs()) pair.tabIndex = -1;
    (pairs()[0] ?? box()).focus();
  };

  const form = (end) => {
    const pair = document.activeElement.closest(".pair") ?? pairs()[0];
    return pair?.querySelector(`form[action$="/${end}/"]`);
  };
  const key = (event) => {
    if (event.ctrlKey || event.target.matches("textarea, select, input")) return;
    const act = {
      s: () => form("samme")?.requestSubmit(),
      i: () => form("ikke-samme")?.requestSubmit(),
      l: close,
      Escape: close,
      ArrowDown: () => (document.activeElement.closest(".pair")?.nextElementSibling ?? pairs().at(-1))?.focus(),
      ArrowUp: () => (document.activeElement.closest(".pair")?.previousElementSibling ?? pairs()[0])?.focus(),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (/^[1-5]$/.test(event.key)) arriving.then(() => pairs()[Number(event.key) - 1]?.focus());
    else if (act === close) close();
    else if (act) arriving.then(act);
    else return;
    event.preventDefault();
  };

  // The lines that such a form takes out of the list, null for any other form. The candidates close over it.
  const taken = (form) => {
    if (!box()?.contains(form) || !form.action.endsWith("/samme/")) return null;
    box().hidePopover();
    return [opened, form.elements.other.value].map((one) => byId(`note-${one}`)).filter(Boolean);
  };
  // After an answer: what was said not to be the same is gone from the candidates, and from the lines.
  const ended = (form) => {
    if (!form.action.endsWith("/ikke-samme/")) return decorate();
    load();
    return isOpen() && show(opened);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#notes [data-alike]");
    const back = event.target.closest?.("#alike-here a[data-back]");
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(link || back)) return;
    event.preventDefault();
    if (link) show(link.dataset.alike);
    else close();
  });
  document.addEventListener("DOMContentLoaded", load);

  return { isOpen, key, show, taken, ended };
};
