/** Waits for what comes by itself; on a machine that others use as well. */
export async function until(what: string, look: () => unknown, withinMs = 30_000): Promise<void> {
  const end = Date.now() + withinMs
  while (!look()) {
    if (Date.now() > end) throw new Error(`It never came: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
