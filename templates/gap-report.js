"use strict";
// Links the three panels, filters the checklist, and shows one part of the report at a time.
// Without script the report is one long document in which every link works.
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement;
  const views = all(".view");
  const panels = byId("section-panels");
  const list = byId("section-list");
  const middle = byId("section-features");
  const plan = byId("section-text"); // absent where the report is without the plan's text
  const features = all("article.feature");
  const entries = new Map(all("a.entry").map((entry) => [entry.hash.slice(1), entry]));
  const hide = (element, hidden) =>
    hidden ? element.setAttribute("hidden", "until-found") : element.removeAttribute("hidden");
  const named = (hash) => {
    try {
      return byId(decodeURIComponent(hash.slice(1)));
    } catch {
      return null;
    }
  };

  // ---- What is shown -------------------------------------------------------------------------------
  let current = null; // the feature shown
  let passage = ""; // the passage followed last

  const show = (view) => {
    for (const one of views) hide(one, one !== view);
    root.classList.toggle("at-panels", view === panels);
    for (const link of all(".contents a")) {
      if (link.hash === `#${view.id}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  };

  // Scrolls a panel, never the page.
  const bring = (panel, element, above = 90) => {
    const gap = element.getBoundingClientRect().top - panel.getBoundingClientRect().top;
    if (panel.scrollHeight > panel.clientHeight) panel.scrollTop += gap - above;
  };

  const quotesOf = (feature) => all("figure[data-passage]", feature);
  const marksOf = (anchor) => all(`mark[data-in~="${anchor}"]`);

  const highlight = (anchor) => {
    passage = anchor;
    for (const old of all("mark.here, figure.here")) old.classList.remove("here");
    for (const mark of marksOf(anchor)) mark.classList.add("here");
    const figure = current && quotesOf(current).find((one) => one.dataset.passage === anchor);
    if (figure) {
      figure.classList.add("here");
      if (figure.closest("details")) figure.closest("details").open = true;
    }
    return figure;
  };

  const select = (feature) => {
    current = feature;
    for (const one of features) hide(one, one !== feature);
    for (const [id, entry] of entries) {
      if (id === feature.id) entry.setAttribute("aria-current", "true");
      else entry.removeAttribute("aria-current");
    }
    const entry = entries.get(feature.id);
    if (entry && !entry.closest("[hidden]")) {
      const [box, frame] = [entry.getBoundingClientRect(), list.getBoundingClientRect()];
      if (box.top < frame.top || box.bottom > frame.bottom) bring(list, entry, frame.height / 3);
    }
    for (const old of all("mark.of-feature")) old.classList.remove("of-feature");
    for (const old of all(".flag[aria-current]")) old.removeAttribute("aria-current");
    for (const figure of quotesOf(feature)) {
      for (const mark of marksOf(figure.dataset.passage)) mark.classList.add("of-feature");
    }
    for (const flag of all(".flag")) if (flag.hash === `#${feature.id}`) flag.setAttribute("aria-current", "true");
    byId("feature-previous").disabled = !neighbour(-1);
    byId("feature-next").disabled = !neighbour(1);
  };

  // The feature, with a passage of it: the one that was followed, else the best.
  const openFeature = (feature, wanted = "") => {
    show(panels);
    select(feature);
    const quotes = quotesOf(feature);
    const anchor = quotes.some((one) => one.dataset.passage === wanted) ? wanted : quotes[0]?.dataset.passage ?? "";
    const figure = highlight(anchor);
    middle.scrollTop = 0;
    if (wanted && figure && quotes.indexOf(figure) > 0) bring(middle, figure);
    if (plan && anchor && anchor !== wanted) bring(plan, marksOf(anchor)[0]);
  };

  const openPassage = (anchor) => {
    show(panels);
    const cites = (feature) => quotesOf(feature).some((one) => one.dataset.passage === anchor);
    if (!current || !cites(current)) {
      const feature = features.find(cites) ?? current ?? features[0];
      if (feature) select(feature);
    }
    const figure = highlight(anchor);
    if (figure && middle.scrollHeight > middle.clientHeight) bring(middle, figure);
    const mark = marksOf(anchor)[0];
    mark.tabIndex = -1;
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
  };

  // ---- Links lead to parts of the report -----------------------------------------------------------
  let followed = ""; // the passage whose link to a feature was clicked

  const go = (hash, focus) => {
    const target = named(hash) ?? views[0];
    const view = target.closest(".view");
    if (!view) return; // the skip link, whose target is always shown
    if (target.matches("article.feature")) {
      openFeature(target, followed);
      if (focus) target.focus({ preventScroll: true });
      if (middle.scrollHeight <= middle.clientHeight) target.scrollIntoView();
    } else if (plan?.contains(target) && (target.matches("mark") || /^passage-/.test(target.id))) {
      openPassage(target.id);
    } else {
      show(view);
      if (target.closest("details")) target.closest("details").open = true;
      if (view === panels && !current && features.length) openFeature(firstShown());
      if (view === target) scrollTo(0, 0);
      else target.scrollIntoView();
      if (focus) target.focus({ preventScroll: true });
    }
    followed = "";
  };

  addEventListener("hashchange", () => go(location.hash, true));
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    followed = link.dataset.passage?.split(" ")[0] ?? "";
    if (link.hash === location.hash) {
      event.preventDefault(); // the same link again
      go(link.hash, true);
    }
  });
  // Words found by the browser's own search bring their part of the report with them.
  document.addEventListener("beforematch", (event) => {
    const target = event.target;
    if (target.matches(".view")) show(target);
    if (target.matches("article.feature")) select(target);
  });

  const visit = (hash) => {
    if (location.hash !== hash) history.pushState(null, "", hash);
    go(hash, true);
  };
  plan?.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (!mark || event.target.closest("a") || String(getSelection())) return;
    const anchors = mark.dataset.in.split(" ");
    const here = current && quotesOf(current).find((one) => anchors.includes(one.dataset.passage));
    if (here) {
      openPassage(here.dataset.passage);
      return;
    }
    const flag = all(".flag", plan).find((one) => anchors.some((a) => one.dataset.passage.split(" ").includes(a)));
    flag?.click();
  });
  for (const figure of all("figure[data-passage]")) {
    figure.addEventListener("click", (event) => {
      if (!event.target.closest("a") && !String(getSelection())) visit(`#${figure.dataset.passage}`);
    });
  }

  // ---- The filter ------------------------------------------------------------------------------------
  const form = byId("filter");
  const text = byId("filter-text");
  const plain = (words) => words.toLowerCase().replace(/\s+/g, " ").trim();
  const contents = new Map(features.map((feature) => [feature, plain(feature.textContent)]));

  const filter = () => {
    const verdicts = new Set(all("input[name=verdict]:checked", form).map((box) => box.value));
    const unsure = form.querySelector("input[name=unsure]")?.checked ?? false;
    const query = plain(text.value).split(" ").filter(Boolean);
    let shown = 0;
    for (const feature of features) {
      const wanted =
        verdicts.has(feature.dataset.verdict) &&
        (!unsure || feature.dataset.unsure === "true") &&
        query.every((word) => contents.get(feature).includes(word));
      entries.get(feature.id).parentElement.hidden = !wanted;
      shown += wanted;
    }
    for (const element of all(".list .element")) element.hidden = !element.querySelector("li:not([hidden])");
    byId("filter-count").textContent = `Showing ${shown} of ${features.length} features`;
    if (current) select(current);
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));

  // ---- The keyboard ----------------------------------------------------------------------------------
  const inList = () => features.filter((feature) => !entries.get(feature.id).closest("[hidden]"));
  const firstShown = () => inList()[0] ?? features[0];

  // The next or the previous feature of those in the list, also from a feature that the filter hides.
  const neighbour = (step) => {
    const at = features.indexOf(current);
    const shown = inList();
    const others = step > 0 ? shown.filter((f) => features.indexOf(f) > at) : shown.filter((f) => features.indexOf(f) < at);
    return step > 0 ? others[0] : others.at(-1);
  };

  const step = (by) => {
    const feature = neighbour(by);
    if (!feature) return;
    const fromList = list.contains(document.activeElement);
    history.replaceState(null, "", `#${feature.id}`);
    openFeature(feature);
    (fromList ? entries.get(feature.id) : feature).focus({ preventScroll: true });
    if (middle.scrollHeight <= middle.clientHeight && !fromList) feature.scrollIntoView();
  };

  const stepPassage = (by) => {
    const quotes = current ? quotesOf(current) : [];
    if (!quotes.length) return;
    const at = quotes.findIndex((one) => one.dataset.passage === passage);
    const first = !plan.contains(document.activeElement) && by > 0 && at === 0;
    const next = quotes[first ? 0 : (at + by + quotes.length) % quotes.length];
    visit(`#${next.dataset.passage}`);
  };

  const back = () => {
    const figure = current && quotesOf(current).find((one) => one.dataset.passage === passage);
    (figure?.querySelector("a") ?? current)?.focus();
  };

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    n: () => plan && stepPassage(1),
    p: () => plan && stepPassage(-1),
    "/": () => text.focus(),
  };
  document.addEventListener("keydown", (event) => {
    if (!root.classList.contains("at-panels") || event.ctrlKey || event.metaKey || event.altKey) return;
    const active = document.activeElement;
    if (event.key === "Escape" && plan?.contains(active)) return back();
    if (active.matches("input[type=search]")) return;
    const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (arrow && active.matches("a.entry")) {
      event.preventDefault();
      step(arrow);
    } else if (keys[event.key] && byId("filter-keys").checked) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  byId("feature-previous").addEventListener("click", () => step(-1));
  byId("feature-next").addEventListener("click", () => step(1));

  // ---- Printing shows everything but the plan's text ------------------------------------------------
  const closed = [];
  addEventListener("beforeprint", () => {
    for (const details of all("details:not([open]):not(.keys)")) {
      closed.push(details);
      details.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const details of closed.splice(0)) details.open = false;
  });

  for (const element of [form, byId("section-keys"), document.querySelector(".steps")]) element.hidden = false;
  root.classList.add("live");
  filter();
  go(location.hash, false);
})();
