/** The style sheet of all pages. Their content security policy names its digest. */
export const style = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1b2433, #e8ecf3);
  --quiet: light-dark(#536075, #a3aec0);
  --paper: light-dark(#fff, #1a2130);
  --ground: light-dark(#eef1f6, #10151f);
  --line: light-dark(#c9d1de, #3a4558);
  --accent: light-dark(#0b57a4, #8fc1ff);
  --on-accent: light-dark(#fff, #0c1a2c);
  --wash: light-dark(#edf4fc, #1f2d42);
  --alert: light-dark(#a01c1c, #ffb0a8);
}
* { box-sizing: border-box }
body {
  margin: 0; min-height: 100vh; padding: 2rem 1rem;
  display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 1rem;
  background: var(--ground); color: var(--ink);
  overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
}
main {
  width: 100%; max-width: 30rem; padding: 2rem;
  background: var(--paper); border: 1px solid var(--line); border-radius: .75rem;
}
main.wide { max-width: 72rem }
main.wide h2 { margin: 2rem 0 .5rem; font-size: 1.1rem }
main.wide nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem }
main.wide ul { margin: 0; padding: 0; list-style: none }
a { color: var(--accent) }
.scroll { overflow-x: auto }
.scroll:focus-visible, a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
table { width: 100%; border-collapse: collapse; overflow-wrap: normal; font-size: .875rem }
caption { text-align: left; font-weight: 600; padding: .25rem 0 }
th, td { padding: .4rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line) }
th { color: var(--quiet); font-weight: 600; white-space: nowrap }
td { overflow-wrap: anywhere; min-width: 5rem; font-variant-numeric: tabular-nums }
pre { margin: .25rem 0; white-space: pre-wrap; overflow-wrap: anywhere }
.failed { color: var(--alert) }
h1 { margin: 0 0 .25rem; font-size: 1.4rem; line-height: 1.25 }
p { margin: .25rem 0 }
.quiet, footer { color: var(--quiet) }
footer { font-size: .875rem; text-align: center }
dl { margin: 1.25rem 0; padding: .25rem 1rem; background: var(--wash); border-radius: .5rem }
dl div { padding: .6rem 0 }
dl div + div { border-top: 1px solid var(--line) }
dt { font-size: .875rem; color: var(--quiet) }
dd { margin: 0 }
code { font-size: .875em }
fieldset { min-width: 0; margin: 0 0 1.25rem; padding: 0; border: 0 }
legend, .label { display: block; margin-bottom: .5rem; padding: 0; font-weight: 600 }
.choice {
  display: flex; align-items: center; gap: .75rem; margin-bottom: .5rem; padding: .6rem .9rem;
  border: 1px solid var(--line); border-radius: .5rem; cursor: pointer;
}
.choice:hover { border-color: var(--accent) }
.choice:has(:checked) { border-color: var(--accent); background: var(--wash); box-shadow: inset 0 0 0 1px var(--accent) }
.choice small { display: block; color: var(--quiet); font-size: .875rem; font-variant-numeric: tabular-nums }
input[type=radio] { flex: none; width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--accent) }
.period { margin-bottom: 1.25rem }
form:has([data-type=CPF]:checked) .period.cnpj,
form:has([data-type=CNPJ]:checked) .period.cpf { display: none }
select {
  appearance: none; width: 100%; min-height: 2.75rem; padding: 0 2.5rem 0 .9rem; font: inherit; color: inherit;
  border: 1px solid var(--quiet); border-radius: .5rem;
  background:
    linear-gradient(45deg, transparent 50%, var(--quiet) 50%) right 1.3rem top 52% / .4rem .4rem no-repeat,
    linear-gradient(-45deg, transparent 50%, var(--quiet) 50%) right .9rem top 52% / .4rem .4rem no-repeat,
    var(--paper);
}
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem }
button {
  flex: 1 1 9rem; min-height: 2.75rem; padding: 0 1.25rem; font: inherit; font-weight: 600; cursor: pointer;
  border: 1px solid var(--accent); border-radius: .5rem; background: transparent; color: var(--accent);
}
button.first { background: var(--accent); color: var(--on-accent) }
button:hover { filter: brightness(1.1) }
:is(button, select, input):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.problem { margin: 1rem 0; padding: .6rem .9rem; border-left: 4px solid var(--alert); background: var(--wash); color: var(--alert) }
@media (max-width: 24rem) { main { padding: 1.25rem } }
`
