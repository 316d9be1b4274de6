// htmx says nothing on the page when a request fails. Whoever clicked must know that it may not be saved.
(() => {
  const show = (failed) => {
    const note = document.getElementById("request-failed");
    if (note) note.hidden = !failed;
  };
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(name, () => show(true));
  }
  document.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.successful) show(false);
  });
})();
