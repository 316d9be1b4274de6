// What htmx leaves to the page: to say that a request failed, and to keep the keyboard's place.
(() => {
  const show = (id, shown) => {
    const note = document.getElementById(id);
    if (note) note.hidden = !shown;
  };

  const isPoll = (event) => event.detail.requestConfig?.elt.matches("[data-poll]");

  // Whoever clicked must know that it may not be saved. 401: the log-in has ended; what was typed stays.
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(name, (event) => {
      if (isPoll(event) && event.detail.xhr?.status !== 401) return;
      const loggedOut = event.detail.xhr?.status === 401;
      show("logged-out", loggedOut);
      show("request-failed", !loggedOut);
    });
  }

  // Long work that a form begins: its button says so until the next page is there.
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.dataset.busyText) return;
    button.setAttribute("aria-busy", "true");
    button.textContent = button.dataset.busyText;
  });

  // A page that keeps itself up to date says so when it cannot; nobody has clicked, so nothing is lost.
  document.addEventListener("htmx:afterRequest", (event) => {
    if (isPoll(event)) show("poll-failed", !event.detail.successful);
  });

  // htmx finds the element that had focus by its id. When that is gone, the next Tab begins at the content.
  document.addEventListener("htmx:afterSettle", (event) => {
    show("logged-out", false);
    if (isPoll(event)) return;
    show("request-failed", false);
    if (document.activeElement === document.body) {
      document.getElementById("content").focus({ preventScroll: true });
    }
  });
})();
