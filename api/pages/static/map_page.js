/* Comforts of the map page: its menus close each other, a link is copied, people are arranged. */
"use strict";

(function () {
  const map = window.influenceMap;
  const menus = [...document.querySelectorAll("details.more")];
  for (const menu of menus) {
    menu.addEventListener("toggle", function () {
      if (menu.open) { for (const other of menus) { if (other !== menu) { other.open = false; } } }
    });
    menu.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && menu.open) {
        event.stopPropagation();
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    const words = button.textContent;
    button.addEventListener("click", async function () {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Selected: copy it with Ctrl+C";
      }
      window.setTimeout(() => { button.textContent = words; }, 4000);
    });
  }

  /* --- arranging by hand: only while its menu is open ------------------------------------- */
  const arranging = document.querySelector("[data-arrange]");
  if (!map || !arranging) { return; }
  const told = arranging.querySelector("[data-arrange-told]");
  const sent = arranging.querySelector("[data-places]");
  let leaving = false;

  arranging.addEventListener("toggle", () => map.arrangeByHand(arranging.open));
  for (const button of arranging.querySelectorAll("[data-move]")) {
    const [x, y] = button.dataset.move.split(" ").map(Number);
    button.addEventListener("click", function () {
      const chosen = map.chosen() && map.chosen().party;
      if (chosen) { map.shift(chosen, x, y); } else { told.textContent = "First choose somebody on the map, or by name."; }
    });
  }
  arranging.querySelector("[data-put-back]").addEventListener("click", map.putBack);

  function tell() {
    const places = map.shifted(), number = Object.keys(places).length;
    sent.value = JSON.stringify(places);
    told.textContent = number === 0 ? "Nobody has been moved." : number + " moved, and not kept yet.";
    for (const button of arranging.querySelectorAll("[data-needs-moved]")) { button.disabled = number === 0; }
  }
  document.addEventListener("influence-map-arranged", tell);
  arranging.querySelector("form").addEventListener("submit", () => { leaving = true; });
  window.addEventListener("beforeunload", function (event) {
    if (!leaving && Object.keys(map.shifted()).length) { event.preventDefault(); }
  });
  tell();
})();
