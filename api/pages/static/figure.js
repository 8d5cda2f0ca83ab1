/* "Copy picture": the board figure to the clipboard where the browser can, else saved as a file. */
"use strict";

(function () {
  async function told(response) {
    try { return (await response.json()).detail; } catch { return "The picture could not be made."; }
  }

  async function picture(address) {
    const response = await fetch(address);
    if (!response.ok) { throw new Error(await told(response)); }
    return response.blob();
  }

  function save(blob) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "figure.png";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  async function copy(address, say) {
    say("Making the picture…");
    const made = picture(address);
    try {
      // The promise itself is handed over, so that the browser still sees the click behind it.
      await navigator.clipboard.write([new ClipboardItem({ "image/png": made })]);
      say("Copied: paste it into a document.");
    } catch {
      try {
        save(await made);
        say("This browser does not let pages copy pictures here: it is saved as a file.");
      } catch (problem) {
        say(problem.message);
      }
    }
  }

  for (const part of document.querySelectorAll("[data-figure-links]")) {
    const button = part.querySelector("[data-figure-copy]");
    const said = part.querySelector("[data-figure-said]");
    button.hidden = false;
    button.addEventListener("click", async function () {
      button.disabled = true;
      await copy(button.dataset.figureCopy, function (words) { said.textContent = words; });
      button.disabled = false;
    });
  }
})();
