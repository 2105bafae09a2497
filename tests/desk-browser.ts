/** A signed-in browser at the desk, over the network: cookies, forms with their tokens, and the stream of changes, as its script uses them. */

export type DeskBrowser = Awaited<ReturnType<typeof openDesk>>

/** @param token of an invitation */
export async function openDesk(url: string, token: string) {
  const jar = new Map<string, string>()
  const keep = (response: Response) => {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return response
  }
  const headers = () => ({
    cookie: [...jar].map((pair) => pair.join('=')).join('; '),
    origin: url,
    'user-agent': 'a browser of tests',
  })
  const page = async (path: string) => (await fetch(`${url}/desk/${path}`, { headers: headers() })).text()
  const send = async (path: string, fields: Record<string, string>, file?: File) =>
    keep(
      await fetch(`${url}/desk/${path}`, {
        method: 'POST',
        body: file ? withFile(fields, file) : new URLSearchParams(fields),
        headers: headers(),
        redirect: 'manual',
      }),
    )
  const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? ''

  const door = await keep(await fetch(`${url}/desk/sign-in`, { headers: headers() })).text()
  const entered = await send('sign-in', { code: token, csrf: hidden(door, 'csrf') })
  if (entered.status !== 303) throw new Error(`The desk's door stayed shut: ${entered.status}`)
  return {
    page,
    /** Sends a form that stands on that page, as a browser without scripts does. */
    async submit(from: string, path: string, fields: Record<string, string> = {}): Promise<void> {
      const html = await page(from)
      const request = hidden(html, 'request')
      const answer = await send(path, { csrf: hidden(html, 'csrf'), ...(request && { request }), ...fields })
      if (answer.status !== 303) throw new Error(`The desk refused ${path}: ${answer.status}`)
    },
    /** Sends a form that stands on that page, and reads what comes: where it leads to, or the page that it is answered with. */
    async fill(
      from: string,
      path: string,
      fields: Record<string, string>,
      file?: File,
    ): Promise<{ leadsTo: string; html: string }> {
      const answer = await send(path, { csrf: hidden(await page(from), 'csrf'), ...fields }, file)
      const html = await answer.text()
      if (answer.status !== 200 && answer.status !== 303)
        throw new Error(
          `The desk refused ${path}: ${answer.status} ${/role="alert"[^>]*>([^<]*)/.exec(html)?.[1] ?? ''}`,
        )
      return { leadsTo: answer.headers.get('location') ?? '', html }
    },
    /** Sends a form that is answered with a file, and gives the file piece by piece. */
    async download(
      from: string,
      path: string,
      fields: Record<string, string>,
      take: (part: Uint8Array) => void,
    ): Promise<void> {
      const answer = await send(path, { csrf: hidden(await page(from), 'csrf'), ...fields })
      if (answer.status !== 200 || !answer.body) throw new Error(`The desk refused ${path}: ${answer.status}`)
      for await (const part of answer.body) take(part)
    },
    async changes(told: () => void): Promise<() => void> {
      const ending = new AbortController()
      const stream = await fetch(`${url}/desk/events`, { headers: headers(), signal: ending.signal })
      void (async () => {
        for await (const chunk of stream.body ?? []) if (Buffer.from(chunk).includes('event: changed')) told()
      })().catch(() => undefined)
      return () => ending.abort()
    },
  }
}

function withFile(fields: Record<string, string>, file: File): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', file)
  return form
}
