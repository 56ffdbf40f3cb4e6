/** The style of a page: light and dark, a telephone and paper. Every pair of colours has a contrast of 4.5 or more. */
export const css = `
:root { color-scheme: light dark; --back: #fff; --text: #1a1c1e; --quiet: #54595f; --line: #d0d4d9; --soft: #f3f5f7;
  --link: #0b57a4; --bad: #a3141b; --warn: #7a4a00; --good: #17632f; }
@media (prefers-color-scheme: dark) {
  :root { --back: #15171a; --text: #e9eaec; --quiet: #b4b9c0; --line: #42474e; --soft: #1f2226;
    --link: #8ec1ff; --bad: #ffa3a3; --warn: #f2c46b; --good: #8fdcaa; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 62rem; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0.5rem 0; }
h2 { font-size: 1.3rem; margin: 2rem 0 0.5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.1rem; margin: 1.5rem 0 0.25rem; }
p { margin: 0.25rem 0; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
code { font: 0.9em/1.4 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
.quiet { color: var(--quiet); font-size: 0.9rem; }
.bad { color: var(--bad); } .warn { color: var(--warn); } .good { color: var(--good); }
.facts { list-style: none; padding: 0; }
.facts li { padding: 0.4rem 0.75rem; margin: 0.25rem 0; background: var(--soft); border-left: 4px solid currentcolor; }
.items { list-style: none; padding: 0; }
.items > li { border-top: 1px solid var(--line); padding: 0.35rem 0; }
.uris { list-style: none; padding: 0 0 0 1rem; margin: 0.25rem 0; }
dd > ul { list-style: none; padding: 0; margin: 0; }
summary { cursor: pointer; }
.tag { border: 1px solid currentcolor; border-radius: 0.75rem; padding: 0 0.5rem; font-size: 0.8rem; white-space: nowrap;
  display: inline-block; }
dl { margin: 0.25rem 0 0.5rem 1rem; }
dl > div { display: grid; grid-template-columns: minmax(7rem, 14rem) 1fr; gap: 0 1rem; }
dt { color: var(--quiet); } dd { margin: 0; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0; font-size: 0.95rem; }
caption { text-align: left; font-weight: 600; padding: 0.25rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.5rem 0.3rem 0; border-bottom: 1px solid var(--line); }
tbody th { font-weight: normal; } thead th { color: var(--quiet); font-weight: 600; }
thead th, .number { overflow-wrap: break-word; }
.number { text-align: right; }
.line { display: block; width: 100%; max-width: 10rem; height: 0.4rem; margin: 0.2rem 0; }
.line .rest { fill: var(--line); } .line .left { fill: currentcolor; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: 0.5rem; color: var(--quiet); font-size: 0.9rem; }
@media (max-width: 40rem) {
  body { padding: 0.75rem; }
  dl { margin-left: 0; } dl > div { grid-template-columns: 1fr; margin-bottom: 0.35rem; }
  table { font-size: 0.85rem; } .tag { white-space: normal; }
}
@page { margin: 15mm; }
@media print {
  :root { color-scheme: light; --back: #fff; --text: #000; --quiet: #444; --line: #999; --soft: #fff; --link: #000;
    --bad: #8a0d14; --warn: #5c3800; --good: #0f4a22; }
  :root { font-size: 9pt; }
  body { max-width: none; padding: 0; line-height: 1.35; }
  nav, .skip { display: none; }
  a { text-decoration: none; }
  summary { list-style: none; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  h2, h3, caption, summary, h3 + .quiet { break-after: avoid; }
  dl { columns: 2; column-gap: 1rem; margin: 0.1rem 0 0.25rem 1rem; }
  dl > div { grid-template-columns: 9.5rem 1fr; }
  tr, .items > li, .facts li, dl > div { break-inside: avoid; }
  thead { display: table-header-group; }
}
`
