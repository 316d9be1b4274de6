// Cutting a sheet as one cuts text: Enter splits a piece at the cursor, Backspace at its beginning joins it with the
// one before. The words themselves stay as they were said. Without this the buttons do the same.
(() => {
  const pieces = () => document.querySelector(".pieces");
  const press = (item, name) => item.querySelector(`button[name="${name}"]`)?.click();
  // The server counts characters, the browser their halves.
  const cursorOf = (box) => Array.from(box.value.slice(0, box.selectionStart)).length;

  const enhance = () => {
    for (const box of pieces()?.querySelectorAll("textarea") ?? []) box.readOnly = false;
    for (const part of pieces()?.querySelectorAll("[data-script=on]") ?? []) part.hidden = false;
    const chosen = pieces()?.querySelector("textarea[autofocus]");
    chosen?.focus();
    chosen?.setSelectionRange(0, 0);
  };

  document.addEventListener("beforeinput", (event) => {
    if (event.target.matches(".pieces textarea")) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches(".pieces textarea") || event.isComposing) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const box = event.target;
    const item = box.closest("li");
    const isAtStart = box.selectionStart === 0 && box.selectionEnd === 0;
    if (event.key === "Enter") press(item, "split");
    else if (event.key === "Backspace" && isAtStart) press(item, "join");
    else return;
    event.preventDefault();
  });
  // The button splits at the cursor too, where one stands within the piece.
  document.addEventListener("click", (event) => {
    const box = event.target.closest(".pieces button[name=split]")?.closest("li").querySelector("textarea");
    if (!box) return;
    const isWithin = box.selectionStart > 0 && box.selectionStart < box.value.length;
    pieces().elements.cursor.value = isWithin ? cursorOf(box) : "";
  });
  document.addEventListener("htmx:afterSettle", enhance);
  enhance();
})();
