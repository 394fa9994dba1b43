// Remembers in this browser alone which lessons and labs were read, how many of their questions were
// answered right, and how many exercises done. Marks them, and leads back to where the reader was.
{
  const kept = name => {
    try {
      return JSON.parse(localStorage.getItem(name)) ?? {};
    } catch {
      return {}; // no storage, or something else is in there
    }
  };
  const change = how => {
    const all = kept("progress"); // as it is now: another window may have changed it
    how(all);
    try {
      localStorage.setItem("progress", JSON.stringify(all));
    } catch {} // no storage: nothing is marked
  };
  const pageOf = ({ pathname }) => /(lessons|labs)\/[\w-]+(?=\/(index\.html)?$)/.exec(pathname)?.[0];
  const here = pageOf(location);
  const links = [...document.querySelectorAll(here ? ".trail a" : "article li > a:first-child:not([href*='#'])")];

  const mark = () => {
    const all = kept("progress");
    for (const link of links) {
      const { isRead, right, of, done, tasks } = all[pageOf(link)] ?? {};
      const words = [
        isRead && "read",
        right && `${right} of ${of} questions right`,
        done && `${done} of ${tasks} exercises done`,
      ].filter(Boolean).join(", ");
      if (!words) continue;
      link.dataset.progress = isRead && right === of ? "done" : isRead ? "read" : "begun";
      if (here) {
        link.title = `${link.dataset.name ??= link.title}: ${words}`;
        link.setAttribute("aria-label", link.title);
      } else {
        const note = link.parentNode.querySelector(".progress") ?? document.createElement("small");
        note.className = "progress";
        note.textContent = ` ✓ ${words}`;
        link.after(note);
      }
    }
  };

  if (here) {
    const note = how => {
      change(all => how(all[here] ??= {}));
      mark();
    };
    const count = () => {
      const answers = kept("answers");
      const keys = [...document.querySelectorAll(".right[data-key]")];
      const right = keys.filter(item => answers[item.dataset.key] === [...item.parentNode.children].indexOf(item));
      const solved = kept("exercises");
      const tasks = [...document.querySelectorAll("[data-exercise]")];
      const done = tasks.filter(({ dataset }) => solved[dataset.exercise] === dataset.of);
      note(page => Object.assign(page, { right: right.length, of: keys.length, done: done.length, tasks: tasks.length }));
    };
    addEventListener("answered", count);
    count();
    const end = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && note(page => { page.isRead = true; }));
    end.observe(document.querySelector("article").lastElementChild);
    // Where the reader was, told when the page is left or put aside.
    for (const leaving of ["pagehide", "visibilitychange"])
      addEventListener(leaving, () => {
        const heads = [...document.querySelectorAll("article h2[id]")];
        const anchor = heads.filter(head => head.getBoundingClientRect().top < innerHeight / 2).pop()?.id ?? "";
        change(all => { all.last = { page: here, anchor }; });
      });
  } else {
    mark();
    const { last, ...pages } = kept("progress");
    const place = links.findIndex(link => last && pageOf(link) === last.page);
    if (place >= 0) {
      const isRead = pages[last.page]?.isRead;
      const goal = isRead ? links[place + 1] ?? links[place] : links[place];
      const way = document.querySelector(".way-in .md-button--primary");
      way.textContent = `Go on: ${goal.textContent}`;
      way.href = goal.href + (isRead || !last.anchor ? "" : `#${last.anchor}`);
    }
  }
}
