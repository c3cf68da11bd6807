"use strict";
(() => {
  const root = document.documentElement;
  const store = { get: () => { try { return localStorage.getItem("theme"); } catch { return null; } },
    set: (value) => { try { localStorage.setItem("theme", value); } catch { /* A file may not store. */ } } };
  const saved = store.get();
  if (saved) root.dataset.theme = saved;
  document.getElementById("theme").addEventListener("click", () => {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const next = (root.dataset.theme || system) === "dark" ? "light" : "dark";
    root.dataset.theme = next;
    store.set(next);
  });

  const contents = document.querySelector("nav details");
  if (matchMedia("(max-width: 760px)").matches) contents.open = false;

  // What a link leads to may be inside something folded.
  const reveal = () => {
    let at = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const target = at;
    while (at) { if (at.tagName === "DETAILS") at.open = true; at = at.parentElement; }
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  const search = document.getElementById("search");
  const places = [...document.querySelectorAll(".operation, .intro, #results, #changes, tr.searched")];
  const texts = places.map((place) => place.textContent.toLowerCase());
  const chapter = document.getElementById("requirements");
  search.addEventListener("input", () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    places.forEach((place, index) => {
      const fits = words.every((word) => texts[index].includes(word));
      place.hidden = !fits;
      found += fits;
    });
    for (const link of document.querySelectorAll("nav li")) {
      const place = document.getElementById(link.firstElementChild.hash.slice(1));
      link.hidden = Boolean(place && place.hidden);
    }
    chapter.hidden = !chapter.querySelector("tr.searched:not([hidden])");
    document.getElementById("nothing").hidden = found > 0;
  });
  addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing) { event.preventDefault(); search.focus(); }
    if (event.key === "Escape" && typing) { search.value = ""; search.dispatchEvent(new Event("input")); search.blur(); }
  });

  addEventListener("click", async (event) => {
    const button = event.target.closest(".copy");
    if (!button) return;
    const text = button.nextElementSibling.textContent;
    try { await navigator.clipboard.writeText(text); } catch {
      const range = document.createRange();
      range.selectNodeContents(button.nextElementSibling);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand("copy");
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
})();
