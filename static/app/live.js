// A part of the page that follows what happens: it asks every few seconds and changes only when there is news.
// When the net or the server fails, what stands there stays, and the note «<id>-lost», where the page has one, says so.
// News is told to those who listen by «<id>-told»: in the words of what is marked with data-told, not all over again.
(() => {
  const PATIENCE = 8000;

  // Null when there is nothing new.
  const news = async (part) => {
    const answer = await fetch(`${part.dataset.live}?since=${part.dataset.since}`, {
      redirect: "error", // a log-in page is no news
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok) throw new Error(answer.status);
    if (answer.status !== 200) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.getElementById(part.id);
  };

  // What differs from last time is marked, once.
  const mark = (old, fresh) => {
    for (const line of fresh.querySelectorAll("li[id]")) {
      if (document.getElementById(line.id)?.textContent !== line.textContent) line.dataset.fresh = "yes";
    }
    old.replaceWith(fresh);
  };

  const follow = async (id) => {
    const part = document.getElementById(id);
    const lost = document.getElementById(`${id}-lost`);
    const told = document.getElementById(`${id}-told`);
    try {
      const fresh = await news(part);
      if (fresh) {
        mark(part, fresh);
        if (told) told.textContent = fresh.querySelector("[data-told]").textContent;
      }
      if (lost) lost.hidden = true;
    } catch {
      if (lost) lost.hidden = false;
    }
    wait(id);
  };

  const wait = (id) => {
    const { live, every } = document.getElementById(id).dataset;
    if (live) setTimeout(follow, Number(every), id);
  };

  for (const part of document.querySelectorAll("[data-live]")) wait(part.id);
})();
