// Keeps a job's page up to date, and loads it again when the job has ended.
"use strict";

(() => {
  const place = document.querySelector("[data-job]");
  const bar = place.querySelector("progress");
  const told = place.querySelector("[role=status]");
  document.querySelector("[data-look-again]").hidden = true;

  const look = async () => {
    try {
      const answer = await fetch(place.dataset.job, { headers: { Accept: "application/json" } });
      const job = await answer.json();
      if (!answer.ok || !["waiting", "running"].includes(job.state)) {
        location.reload();
        return;
      }
      bar.value = job.share;
      if (told.textContent !== job.sentence) told.textContent = job.sentence;
    } catch {
      // The service may be starting again: ask once more.
    }
    setTimeout(look, 1000);
  };
  setTimeout(look, 1000);
})();
