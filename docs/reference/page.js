// SPDX-License-Identifier: Apache-2.0
// What a page of the reference does: light and dark, the menu of narrow screens, the list of a
// page's sections, and the search. The search reads the index that Doxygen writes.
"use strict";

const settings = {
  get theme() { try { return localStorage.getItem("theme"); } catch { return null; } },
  set theme(name) { try { localStorage.setItem("theme", name); } catch { /* not kept, then */ } },
};
if (settings.theme) document.documentElement.dataset.theme = settings.theme;

// Doxygen's pages make a search box of its own by this name; theirs is not shown.
function SearchBox() {}

function switchTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
  settings.theme = document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
}

function switchMenu() {
  const open = document.documentElement.classList.toggle("menu");
  document.getElementById("menu").setAttribute("aria-expanded", open);
}

function markThisPage() {
  const page = location.pathname.split("/").pop() || "index.html";
  const navigation = document.getElementById("navigation");
  for (const link of navigation.querySelectorAll("a")) {
    if (link.getAttribute("href").split("/").pop() !== page) continue;
    link.setAttribute("aria-current", "page");
    navigation.scrollTop = link.offsetTop - navigation.clientHeight / 2;
  }
}

// The groups of a class's methods, as links at the top of its page.
function listSections() {
  const headings = document.querySelectorAll("table.memberdecls .groupheader");
  const before = document.querySelector("table.memberdecls");
  if (headings.length < 4) return;
  const list = document.createElement("nav");
  list.id = "sections";
  list.setAttribute("aria-label", "Sections of this page");
  for (const heading of headings) {
    heading.id = "section-" + heading.textContent.trim().toLowerCase().replace(/[^a-z0-9]+/g, "-");
    const link = document.createElement("a");
    link.href = "#" + heading.id;
    link.textContent = heading.textContent;
    list.append(link);
  }
  before.before(list);
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) target.scrollIntoView();
}

function load(script) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = script;
    element.onload = () => { element.remove(); resolve(); };
    element.onerror = reject;
    document.head.append(element);
  });
}

// Everything that can be found: each file of Doxygen's index sets `searchData` to a list of
// [id, [name, [page, ..., scope], ...]].
let index = null;
async function loadIndex() {
  const found = [];
  await load("search/searchdata.js");
  const files = indexSectionsWithContent[0].length;
  for (let n = 0; n < files; ++n) {
    await load(`search/all_${n.toString(16)}.js`);
    for (const [, [name, ...places]] of searchData) {
      for (const [page, , scope] of places) {
        const inside = scope.replace(/^globus_sdk(::|$)/, "").replace(/\(.*/, "");
        const full = inside.endsWith(name) ? inside : inside ? `${inside}::${name}` : name;
        found.push({ name: name.toLowerCase(), full, page: page.replace("../", "") });
      }
    }
  }
  return found;
}

function rank(entry, words) {
  const last = words[words.length - 1];
  const place = entry.name === last ? 0 : entry.name.startsWith(last) ? 1 : entry.name.includes(last) ? 2 : 3;
  return place * 1000 + entry.full.length;
}

async function find(text) {
  const words = text.toLowerCase().split(/\s+|::|\.|\(|\)/).filter(Boolean);
  if (!words.length) return [];
  index ??= loadIndex();
  const all = await index;
  return all
    .filter((entry) => words.every((word) => entry.full.toLowerCase().includes(word)))
    .sort((a, b) => rank(a, words) - rank(b, words))
    .slice(0, 40);
}

function prepareSearch() {
  const box = document.querySelector("#search input");
  const results = document.getElementById("results");
  const show = async () => {
    const text = box.value;
    const found = await find(text);
    if (text !== box.value) return;
    results.replaceChildren(...found.map((entry) => {
      const link = document.createElement("a");
      link.href = entry.page;
      link.innerHTML = entry.full;  // of Doxygen's, which has written its special characters as HTML
      return link;
    }));
    if (text.trim() && !found.length) results.textContent = "Nothing has this name.";
    results.hidden = !text.trim();
  };
  box.addEventListener("input", show);
  box.addEventListener("focus", show);
  document.getElementById("search").addEventListener("keydown", (event) => {
    const links = [...results.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Enter" && at < 0 && links.length) links[0].click();
    else if (event.key === "ArrowDown" && links[at + 1]) links[at + 1].focus();
    else if (event.key === "ArrowUp") (links[at - 1] || box).focus();
    else if (event.key === "Escape") { results.hidden = true; box.blur(); }
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#search") || event.target.closest("#results a")) results.hidden = true;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, textarea")) return;
    event.preventDefault();
    box.focus();
  });
}

document.addEventListener("DOMContentLoaded", () => {
  document.getElementById("theme").addEventListener("click", switchTheme);
  document.getElementById("menu").addEventListener("click", switchMenu);
  markThisPage();
  listSections();
  prepareSearch();
});
