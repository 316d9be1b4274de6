// The big screen fills the projector's picture; the button goes away when it does.
(() => {
  const button = document.querySelector("[data-full]");
  if (!document.fullscreenEnabled) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    document.documentElement.requestFullscreen();
    navigator.wakeLock?.request("screen").catch(() => {}); // the machine may refuse, and then it sleeps as it did
  });
  document.addEventListener("fullscreenchange", () => { button.hidden = Boolean(document.fullscreenElement); });
})();
