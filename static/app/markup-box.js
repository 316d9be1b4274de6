// Boxes for text in the small markup (data-markup). What is pasted from Word or a web page keeps bold, italics, links,
// lists and headings, and leaves the rest behind; a fact is inserted where the cursor is.
// Without this script the text is pasted bare, and the server tidies it (rnik/lib/pasted.py).
(() => {
  const SKIPPED = "script, style, meta, link, title, head, template, svg, img, [data-style*='mso-list:Ignore'], .MsoFootnoteReference, .MsoCommentReference";
  const BLOCKS = "P, DIV, LI, UL, OL, H1, H2, H3, H4, H5, H6, TR, TABLE, BLOCKQUOTE, PRE, SECTION, ARTICLE, HEADER, FOOTER, BR, HR";
  const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g;
  const LINK = /^(?:https?:\/\/|mailto:)[^\s<>"'\\()]+$/i;

  const escape = (text) => text.replace(/[\\*[\]]/g, "\\$&");

  // «**word** », never «**word **»: the marks stand close to the words.
  const marked = ({ text, bold, italic, href }) => {
    const [, before, words, after] = /^(\s*)(.*?)(\s*)$/s.exec(text);
    if (!words) return text;
    if (href) return `${before}[${escape(words)}](${href})${after}`;
    const mark = "*".repeat((bold ? 2 : 0) + (italic ? 1 : 0));
    return before + mark + escape(words) + mark + after;
  };

  const same = (one, other) => one && one.bold === other.bold && one.italic === other.italic && one.href === other.href;

  const line = (runs) => {
    const joined = [];
    for (const run of runs) {
      const last = joined.at(-1);
      if (same(last, run) || (last && !run.text.trim() && !run.href)) last.text += run.text;
      else joined.push({ ...run });
    }
    return joined.map(marked).join("").replace(/\s+/g, " ").trim();
  };

  const plainly = (runs) => escape(runs.map((run) => run.text).join("")).replace(/\s+/g, " ").trim();

  const kindOf = (element, marker) => {
    if (/^H[1-6]$/.test(element.tagName)) return "heading";
    if (element.tagName === "LI") return element.closest("ul, ol")?.tagName === "OL" ? "number" : "bullet";
    const isWords = /mso-list:\s*(?!none|ignore)\S/i.test(element.dataset.style ?? "");
    if (isWords) return /^\W*(?:\d+|[a-z])[.)]/i.test(marker) ? "number" : "bullet";
    return "";
  };

  // The page's policy lets no style attribute in, not even in a document that is never shown: they are read as data.
  const parsed = (html) => {
    const tags = html.replace(/<[^>]*>/g, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
    return new DOMParser().parseFromString(tags.replace(/<style[\s\S]*?<\/style>/gi, ""), "text/html");
  };

  const toMarkup = (html) => {
    const page = parsed(html);
    const blocks = [];
    let open = { kind: "", runs: [] };
    const close = (kind = "") => {
      if (open.runs.some((run) => run.text.trim())) blocks.push(open);
      open = { kind, runs: [] };
    };
    const walk = (node, look, kind) => {
      if (node.nodeType === Node.TEXT_NODE) {
        const text = node.data.replace(INVISIBLE, "").replace(/\s+/g, " ");
        if (text) open.runs.push({ ...look, text });
        return;
      }
      if (node.nodeType !== Node.ELEMENT_NODE || node.matches(SKIPPED)) return;
      const style = node.dataset?.style ?? "";
      const next = { ...look };
      if (node.matches("b, strong")) next.bold = true;
      if (node.matches("i, em")) next.italic = true;
      const weight = /font-weight:\s*(\w+)/i.exec(style)?.[1];
      if (weight) next.bold = weight === "bold" || Number(weight) >= 600;
      const slant = /font-style:\s*(\w+)/i.exec(style)?.[1];
      if (slant) next.italic = slant === "italic";
      const href = node.matches("a[href]") ? node.getAttribute("href") : "";
      if (LINK.test(href)) next.href = href;
      if (node.matches("td, th")) open.runs.push({ text: " " });
      const isBlock = node.matches(BLOCKS);
      const own = isBlock ? kindOf(node, node.querySelector("[data-style*='mso-list:Ignore']")?.textContent ?? "") || (node.matches("p, div") ? kind : "") : kind;
      if (isBlock) close(own);
      for (const child of node.childNodes) walk(child, next, own);
      if (isBlock) close(kind);
    };
    walk(page.body, { bold: false, italic: false, href: "" }, "");
    close();
    let text = "";
    let before = "";
    let number = 0;
    for (const { kind, runs } of blocks) {
      number = kind === "number" && before === "number" ? number + 1 : 1;
      const start = { heading: "## ", bullet: "- ", number: `${number}. ` }[kind] ?? "";
      const gap = text ? ((kind === "bullet" || kind === "number") && kind === before ? "\n" : "\n\n") : "";
      text += gap + start + (kind === "heading" ? plainly(runs) : line(runs));
      before = kind;
    }
    return text;
  };

  const insert = (box, text) => {
    box.focus();
    // Deprecated, and the only way to write that the browser can undo.
    if (!document.execCommand("insertText", false, text)) {
      box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  document.addEventListener("paste", (event) => {
    const box = event.target.closest?.("textarea[data-markup]");
    const html = box && event.clipboardData?.getData("text/html");
    const text = html && toMarkup(html);
    if (!text) return;
    event.preventDefault();
    insert(box, text);
  });

  // Facts to insert: the buttons are of use only here.
  const offer = () => {
    for (const button of document.querySelectorAll("[data-insert]")) button.hidden = false;
  };
  document.addEventListener("DOMContentLoaded", offer);
  document.addEventListener("htmx:afterSettle", offer);
  if (document.readyState !== "loading") offer();
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    const box = button && document.querySelector("textarea[data-markup]");
    if (box) insert(box, button.dataset.insert);
  });
})();
