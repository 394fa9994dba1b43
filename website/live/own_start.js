// All that is in lab 5 before a file is chosen.
addEventListener("change", ({ target }) => {
  if (target.id !== "own-file") return;
  import("SITE/live/own.js").then(({ take }) => take(target), async () => {
    const why = await refusal("SITE/live/own.js") || "a file of this site is missing, or there is no connection";
    document.querySelector(".own-bar > [role=status]").textContent = `The file was not read: ${why}. Load the page again to try once more.`;
  });
});
