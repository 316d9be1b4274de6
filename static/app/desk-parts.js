// How an act at the desk is sent and answered: by the parts of the page that have changed, each put in the place of the
// one that has its id. Acts are sent one after the other, in the order in which they were done, while the hands go on.
// `began(form, button)` is told and says what to do when it is known whether it was done, then `ended(form)`; `settle()`
// gives new links their place among the keys. Without this script the same forms lead to the same page.
self.DeskParts = ({ began, ended, settle }) => {
  const byId = (id) => document.getElementById(id);
  const show = (id, shown) => {
    byId(id).hidden = !shown;
  };

  // What is open and ticked stays so; what is told by a live region stays the same element, else nobody hears it.
  const replace = (old, fresh) => {
    if (old.getAttribute("role") === "status") {
      old.replaceChildren(...fresh.childNodes);
      Object.assign(old.dataset, fresh.dataset);
      return;
    }
    for (const one of old.querySelectorAll("details[id][open], input[type=checkbox][id]:checked")) {
      const same = fresh.querySelector(`#${one.id}`);
      if (same?.matches("details")) same.open = true;
      else if (same?.matches("a")) openSources(same);
      else if (same) same.checked = true;
    }
    old.replaceWith(fresh);
  };

  // What was said for a point is asked for when one opens it. Without this the link leads to the point's page.
  const openSources = async (link, hasFocus = false) => {
    try {
      const answer = await fetch(link.href, { headers: { "HX-Request": "true", "HX-Target": link.id }, redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      const parts = document.createElement("template");
      parts.innerHTML = await answer.text();
      const fresh = parts.content.getElementById(link.id);
      byId(link.id)?.replaceWith(fresh);
      if (hasFocus) fresh.querySelector("summary").focus();
      settle();
    } catch {
      if (hasFocus) location.assign(link.href);
    }
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-sources]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openSources(link, true);
  });

  const put = (fresh) => {
    const old = byId(fresh.id);
    const { gone, after, firstIn, lastIn } = fresh.dataset;
    for (const name of ["after", "firstIn", "lastIn"]) delete fresh.dataset[name];
    if (gone !== undefined) old?.remove();
    else if (old) replace(old, fresh);
    else if (byId(after)) byId(after).after(fresh);
    else if (firstIn) byId(firstIn).prepend(fresh);
    else byId(lastIn ?? "notes").append(fresh);
  };

  const apply = (text) => {
    const parts = document.createElement("template");
    parts.innerHTML = text;
    [...parts.content.children].forEach(put);
  };

  // A form that came back with its errors, or an answer that is the whole page: its content takes the place of ours.
  const applyPage = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const content = byId("content");
    byId("messages").replaceChildren(...(page.getElementById("messages")?.childNodes ?? []));
    content.replaceChildren(...page.getElementById("content").childNodes);
    content.querySelector("[aria-invalid=true]")?.focus();
  };

  const logIn = () => byId("logged-out").querySelector("a").pathname;
  const post = async (form, address, data) => {
    data.set("seen", byId("desk-state").dataset.seen);
    const answer = await fetch(address, { method: "POST", body: data });
    const text = await answer.text();
    if (new URL(answer.url).pathname === logIn()) throw new Error("logged out");
    if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
    if (!answer.headers.has("RNIK-Fragments")) return applyPage(text);
    const more = form.closest(".heading-more");
    if (more) more.open = false; // a name that is saved needs its field no more
    apply(text);
  };

  let waiting = Promise.resolve();
  const send = (form, button) => {
    const data = new FormData(form, button);
    const address = button?.getAttribute("formaction") || form.getAttribute("action");
    const release = began(form, button);
    waiting = waiting
      .then(() => post(form, address, data))
      .then(
        () => {
          for (const id of ["request-failed", "logged-out"]) show(id, false);
          return byId("desk-said").dataset.done === "yes";
        },
        (error) => {
          const isOut = error.message === "logged out";
          show("logged-out", isOut);
          show("request-failed", !isOut);
          return false;
        },
      )
      .then(release)
      .then(() => ended(form));
  };

  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (!form.closest("#desk") || form.method !== "post" || submitter?.matches("[data-leaves]")) return;
    event.preventDefault();
    send(form, submitter);
  });

  return { idle: () => waiting, put: (fresh) => fresh.forEach(put) };
};
