// Comfort on the page of a paper; all of it works without.
"use strict";

(() => {
  const form = document.querySelector("#paper-form");
  const told = form.querySelector("[data-told]");
  document.querySelector("#error-summary")?.focus();
  // The pages of the preview come first, also on a phone, where they stand below the form.
  document.fonts.ready.then(() => document.querySelector("#preview")?.focus());

  // A page is not told that its download has come; none takes longer than this.
  const LONGEST = 15000;

  // What is typed stays when another page is visited to add to the paper, until this tab is closed.
  const place = `powermap-paper-${form.dataset.map}`;
  const typed = () => [...form.elements].filter((each) =>
    each.name && !["hidden", "submit", "file"].includes(each.type) && !["add", "picture"].includes(each.name));
  const keep = () => {
    const values = typed().map((each) =>
      [each.name, ["radio", "checkbox"].includes(each.type) ? each.checked && each.value : each.value]);
    sessionStorage.setItem(place, JSON.stringify(values));
  };
  const opened = form.hasAttribute("data-fresh");
  if (opened) {
    const fields = typed();
    for (const [at, [name, value]] of JSON.parse(sessionStorage.getItem(place) || "[]").entries()) {
      const field = fields[at];
      if (field?.name !== name) continue;
      if (["radio", "checkbox"].includes(field.type)) field.checked = field.value === value;
      else field.value = value;
    }
  }
  keep();
  form.addEventListener("input", keep);
  document.querySelector("[data-empties]")?.addEventListener("submit", () => sessionStorage.removeItem(place));

  form.addEventListener("submit", (event) => {
    const { wait, makes } = event.submitter?.dataset ?? {};
    if (wait) told.textContent = wait;
    if (makes) {
      told.textContent = `Making the ${makes} file; your browser saves it when it is ready.`;
      setTimeout(() => { told.textContent = ""; }, LONGEST);
    }
  });
  // Back on the page, nothing is on its way any more.
  addEventListener("pageshow", () => { told.textContent = ""; });
})();
