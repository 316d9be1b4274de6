// The desk under the hands: keys, ticks over a range, and a focus that is never lost. Everything is done by the buttons
// of the page's own forms, which this presses; how they are answered is in desk-parts.js.
(() => {
  const byId = (id) => document.getElementById(id);
  const LINES = "#notes > .note, .points > .point";
  const boxOf = (line) => line.querySelector("input[type=checkbox]");
  const columnOf = (element) => element.closest(".desk-column");
  const columns = () => [...document.querySelectorAll(".desk-column")];
  const linesOf = (column) => [...column.querySelectorAll(LINES)].filter((line) => !("going" in line.dataset));
  const lineOf = (element) => element?.closest?.(LINES);
  const current = new WeakMap(); // column -> the line one stood on last
  let begun = null; // where a range of ticks begins

  // --- where one stands: each column has one line that Tab reaches; the arrows reach the others ---

  const reach = (line, reached) => {
    for (const one of line.querySelectorAll("input, a, button, summary")) one.tabIndex = reached ? 0 : -1;
  };
  const placeIn = (column) => {
    const line = current.get(column);
    return line?.isConnected && !("going" in line.dataset) ? line : linesOf(column)[0];
  };
  const settle = () => {
    for (const button of document.querySelectorAll("[data-ask-reason]")) button.hidden = false;
    byId("sieve")?.setAttribute("data-acts", "");
    for (const column of columns()) {
      for (const line of column.querySelectorAll(LINES)) reach(line, false);
      const line = placeIn(column);
      if (line) reach(line, true);
    }
  };
  const stand = (line) => {
    if (!line) return;
    const column = columnOf(line);
    const last = current.get(column);
    if (last && last !== line) reach(last, false);
    current.set(column, line);
    reach(line, true);
  };
  const go = (line) => {
    if (!line) return;
    stand(line);
    boxOf(line).focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("focusin", (event) => stand(lineOf(event.target)));

  const here = () => {
    const column = columnOf(document.activeElement) ?? columns()[0];
    return { column, line: lineOf(document.activeElement) ?? placeIn(column) };
  };
  const step = (by, extends_) => {
    const { column, line } = here();
    const lines = linesOf(column);
    if (!lineOf(document.activeElement)) return go(line);
    const next = lines[lines.indexOf(line) + by];
    if (extends_) [line, next].filter(Boolean).forEach((one) => (boxOf(one).checked = true));
    go(next);
  };

  // --- ticks ---

  const ticked = (column) => linesOf(column).filter((line) => boxOf(line).checked);
  const clear = () => {
    for (const line of document.querySelectorAll(LINES)) boxOf(line).checked = false;
    if (!byId("reasons").hidden) say("");
    byId("reasons").hidden = true;
  };
  document.addEventListener("click", (event) => {
    const box = event.target.closest?.(".desk-column input[type=checkbox]");
    const line = lineOf(box);
    if (!line) return;
    const lines = linesOf(columnOf(line));
    if (event.shiftKey && lines.includes(begun)) {
      const [from, to] = [lines.indexOf(begun), lines.indexOf(line)].sort((a, b) => a - b);
      for (const one of lines.slice(from, to + 1)) boxOf(one).checked = box.checked;
    }
    begun = line;
  });

  // --- acts ---

  const say = (text) => {
    byId("desk-said").textContent = text;
  };

  // What is ticked in the column, else the line one stands on, which is ticked then.
  const chosen = (column, line) => {
    if (!ticked(column).length && line) boxOf(line).checked = true;
    return ticked(column);
  };
  // Whoever stands nowhere yet is shown the line first; the next press acts.
  const ready = () => {
    const { column, line } = here();
    if (lineOf(document.activeElement) || ticked(column).length) return chosen(column, line).length > 0;
    go(line);
    return false;
  };
  const isReport = (column) => column.querySelector("#piles") !== null;
  const pile = (value, asOne) => {
    if (!ready()) return;
    const { column } = here();
    byId("bar-heading").value = value;
    byId("bar-new").value = "";
    byId(isReport(column) ? "act-move" : asOne && ticked(column).length > 1 ? "act-attach" : "act-accept").click();
    byId("bar-heading").value = "";
  };
  // Where the digits do not reach: the number is typed in the list of piles, and Enter acts.
  let choosing = null;
  let typed = "";
  const typeNumber = (number) => {
    typed += number;
    const found = [...byId("bar-heading").options].find((one) => one.text.startsWith(`${typed} `));
    if (found) found.selected = true;
  };
  const choosePile = () => {
    choosing = here().line;
    typed = "";
    byId("bar-heading").focus();
  };
  const chosenPile = (asOne) => {
    const { value } = byId("bar-heading");
    go(choosing);
    if (value) pile(value, asOne);
  };
  const same = () => {
    const [notes, report] = columns();
    if (!ready()) return;
    if (isReport(here().column) && !ticked(notes).length) return byId("act-merge").click();
    if (ticked(report).length !== 1 && (ticked(report).length || ticked(notes).length < 2)) {
      return say(byId("act-attach").dataset.wants);
    }
    byId("act-attach").click();
  };
  const askReason = () => {
    if (!ticked(columns()[0]).length && (isReport(here().column) || !ready())) return;
    byId("reasons").hidden = false;
    byId("reasons").scrollIntoView({ block: "nearest" });
    say(byId("reasons").textContent.replace(/\s+/g, " ").trim());
  };
  const name = () => {
    const unnamed = document.querySelector("[data-unnamed]");
    const more = (document.activeElement.closest(".heading") ?? unnamed)?.querySelector(".heading-more");
    if (!more) return;
    more.open = true;
    more.querySelector("[name=title]").focus();
  };

  // Whoever presses goes on at once, on the next line that is not part of the act. Returns what is to be done
  // when it is over; what was typed goes only when it was used.
  const began = (form, button) => {
    const alikes = alike.taken(form);
    if (form.id !== "sort" && !alikes) return () => {};
    if (button?.name === "direction") clear(); // it stays where one stands
    const moves = button?.id === "act-move";
    const going = alikes ?? columns().filter((column) => isReport(column) === moves).flatMap(ticked);
    const line = alikes?.[0] ?? here().line; // the candidates gave focus away, and perhaps to nothing
    const lines = linesOf((line && columnOf(line)) ?? here().column);
    const last = lines.findLastIndex((one) => going.includes(one));
    const stays = (one) => !going.includes(one);
    const next = stays(line) ? line : (lines.slice(last + 1).find(stays) ?? lines.slice(0, last).findLast(stays));
    for (const one of going) one.dataset.going = "";
    clear();
    go(next ?? columns().flatMap(linesOf)[0]);
    return (isDone) => {
      for (const one of going) delete one.dataset.going;
      for (const id of isDone ? ["bar-new", "bar-comment"] : []) byId(id).value = "";
    };
  };

  let kept = null; // the id of what had focus, since a part that is replaced takes it away
  document.addEventListener("focusin", (event) => {
    kept = event.target.id;
  });
  const ended = (form) => {
    if (alike.ended(form)) return;
    if (document.activeElement !== document.body && document.activeElement.checkVisibility()) return;
    const naming = form.querySelector("[name=title]") && document.querySelector("[data-unnamed] .heading-more");
    if (naming) return name();
    const again = byId(kept);
    if (again?.checkVisibility()) again.focus({ preventScroll: true });
    else go(placeIn(columns()[0]) ?? placeIn(columns()[1]));
  };

  // --- keys ---

  const isWriting = (element) => element.matches("textarea, select, input:not([type=checkbox])");
  const across = (to) => go(placeIn(columns()[to]));
  const KEYS = {
    ArrowDown: (event) => step(1, event.shiftKey),
    ArrowUp: (event) => step(-1, event.shiftKey),
    j: () => step(1),
    k: () => step(-1),
    Home: () => go(linesOf(here().column)[0]),
    End: () => go(linesOf(here().column).at(-1)),
    ArrowLeft: () => across(0),
    ArrowRight: () => across(1),
    x: () => boxOf(here().line)?.click(),
    n: (event) => pile("new", event.shiftKey),
    s: same,
    a: askReason,
    e: name,
    l: () => {
      const { line, column } = here();
      if (line && !isReport(column)) alike.show(boxOf(line).value);
    },
    o: () => byId("sieve-order").click(),
    0: choosePile,
    g: () => {
      const point = placeIn(columns()[1]); // one goes on where one stood
      location.href = document.querySelector("[data-other-way]").href + (point ? point.id.replace("point-", "#line-") : "");
    },
    u: () => parts.idle().then(() => byId("undo")?.click()), // what was done last may be on its way still
    "/": () => byId("search").select(),
    "?": () => byId("keys").togglePopover(),
    Escape: clear,
  };
  const digit = (number, asOne, again) => {
    const reasons = byId("reasons");
    if (!reasons.hidden) return reasons.querySelectorAll("button")[number - 1]?.click();
    const heading = document.querySelectorAll("[data-pile]")[number - 1];
    if (heading) pile(heading.dataset.pile, asOne);
    else if (!again) parts.idle().then(() => digit(number, asOne, true)); // the pile may have been made a moment ago
  };

  document.addEventListener("keydown", (event) => {
    if (!byId("sort") || event.metaKey || event.defaultPrevented) return;
    if (alike.isOpen()) return alike.key(event);
    const { target } = event;
    const order = event.altKey && { ArrowUp: "act-up", ArrowDown: "act-down" }[event.key];
    if (order && isReport(here().column) && ready()) {
      event.preventDefault();
      byId(order).click();
    }
    if (event.altKey) return;
    if (isWriting(target)) {
      if (/^[0-9]$/.test(event.key) && target.id === "bar-heading") {
        event.preventDefault(); // the browser takes a digit that is typed twice for a wish to see the next
        typeNumber(event.key);
      }
      if (event.key === "Enter" && target.id === "bar-heading" && choosing?.isConnected) {
        event.preventDefault(); // else it goes on to the line that then has focus
        chosenPile(event.shiftKey);
      }
      if (event.key === "Escape") go(placeIn(columnOf(target) ?? columns()[0]));
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey && key !== "z") return;
    if (target !== document.body && !target.closest("#desk") && !["/", "?"].includes(key)) return;
    const number = /^Digit[1-9]$/.test(event.code) ? Number(event.code.at(-1)) : /^[1-9]$/.test(key) ? Number(key) : 0;
    const act = event.ctrlKey ? KEYS.u : number ? () => digit(number, event.shiftKey) : KEYS[key];
    if (!act) return;
    event.preventDefault();
    act(event);
  });

  // A filter is asked for as soon as it is chosen.
  document.addEventListener("change", (event) => {
    const sieve = event.target.closest("#sieve");
    if (sieve && event.target.type !== "search") sieve.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-ask-reason]")) askReason();
  });

  const alike = DeskAlike({ settle });
  const parts = DeskParts({ began, ended, settle });
  DeskLive({ parts, settle });
  document.addEventListener("DOMContentLoaded", settle);
  document.addEventListener("htmx:afterSettle", settle);
})();
