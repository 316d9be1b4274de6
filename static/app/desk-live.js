// What others do arrives on the Sorter: into the lines, never under the hands. What one types, ticks and stands on stays.
// Wants `parts` (desk-parts.js), and `settle` to be called when lines have changed.
self.DeskLive = ({ parts, settle }) => {
  const byId = (id) => document.getElementById(id);
  const FIELDS = "#desk input:not([type=checkbox], [type=hidden]), #desk textarea, #desk select";
  const isWritten = (field) =>
    field.matches("select")
      ? [...field.options].some((one) => one.selected !== one.defaultSelected)
      : field.value !== field.defaultValue;

  // What is written and not sent, where the keyboard stands and where in the word: taken along over a change.
  const keep = () => {
    const active = document.activeElement;
    const place = active?.matches("input[type=text], input[type=search], textarea")
      ? [active.selectionStart, active.selectionEnd]
      : null;
    const written = [...document.querySelectorAll(FIELDS)]
      .filter((field) => field.id && (field === active || isWritten(field)))
      .map((field) => [field.id, field.value]);
    const line = active?.closest?.("li[id]");
    return () => {
      for (const [id, value] of written) if (byId(id) && byId(id).value !== value) byId(id).value = value;
      if (!active || active === document.activeElement || !active.id) return;
      const again = byId(active.id) ?? (line && byId(line.id)?.querySelector("input"));
      again?.focus({ preventScroll: true });
      if (place && again === byId(active.id)) again.setSelectionRange(...place);
    };
  };

  const ticked = () => [...document.querySelectorAll("#desk li input[type=checkbox]:checked")].map((box) => box.id);
  const texts = () => new Map([...document.querySelectorAll("#desk .note, #desk .point")].map((one) => [one.id, one.textContent]));
  // What is new or other than it was is marked, once, and calmly.
  const mark = (before) => {
    for (const [id, text] of texts()) if (before.get(id) !== text) byId(id).dataset.fresh = "";
  };
  const unmark = () => {
    for (const one of document.querySelectorAll("#desk [data-fresh]")) delete one.dataset.fresh;
  };

  Together.ask.sort = () => ({
    seen: byId("desk-state").dataset.seen,
    ...Object.fromEntries(new URLSearchParams(location.search)), // which notes are shown
  });
  Together.arrive.sort = async (news, asked) => {
    await parts.idle();
    if (Number(byId("desk-state").dataset.seen) !== asked) return false; // an act was answered meanwhile: it told more
    if (news.querySelector("[data-old]")) return true;
    const [restore, before, chosen] = [keep(), texts(), ticked()];
    unmark();
    const said = news.querySelector("#heard")?.textContent ?? "";
    parts.put([...news.children].filter((part) => !["here", "heard"].includes(part.id)));
    restore();
    mark(before);
    settle();
    const lost = chosen.filter((id) => !byId(id));
    Together.tell(lost.length ? `${said} ${byId("heard").dataset.taken}`.trim() : said);
    news.querySelector("#heard")?.remove();
    return true;
  };
};
