"""The style and the script of the HTML page."""

STYLE = """\
:root {
  color-scheme: light dark;
  --text: #1c2024; --quiet: #5b6570; --page: #f6f7f8; --card: #ffffff; --edge: #d8dde2; --code: #eef1f4;
  --good: #1a7f37; --bad: #c4281c; --warn: #9a5b00; --calm: #0b62a8; --dull: #5b6570;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e4e7ea; --quiet: #a2acb6; --page: #14171a; --card: #1c2024; --edge: #343b43; --code: #272d33;
    --good: #5fc97e; --bad: #ff8b80; --warn: #e8b04b; --calm: #79b8f3; --dull: #a2acb6;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 80rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
section h2 { margin-top: 0; }
.differences td:not(.statement) { white-space: nowrap; }
h3 { font-size: 1.05rem; margin: 0 0 .5rem; }
h3 small { color: var(--quiet); font-weight: 400; margin-left: .5rem; }
header p { margin: 0; color: var(--quiet); }
code { font: .87em/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; background: var(--code);
  border-radius: 4px; padding: .08em .3em; overflow-wrap: anywhere; }
section { background: var(--card); border: 1px solid var(--edge); border-radius: 8px; padding: 1rem; margin: 1rem 0; }
.summary { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 1rem 2rem;
  align-items: center; }
.share b { font-size: 1.8rem; margin-right: .5rem; }
.share span { color: var(--quiet); }
.share progress { display: block; width: 15rem; height: .5rem; margin-top: .25rem; accent-color: var(--good); }
h3 progress { width: 5rem; height: .45rem; vertical-align: middle; accent-color: var(--good); }
.filters { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; }
.filters input[type=search] { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--edge);
  border-radius: 6px; padding: .3rem .6rem; min-width: 14rem; }
.chip { border: 1px solid currentColor; border-radius: 999px; padding: .1rem .6rem; cursor: pointer;
  white-space: nowrap; }
.chip input { accent-color: currentColor; vertical-align: -1px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; color: var(--quiet); font-weight: 600; font-size: .85rem; }
th, td { padding: .4rem .6rem; border-top: 1px solid var(--edge); vertical-align: top; }
thead th { border-top: 0; }
.statements th:nth-child(1) { width: 3.5rem; } .statements th:nth-child(2) { width: 38%; }
.statements th:nth-child(3) { width: 10rem; }
td.line { color: var(--quiet); text-align: right; font-variant-numeric: tabular-nums; }
td.statement { overflow-wrap: anywhere; }
td p { margin: 0 0 .2rem; }
.message { color: var(--text); }
.key { color: var(--quiet); font-size: .93em; }
.cell + .cell { border-top: 1px dashed var(--edge); margin-top: .4rem; padding-top: .4rem; }
.badge { border: 1px solid currentColor; border-radius: 4px; padding: 0 .35rem; font-size: .85rem;
  white-space: nowrap; }
.holds { color: var(--good); } .violated, .missing, .failure { color: var(--bad); }
.renamed, .not_understood { color: var(--warn); } .overridden { color: var(--calm); }
.later, .not_checkable { color: var(--dull); }
[hidden] { display: none !important; }
@media (max-width: 46rem) {
  main { padding: 1rem .5rem 3rem; }
  section { padding: .75rem; }
  .summary { position: static; }
  .filters input[type=search] { width: 100%; }
  thead { display: none; }
  table, tbody, tr, td { display: block; width: auto; }
  tr + tr { border-top: 1px solid var(--edge); }
  tr { padding: .5rem 0; }
  td, .differences td:not(.statement) { border: 0; padding: .1rem 0; white-space: normal; }
  td.line { text-align: left; }
  td.line::before { content: "line "; }
  .differences td:nth-child(n + 4) { display: inline-block; margin-right: .35rem; }
  .differences td:nth-child(5)::before { content: "\\2192  "; }
}
@media print { .filters { display: none; } .summary { position: static; } }
"""

SCRIPT = """\
(() => {
  const words = document.getElementById("words");
  const boxes = [...document.querySelectorAll(".filters input[type=checkbox]")];
  const rows = [...document.querySelectorAll("tr[data-verdict]")].map(row => [row, row.textContent.toLowerCase()]);
  const none = document.querySelector("p.none");
  const filter = () => {
    const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const verdicts = new Set(boxes.filter(box => box.checked).map(box => box.value));
    let shown = 0;
    for (const [row, text] of rows) {
      row.hidden = !verdicts.has(row.dataset.verdict) || !wanted.every(word => text.includes(word));
      shown += !row.hidden;
    }
    for (const section of document.querySelectorAll("section.statements")) {
      section.hidden = !section.querySelector("tr[data-verdict]:not([hidden])");
    }
    none.hidden = shown > 0 || rows.length === 0;
  };
  if (words) {
    words.addEventListener("input", filter);
    for (const box of boxes) box.addEventListener("change", filter);
    filter();
  }
})();
"""
