// All of the search that a page loads by itself. It opens the field, where one can type at once,
// and fetches the rest when the search is used for the first time.
{
  const button = document.querySelector(".search-open");
  const dialog = document.querySelector(".search");
  const [field, status] = ["input", "[role=status]"].map(part => dialog.querySelector(part));
  const close = dialog.querySelector("button");
  const parts = new URL("parts.json", document.currentScript.src);
  let loaded;

  const load = async () => {
    const files = [import("./dialog.js"), import("./rank.js"), fetch(parts)];
    const [{ start }, { read }, answer] = await Promise.all(files);
    if (!answer.ok) throw Error(`${parts}: ${answer.status}`);
    start(dialog, read(await answer.json()));
  };

  const open = () => {
    if (!dialog.open) dialog.showModal();
    field.select();
    if (loaded) return;
    status.textContent = "Loading what stands on the pages …";
    loaded = load().catch(problem => {
      loaded = undefined; // the next time it is tried again
      status.textContent = "The search did not arrive: a file of this site is missing, there is no connection, or the page may load nothing more where it stands. The menu has all pages, the glossary all terms. Load the page again to try once more.";
      console.warn("no search:", problem);
    });
  };

  button.disabled = false;
  button.addEventListener("click", open);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close()); // beside it
  dialog.querySelector("form").addEventListener("submit", event => event.preventDefault());
  addEventListener("keydown", event => {
    const typing = event.target.closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=range])");
    if (!["/", "s", "f"].includes(event.key) || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    field.value = asked;
    open();
  }
}
