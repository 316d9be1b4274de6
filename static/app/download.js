// A file that is made when it is asked for takes seconds: say so, and say when it is there or has failed.
// Without this script the links download as links do.
(() => {
  const state = document.querySelector(".download-state");
  const say = (text) => {
    state.textContent = text;
  };

  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    // The browser has taken hold of the file before the next turn of its loop, Safari some seconds later.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  const download = async (link) => {
    say(state.dataset.making);
    link.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(link.href, { redirect: "error" });
      if (!response.ok) throw new Error(response.status);
      const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition"))[1];
      save(await response.blob(), name);
      say(state.dataset.made);
    } catch {
      say(state.dataset.failed);
    } finally {
      link.removeAttribute("aria-busy");
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".downloads a[download]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.getAttribute("aria-busy") !== "true") download(link);
  });
})();
