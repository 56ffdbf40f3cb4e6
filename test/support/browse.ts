import assert from 'node:assert/strict'

/** What a person does on a page: the fields of its form, or the address of a link. */
export type Fill = (html: string) => Readonly<Record<string, string>> | string

/** Follows the pages of a sign-in as a browser does, with cookies, and answers the address that it ends on. */
export async function browse(address: string, redirectUri: string, fill: Fill): Promise<string> {
  const cookies = new Map<string, string>()
  let request: { url: string; body?: URLSearchParams } = { url: address }
  for (let page = 0; page < 20; page += 1) {
    if (request.url.startsWith(redirectUri)) return request.url
    const { url, body } = request
    const response = await fetch(url, {
      ...(body && { method: 'POST', body }),
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    const html = await response.text()
    request = location ? { url: new URL(location, url).href } : answerPage(url, html, fill)
  }
  return assert.fail('the sign-in does not end')
}

function answerPage(
  url: string,
  html: string,
  fill: Fill,
): { url: string; body?: URLSearchParams } {
  const answer = fill(html)
  if (typeof answer === 'string') return { url: new URL(answer, url).href }
  const [, action] = /<form[^>]* action="([^"]*)"/.exec(html) ?? []
  if (action === undefined) assert.fail(html)
  const fields = new URLSearchParams(answer)
  for (const [, name = '', value = ''] of html.matchAll(
    /<input type="hidden" name="([^"]*)" value="([^"]*)"/g,
  )) {
    fields.append(name, value)
  }
  return { url: new URL(action.replaceAll('&amp;', '&'), url).href, body: fields }
}
