"use strict";
// Sorts and filters the plans, and shows what stands behind a cell. Without script the page is a table.
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const grid = byId("grid");
  if (!grid) return;
  const data = JSON.parse(byId("data").textContent);
  const body = grid.tBodies[0];
  const rows = [...body.rows];
  const cellsOf = (row) => [...row.cells].slice(2);
  const words = (number) => data.texts[number];

  // Text goes in as text, never as markup: it comes from other people's plans.
  const made = (name, text, kind) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };
  const isolated = (text) => made("bdi", text);

  // ---- What stands behind a cell -------------------------------------------------------------------
  const dialog = byId("cell");
  const symbol = (verdict) => {
    const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    drawn.setAttribute("class", "symbol");
    drawn.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `#symbol-${verdict}`);
    drawn.append(use);
    return drawn;
  };
  const tag = (verdict) => {
    const one = made("span", undefined, `tag ${verdict}`);
    one.append(symbol(verdict), " ");
    one.append(data.verdicts[verdict]);
    return one;
  };
  const list = (items) => {
    const whole = made("ul");
    for (const item of items) whole.append(made("li", words(item)));
    return whole;
  };
  const quoted = ([text, place, weak]) => {
    const figure = made("figure");
    const quote = made("blockquote");
    const line = made("p", text);
    line.dir = "auto";
    quote.append(line);
    const where = made("p", undefined, "place");
    where.append(isolated(words(place)));
    const caption = made("figcaption");
    caption.append(where);
    if (words(weak)) caption.append(made("p", `Weakened by: ${words(weak)}`, "weak"));
    figure.append(quote, caption);
    return figure;
  };
  const decided = ([verdict, by, note, changed]) => {
    const one = made("div", undefined, "decision");
    const line = made("p");
    line.append("Assessor ", isolated(by), ": ", tag(verdict));
    one.append(line);
    if (note) one.append(made("p", note));
    if (changed) one.append(made("p", "The evidence has changed since this was decided. Look again.", "changed"));
    return one;
  };
  const section = (title, content, into) => {
    into.append(made("h4", title), content);
  };
  const featureOf = ([id, name, requirement], found) => {
    const standing = found.d ? found.d[found.d.length - 1][0] : found.v;
    const article = made("article", undefined, `feature ${standing}`);
    article.append(made("h3", `${id} ${name}`), made("p", requirement));
    const verdict = made("p", undefined, "verdict");
    verdict.append(found.d ? "planchecker: " : "", tag(found.v), " ", made("span", words(found.c), "confidence"));
    if (found.d) article.append(...found.d.map(decided));
    article.append(verdict);
    if (found.g) section("What is lacking", list(found.g), article);
    if (found.r) section("Why", list(found.r), article);
    if (found.e) {
      const title = found.v === "missing" ? "Nearest passages" : "Evidence";
      const quotes = made("div");
      quotes.append(...found.e.map(quoted));
      section(title, quotes, article);
    }
    return article;
  };
  const open = (plan, element) => {
    const one = data.plans[plan];
    const asked = data.elements[element];
    const title = byId("cell-title");
    title.replaceChildren(isolated(one.label), ` on ${asked.id} ${asked.name}`);
    byId("cell-report").href = `${one.report}#${encodeURIComponent(asked.features[0][0])}`;
    byId("cell-features").replaceChildren(
      ...asked.features.map((feature, n) => featureOf(feature, one.elements[element][n])),
    );
    dialog.showModal();
    dialog.scrollTop = 0;
    title.focus();
  };
  byId("cell-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });

  // ---- The grid's cells as buttons, one of them in the tab order -----------------------------------
  const buttons = new Map(); // cell -> button
  for (const row of rows) {
    const label = row.cells[0].querySelector("bdi").textContent;
    cellsOf(row).forEach((cell, element) => {
      const button = made("button");
      button.type = "button";
      button.tabIndex = -1;
      const asked = data.elements[element];
      // Not text of its own out of sight: thousands of those make a slow page.
      button.setAttribute("aria-label", `${cell.textContent.trim()} features met: ${asked.id} of ${label}`);
      button.append(...cell.childNodes);
      button.addEventListener("click", () => open(Number(row.dataset.plan), element));
      cell.replaceChildren(button);
      buttons.set(cell, button);
    });
  }
  const shown = () => [...body.rows].filter((row) => !row.hidden);
  let entered = null; // the button that Tab leads to
  const enter = (cell, focus) => {
    if (entered) entered.tabIndex = -1;
    entered = cell ? buttons.get(cell) : null;
    if (!entered) return;
    entered.tabIndex = 0;
    if (focus) entered.focus();
  };
  const enterFirst = () => {
    const first = rows.length && body.querySelector("tr:not([hidden])");
    enter(first ? first.cells[2] : null, false);
  };
  body.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td");
    if (cell && buttons.has(cell)) enter(cell, false);
  });
  body.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    if (!cell || !buttons.has(cell)) return;
    const visible = shown();
    const y = visible.indexOf(cell.parentElement);
    const x = cellsOf(cell.parentElement).indexOf(cell);
    const last = data.elements.length - 1;
    const to = {
      ArrowRight: [y, Math.min(x + 1, last)],
      ArrowLeft: [y, Math.max(x - 1, 0)],
      ArrowDown: [Math.min(y + 1, visible.length - 1), x],
      ArrowUp: [Math.max(y - 1, 0), x],
      Home: [event.ctrlKey ? 0 : y, 0],
      End: [event.ctrlKey ? visible.length - 1 : y, last],
    }[event.key];
    if (!to) return;
    event.preventDefault();
    enter(cellsOf(visible[to[0]])[to[1]], true);
  });
  for (const item of all(".read-first li")) {
    const button = made("button");
    button.type = "button";
    button.append(...item.childNodes);
    button.addEventListener("click", () => open(Number(item.dataset.plan), Number(item.dataset.element)));
    item.replaceChildren(button);
  }

  // ---- Sorting -------------------------------------------------------------------------------------
  const worth = { missing: 0, not_assessed: 1, partial: 2, met: 3 };
  const keys = {
    rank: (row) => [Number(row.dataset.plan)],
    missing: (row) => [-Number(row.cells[1].textContent)],
  };
  const keyOf = (name) =>
    keys[name] ||
    ((row) => {
      const cell = cellsOf(row)[Number(name)];
      const [met, total] = /(\d+)\/(\d+)/.exec(cell.textContent).slice(1).map(Number);
      return [worth[cell.className], met / total];
    });
  const sort = (head) => {
    const descending = head.getAttribute("aria-sort") === "ascending";
    const sign = descending ? -1 : 1;
    const key = keyOf(head.dataset.key);
    const keyed = rows.map((row) => [key(row), Number(row.dataset.plan), row]);
    keyed.sort(([a, m], [b, n]) => {
      const differing = a.findIndex((value, k) => value !== b[k]);
      return differing < 0 ? m - n : sign * (a[differing] - b[differing]);
    });
    body.append(...keyed.map(([, , row]) => row));
    for (const one of all("thead th", grid)) one.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    enterFirst();
  };
  for (const head of all("thead th", grid)) {
    const button = made("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head));
    head.append(button);
  }

  // ---- Filtering -----------------------------------------------------------------------------------
  const form = byId("filter");
  const filter = () => {
    const text = byId("filter-text").value.trim().toLowerCase();
    const element = byId("filter-element").value;
    const verdict = byId("filter-verdict").value;
    const drafts = byId("filter-drafts");
    for (const row of rows) {
      const cells = cellsOf(row);
      const looked = element === "" ? cells : [cells[Number(element)]];
      row.hidden =
        !row.cells[0].textContent.toLowerCase().includes(text) ||
        (verdict !== "" && !looked.some((cell) => cell.classList.contains(verdict))) ||
        (drafts !== null && drafts.checked && row.classList.contains("older"));
    }
    const left = shown();
    byId("filter-count").textContent = `${left.length} of ${rows.length} plans shown.`;
    enterFirst();
  };
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  for (const one of all(".scripted")) one.hidden = false;
  filter();
})();
