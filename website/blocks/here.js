// A copy of the site may stand at another address than the one that it was built for. What installs
// nnbasics names the one at which it is read: the line on the page, and a notebook that is downloaded.
{
  const here = new URL("SITE/", location).href;
  for (const line of document.querySelectorAll("[data-wheel]")) {
    line.querySelector("code").textContent = `pip install ${here}${line.dataset.wheel}`;
    line.querySelector("p")?.remove(); // an address can be installed from any folder
  }

  addEventListener("click", async event => {
    const link = event.target.closest("[data-built-for]");
    if (!link || link.dataset.builtFor === here) return;
    event.preventDefault();
    const notebook = await fetch(link.href).then(answer => answer.text(), () => "");
    if (notebook) {
      link.download = link.href.split("/").pop();
      link.href = URL.createObjectURL(new Blob([notebook.replaceAll(link.dataset.builtFor, here)]));
    }
    delete link.dataset.builtFor; // so that this press is an ordinary one
    link.click();
  });
}
