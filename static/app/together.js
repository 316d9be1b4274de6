// A page of a question that stays open: it asks every few seconds what has come, and says by a pulse that somebody is
// here. What comes is put in place by the page's own script: `Together.arrive[page](news)`, with `Together.writing[page]`
// for the point one writes in. When the net fails, what stands there stays, and a note says so.
self.Together = { arrive: {}, writing: {}, ask: {} };
(() => {
  const PATIENCE = 8000;
  const PULSE = 20_000;
  const SOON = 3000; // a pulse that says where one writes now is sent no more often
  const byId = (id) => document.getElementById(id);
  const here = () => byId("here");
  const show = (id, shown) => {
    if (byId(id)) byId(id).hidden = !shown;
  };

  // Said once, in an element that stays: else nobody hears it.
  Together.tell = (text) => {
    if (text && byId("heard")) byId("heard").textContent = text;
  };

  const put = (fresh) => {
    if (here().textContent !== fresh.textContent) here().replaceWith(fresh);
    else Object.assign(here().dataset, fresh.dataset);
  };

  const ask = async () => {
    const { live, page, since, seen } = here().dataset;
    const { seen: told = seen, ...more } = Together.ask[page]?.() ?? {};
    const answer = await fetch(`${live}?${new URLSearchParams({ ...more, page, since, seen: told })}`, {
      redirect: "error", // a log-in page is no news
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok) throw new Error(answer.status);
    if (answer.status === 204 || !here() || here().dataset.page !== page) return;
    const parts = document.createElement("template");
    parts.innerHTML = await answer.text();
    const news = parts.content;
    if (!(await (Together.arrive[page]?.(news, Number(told)) ?? true))) return; // asked again, as it was
    Together.tell(news.querySelector("#heard")?.textContent);
    show("here-old", Boolean(news.querySelector("[data-old]")));
    put(news.querySelector("#here"));
  };

  const follow = async () => {
    if (here() && !document.hidden) {
      try {
        await ask();
        show("here-lost", false);
      } catch {
        show("here-lost", true);
      }
    }
    setTimeout(follow, Number(here()?.dataset.every ?? 3000));
  };

  let last = { at: 0, point: null };
  const pulse = () => {
    const { pulse: address, page } = here()?.dataset ?? {};
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (!address || !token || document.hidden) return;
    const point = Together.writing[page]?.() ?? "";
    const age = Date.now() - last.at;
    if (age < SOON || (point === last.point && age < PULSE)) return;
    last = { at: Date.now(), point };
    const body = new URLSearchParams({ page, point, csrfmiddlewaretoken: token.value });
    fetch(address, { method: "POST", body, redirect: "error" }).catch(() => {});
  };

  // A merge that one leaves holds its points no longer.
  window.addEventListener("pagehide", () => {
    const news = byId("merge-told");
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (here()?.dataset.page !== "merge" || !news?.dataset.leave || !token) return;
    navigator.sendBeacon(news.dataset.leave, new URLSearchParams({ csrfmiddlewaretoken: token.value }));
  });

  // While one merges: what has come is told beside the text.
  Together.arrive.merge = async (news) => {
    const place = byId("merge-told");
    if (!place || !news.querySelector("[data-changed]")) return true;
    const answer = await fetch(place.dataset.ask, {
      method: "POST",
      body: new FormData(byId("merge")),
      headers: { "HX-Request": "true", "HX-Target": "merge-news" },
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    byId("merge-told")?.replaceChildren(...page.getElementById("merge-news").childNodes);
    return true;
  };

  document.addEventListener("DOMContentLoaded", () => {
    pulse();
    setInterval(pulse, 1000);
    setTimeout(follow, Number(here()?.dataset.every ?? 3000));
  });
})();
