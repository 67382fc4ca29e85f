"use strict";
// Filters the features by verdict and by text. Without script the report shows everything.
(() => {
  const form = document.getElementById("filter");
  const text = document.getElementById("filter-text");
  const count = document.getElementById("filter-count");
  const features = [...document.querySelectorAll("article.feature")];
  const plain = (words) => words.toLowerCase().replace(/\s+/g, " ").trim();
  const contents = new Map(features.map((feature) => [feature, plain(feature.textContent)]));

  const wanted = (feature, verdicts, unsure, query) =>
    verdicts.has(feature.dataset.verdict) &&
    (!unsure || feature.dataset.unsure === "true") &&
    query.every((word) => contents.get(feature).includes(word));

  const apply = () => {
    const boxes = form.querySelectorAll("input[name=verdict]:checked");
    const verdicts = new Set([...boxes].map((box) => box.value));
    const unsure = form.querySelector("input[name=unsure]")?.checked ?? false;
    const query = plain(text.value).split(" ").filter(Boolean);
    for (const feature of features) feature.hidden = !wanted(feature, verdicts, unsure, query);
    for (const element of document.querySelectorAll("section.element")) {
      element.hidden = !element.querySelector("article.feature:not([hidden])");
    }
    const shown = features.filter((feature) => !feature.hidden).length;
    count.textContent = `Showing ${shown} of ${features.length} features`;
  };

  // A link to a feature that the filter hides shows everything again.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.closest("[hidden]")) {
      form.reset();
      apply();
      target.scrollIntoView();
    }
  };

  const closed = [];
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details:not([open])")) {
      closed.push(details);
      details.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const details of closed.splice(0)) details.open = false;
  });
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  addEventListener("hashchange", reveal);
  form.hidden = false;
  apply();
})();
