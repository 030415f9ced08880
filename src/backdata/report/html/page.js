
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const said = byId("said");
  const say = (words) => { said.textContent = ""; requestAnimationFrame(() => { said.textContent = words; }); };
  const stored = (value) => {
    try {
      if (value !== undefined) localStorage.setItem("backdata colours", value);
      return localStorage.getItem("backdata colours");
    } catch { return null; }  // a page opened from a file may not be allowed to remember
  };

  // Colours

  const theme = byId("theme"), themes = { "": "automatic", light: "light", dark: "dark" };
  const colour = (name) => {
    if (name) document.documentElement.dataset.theme = name; else delete document.documentElement.dataset.theme;
    theme.textContent = `Colours: ${themes[name]}`;
  };
  colour(stored() in themes ? stored() : "");
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const names = Object.keys(themes), now = document.documentElement.dataset.theme || "";
    const next = names[(names.indexOf(now) + 1) % names.length];
    stored(next);
    colour(next);
  });

  // Everything opens for the printer, and closes again

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open], .keys)")];
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => { for (const each of opened) each.open = false; });

  const form = byId("filters");
  if (!form) return;
  const search = byId("search"), sheet = byId("sheet"), rule = byId("rule"), shown = byId("shown"), reset = byId("reset");
  const boxes = [...form.querySelectorAll("[name=severity]")];
  const keys = byId("keys"), nothing = byId("nothing");

  // What there is. Texts are gathered when there is time, or at the first search.

  const within = (el, what, made) => Array.from(el.querySelectorAll(what), (el) => ({ el, ...made(el) }));
  const sheets = within(document, ".sheet", (el) => ({
    parts: within(el, ".batch", (el) => ({
      parts: within(el, ".cause", (el) => ({
        rule: el.dataset.rule, severity: el.dataset.severity,
        parts: within(el, ".rows", (el) => ({ sheet: el.dataset.sheet, parts: within(el, ".finding", () => ({})) })),
      })),
    })),
  }));
  const causes = sheets.flatMap((sheet) => sheet.parts).flatMap((batch) => batch.parts);
  const total = document.querySelectorAll(".finding").length;
  let gathered = false;
  const gather = () => {
    if (gathered) return;
    gathered = true;
    for (const cause of causes) {
      cause.text = fold([...cause.el.querySelectorAll("h4, .says, .fix")].map((el) => el.textContent).join(" "));
      for (const strip of cause.parts)
        for (const row of strip.parts) row.text = fold([...row.el.children].map((el) => el.textContent).join(" ") + " " + strip.sheet);
    }
  };

  // Hides what is off, from the outside in: what stands in something hidden is hidden with it, and is left alone.
  const draw = (thing) => {
    if (Boolean(thing.hidden) !== thing.off) thing.el.hidden = thing.hidden = thing.off;
    if (!thing.off && thing.parts) for (const part of thing.parts) draw(part);
  };

  const filter = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean), place = sheet.value, code = rule.value;
    if (words.length) gather();
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const counts = { error: 0, warning: 0, info: 0 };
    let findings = 0, found = 0;
    for (const cause of causes) {
      const left = words.filter((word) => !cause.text.includes(word));  // to be found in the row
      const fits = !code || cause.rule === code, wanted = severities.has(cause.severity);
      for (const strip of cause.parts) {
        const here = fits && (!place || strip.sheet === place);
        for (const row of strip.parts) {
          const matches = here && left.every((word) => row.text.includes(word));
          if (matches) counts[cause.severity] += 1;
          row.off = !matches || !wanted;
          if (!row.off) findings += 1;
        }
        strip.off = strip.parts.every((row) => row.off);
      }
      cause.off = cause.parts.every((strip) => strip.off);
      if (!cause.off) found += 1;
    }
    for (const each of sheets) {
      for (const batch of each.parts) batch.off = batch.parts.every((cause) => cause.off);
      each.off = each.parts.every((batch) => batch.off);
      draw(each);
    }
    const all = findings === total;
    shown.textContent = all ? `All ${total} findings` : `${findings} of ${total} findings, with ${found} ${found === 1 ? "cause" : "causes"}`;
    if (total === 1 && all) shown.textContent = "1 finding";
    for (const el of form.querySelectorAll("[data-count]")) el.textContent = counts[el.dataset.count];
    nothing.hidden = findings > 0;
    reset.hidden = !state();
    form.classList.toggle("filtered", !reset.hidden);
  };

  // The state stands in the address

  const state = () => {
    const kept = new URLSearchParams();
    if (search.value.trim()) kept.set("q", search.value.trim());
    const on = boxes.filter((box) => box.checked).map((box) => box.value);
    if (on.length < boxes.length) kept.set("severity", on.join(","));
    if (sheet.value) kept.set("sheet", sheet.value);
    if (rule.value) kept.set("rule", rule.value);
    return kept.toString();
  };
  const chosen = (select, value) => { select.value = value; if (select.selectedIndex < 0) select.value = ""; };
  const restore = (kept) => {
    search.value = kept.get("q") || "";
    const on = kept.get("severity");
    for (const box of boxes) box.checked = on === null || on.split(",").includes(box.value);
    chosen(sheet, kept.get("sheet") || "");
    chosen(rule, kept.get("rule") || "");
    filter();
  };
  const remember = () => {
    filter();
    const kept = state();
    try { history.replaceState(null, "", kept ? `#${kept}` : location.pathname + location.search); } catch { /* a page without an address */ }
  };
  const clear = () => { restore(new URLSearchParams()); remember(); };
  const follow = () => {
    const hash = location.hash.slice(1);
    if (!hash || hash.includes("=")) return restore(new URLSearchParams(hash));
    const target = byId(hash);
    if (!target) return;
    if (target.closest("[hidden]")) restore(new URLSearchParams());
    if (target.matches(".finding")) go(target);
  };

  // From finding to finding

  let current = null;
  const go = (row) => {
    current = row;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "center", inline: "nearest" });
  };
  const step = (by) => {
    const rows = [];
    for (const cause of causes) for (const strip of cause.parts) for (const row of strip.parts) if (!row.off) rows.push(row.el);
    if (!rows.length) return;
    const here = document.activeElement.closest(".finding") || current;
    const at = rows.indexOf(here);
    const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1);
    go(rows[next]);
  };
  const copy = async (words) => {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const area = document.body.appendChild(Object.assign(document.createElement("textarea"), { value: words }));
      const before = document.activeElement;
      area.select();
      document.execCommand("copy");
      area.remove();
      before.focus({ preventScroll: true });
    }
    say(`Copied: ${words}`);
  };
  const link = (row) => `${location.href.split("#")[0]}#${row.id}`;

  // Buttons that copy the address of a cell

  for (const row of document.querySelectorAll(".finding")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.title = "Copy the address of the cell";
    button.setAttribute("aria-label", `Copy ${row.dataset.cell}`);
    row.querySelector("th a").after(button);
  }

  // Listening

  form.hidden = keys.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", remember);
  form.addEventListener("reset", (event) => { event.preventDefault(); clear(); search.focus(); });
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".copy"), filtering = event.target.closest("a[data-filter]");
    if (button) copy(button.closest(".finding").dataset.cell);
    if (filtering && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      history.pushState(null, "", `#${filtering.dataset.filter}`);
      follow();
      form.scrollIntoView({ block: "start" });
      step(1);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const row = document.activeElement.closest(".finding");
    if (event.key === "Escape") {
      if (document.activeElement === search && !search.value) search.blur();
      else if (document.activeElement === search) { search.value = ""; remember(); }
      else if (document.activeElement.matches("select")) return;
      else if (state()) clear();
      event.preventDefault();
      return;
    }
    if (document.activeElement.matches("input:not([type=checkbox]), select, textarea")) return;
    if (event.key === "/") search.focus(), search.select();
    else if (event.key === "j" || (event.key === "ArrowDown" && row)) step(1);
    else if (event.key === "k" || (event.key === "ArrowUp" && row)) step(-1);
    else if (event.key === "c" && row) copy(row.dataset.cell);
    else if (event.key === "l" && row) copy(link(row));
    else if (event.key === "?") { keys.open = !keys.open; if (keys.open) keys.querySelector("summary").focus(); }
    else return;
    event.preventDefault();
  });
  (self.requestIdleCallback || setTimeout)(gather);
  if (location.hash) follow();
})();
