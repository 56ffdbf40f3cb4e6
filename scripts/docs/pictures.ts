// `node scripts/docs/pictures.ts`: draws the two pictures of the README in a real browser: what `npm start` prints of the
// refused preview, and the report of examples/manifest. Needs `npm run build` and Chromium.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { html } from 'hono/html'
import { launchBrowser } from '../../test/browser/browser.ts'

const folder = join('docs', 'pictures')
const page = resolve('.psc', 'report.html')
mkdirSync(folder, { recursive: true })

const browser = await launchBrowser()
try {
  await draw('refused-preview.png', { html: String(await terminal(refusal())) }, 1130)
  run('dist/cli/main.js', 'report', 'examples/manifest/clients.yaml', '--output', page)
  await draw('report.png', { url: pathToFileURL(page).href }, 900, 760)
} finally {
  await browser.close()
}

/** Returns what the last step of `npm start` prints. */
function refusal(): string {
  const lines = run('scripts/start.ts').split('\n')
  const begin = lines.findIndex((line) => line.startsWith('6. '))
  const end = lines.findIndex((line, index) => index > begin && line.trim().startsWith('Resources'))
  return lines
    .slice(begin + 1, end < 0 ? undefined : end)
    .join('\n')
    .trim()
}

/** Writes a text as a terminal shows it. */
function terminal(text: string): ReturnType<typeof html> {
  const lines = text.split('\n').map((line) => {
    const colour = line.includes('error') ? '#ff7b72' : line.includes('^^^') ? '#7ee787' : 'inherit'
    return html`<div style="color: ${colour}">${line || ' '}</div>`
  })
  return html`<body style="margin: 0; background: #0d1117; color: #e6edf3">
    <pre style="font: 14px/1.5 monospace; padding: 20px; white-space: pre-wrap">${lines}</pre>
  </body>`
}

async function draw(
  name: string,
  source: { html: string } | { url: string },
  width: number,
  height?: number,
): Promise<void> {
  const tab = await browser.newPage({ viewport: { width, height: height ?? 100 } })
  if ('url' in source) await tab.goto(source.url)
  else await tab.setContent(source.html)
  await tab.screenshot({ path: join(folder, name), fullPage: height === undefined })
}

function run(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  return stdout
}
