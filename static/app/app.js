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

  // Where the browser lets a page write to the clipboard, a text can be copied with one press.
  const copiers = () => {
    for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
  };
  document.addEventListener("DOMContentLoaded", copiers);
  document.addEventListener("htmx:afterSettle", copiers);
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    const text = source.textContent.trim();
    // What stands in a text field is HTML: where one writes it becomes a text with headings, elsewhere its source.
    if (source.matches("textarea")) {
      const types = ["text/html", "text/plain"].map((type) => [type, new Blob([text], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(types))]);
    } else {
      await navigator.clipboard.writeText(text);
    }
    button.textContent = button.dataset.copied;
  });

  // A text that was changed and not saved: leaving the page, or sending another of its forms, asks first.
  let sending = null;
  const isChanged = (field) => field.type === "textarea" && field.value !== field.defaultValue;
  const unsaved = () =>
    [...document.querySelectorAll("form[data-unsaved]")].find(
      (form) => form !== sending && [...form.elements].some(isChanged),
    );
  window.addEventListener("beforeunload", (event) => {
    if (unsaved()) event.preventDefault();
  });
  const askFirst = (event) => {
    sending = event.target;
    const form = unsaved();
    if (!form) return;
    if (window.confirm(form.dataset.unsaved)) {
      form.reset();
    } else {
      event.preventDefault();
      event.stopPropagation();
      sending = null;
    }
  };
  document.addEventListener("submit", askFirst, true);

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
