/** Far above anything that the documents ask for. */
const maxBytes = 256 * 1024

/** A request's body as text, or `undefined` when it is too large; what is too large is not kept. */
export async function readBody(request: Request): Promise<string | undefined> {
  const announced = request.headers.get('content-length')
  if (announced !== null && !request.headers.has('transfer-encoding')) {
    return Number(announced) > maxBytes ? undefined : request.text()
  }
  const reader = (request.body as ReadableStream<Uint8Array> | null)?.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const chunk = await reader?.read()
    if (!chunk || chunk.done) return Buffer.concat(chunks).toString()
    size += chunk.value.length
    if (size > maxBytes) return undefined
    chunks.push(chunk.value)
  }
}
