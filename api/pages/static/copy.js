/* Copies a picture, a table or sentences to the clipboard where the browser can, else saves a file. */
"use strict";

(function () {
  /* --- what is copied ---------------------------------------------------------------------- */
  const FORMULA = /^[=+\-@＝＋－＠]/, NUMBER = /^[+-]?[\d.,]+%?$/;

  // What is read out of a cell: no sort arrows, no codes, no controls. No text is left a formula.
  function cellText(cell) {
    const read = cell.cloneNode(true);
    for (const left of read.querySelectorAll("[aria-hidden], [data-not-copied], .code, details")) { left.remove(); }
    for (const end of read.querySelectorAll("br")) { end.replaceWith("; "); }
    const text = ("copiedAs" in cell.dataset ? cell.dataset.copiedAs : read.textContent).replace(/[\s\0]+/g, " ").trim();
    return FORMULA.test(text) && !NUMBER.test(text) ? "'" + text : text;
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function copyOfTable(shown, source) {
    const left = new Set([...shown.rows[0].cells].flatMap((cell, place) => "notCopied" in cell.dataset ? [place] : []));
    const table = document.createElement("table");
    // Without these a word processor draws no lines, or two, and puts names in the middle.
    Object.assign(table, { border: "1", cellSpacing: "0", cellPadding: "4" });
    const caption = cellText(shown.caption);
    table.append(element("caption", caption));
    const parts = { THEAD: table.createTHead(), TBODY: table.createTBody() };
    const lines = [];
    for (const row of shown.rows) {
      const made = parts[row.parentElement.tagName].insertRow();
      for (const [place, cell] of [...row.cells].entries()) {
        if (left.has(place)) { continue; }
        const copied = element(cell.tagName, cellText(cell));
        if (cell.scope) { Object.assign(copied, { scope: cell.scope, align: "left" }); }
        made.append(copied);
      }
      lines.push([...made.cells].map((cell) => cell.textContent).join("\t"));
    }
    return {
      html: table.outerHTML + element("p", source).outerHTML,
      plain: [...lines, "", caption, source].join("\n"),
    };
  }

  function copyOfSentences(said, source) {
    const paragraphs = [...said.children, element("p", source)];
    return {
      html: paragraphs.map((each) => each.outerHTML).join("\n"),
      plain: paragraphs.map((each) => each.textContent).join("\n"),
    };
  }

  async function told(response) {
    try { return (await response.json()).detail; } catch { return "The picture could not be made."; }
  }

  async function picture(address) {
    const response = await fetch(address);
    if (!response.ok) { throw new Error(await told(response)); }
    return response.blob();
  }

  /* --- a file instead ------------------------------------------------------------------------ */
  function page(title, html) {
    const made = document.implementation.createHTMLDocument(title);
    const letters = made.createElement("meta");
    letters.setAttribute("charset", "utf-8");
    made.head.prepend(letters);
    return "<!doctype html>" + made.documentElement.outerHTML.replace("</body>", () => html + "</body>");
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  /* --- the types of the clipboard, and the file ---------------------------------------------- */
  function blob(type, content) { return new Blob([content], { type: type }); }

  function both({ html, plain }) {
    return { "text/html": blob("text/html", html), "text/plain": blob("text/plain", plain) };
  }

  function pieces({ copies, name, source }, from, held) {
    if (copies === "picture") {
      // The promise itself is handed over, so that the browser still sees the click behind it.
      const made = picture(from);
      return { types: { "image/png": made }, file: made, as: "figure.png" };
    }
    if (copies === "sentences") {
      const copied = copyOfSentences(held.content, source);
      return { types: both(copied), file: blob("text/plain", copied.plain + "\n"), as: name + ".txt" };
    }
    const copied = copyOfTable(held ? held.content.querySelector("table") : document.getElementById(from), source);
    return { types: both(copied), file: blob("text/html", page(source, copied.html)), as: name + ".html" };
  }

  async function copy(part, from, say) {
    say(part.dataset.copies === "picture" ? "Making the picture…" : "");
    const { types, file, as } = pieces(part.dataset, from, part.querySelector("template"));
    try {
      await navigator.clipboard.write([new ClipboardItem(types)]);
      say("Copied: paste it into a document.");
    } catch {
      try {
        save(await file, as);
        say("This browser does not let pages copy here: it is saved as a file.");
      } catch (problem) {
        say(problem.message);
      }
    }
  }

  for (const part of document.querySelectorAll("[data-copies]")) {
    const button = part.querySelector("button");
    const said = part.querySelector("[role=status]");
    let busy = false;
    button.hidden = false;
    // Not disabled meanwhile: a button that is loses the focus of whoever works by keyboard.
    button.addEventListener("click", async function () {
      if (busy) { return; }
      busy = true;
      await copy(part, button.dataset.copied, function (words) { said.textContent = words; });
      busy = false;
    });
  }
})();
