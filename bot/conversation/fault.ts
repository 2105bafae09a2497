/** A name for the log that holds nothing a person wrote. */
export function faultOf(cause: unknown): string {
  const { code, name } = (cause ?? {}) as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'FAULT'
}
