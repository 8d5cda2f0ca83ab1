// Comfort on the pages of records; all of them work without it.
"use strict";

// What is wrong comes first: the summary is read out, and the next Tab goes to its links.
document.querySelector("#error-summary")?.focus();

// On a small screen the table comes first; the short form opens when it is asked for.
const quick = document.querySelector("#quick-tie");
const begun = quick?.querySelector("[autofocus], .wrong");
if (quick && !begun && matchMedia("(max-width: 48rem)").matches) quick.open = false;

// A name that is typed is looked up where the page does not carry all names.
const WAIT = 150;
for (const input of document.querySelectorAll("input[list]")) {
  const list = document.getElementById(input.getAttribute("list"));
  if (!list?.dataset.names) continue;
  const kinds = list.id.replace("names-", "");
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const sought = input.value;
      const query = new URLSearchParams({ kinds, q: sought });
      const answer = await fetch(`${list.dataset.names}?${query}`);
      if (!answer.ok || input.value !== sought) return;
      list.replaceChildren(...(await answer.json()).map((name) => {
        const option = document.createElement("option");
        option.value = name;
        return option;
      }));
    }, WAIT);
  });
}

// One click, one record: a form that is on its way is not sent again.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
