/** How fast one visitor may write: enough for anybody in a hurry, too slow for a machine (S33). */
const BURST = 20
const REFILL_MS = 2_000
/** A visitor who has been quiet this long has a full allowance anyway. */
const FORGET_MS = BURST * REFILL_MS

export function createPace(now: () => number) {
  const allowances = new Map<string, { left: number; at: number }>()
  let swept = now()

  const sweep = (at: number) => {
    if (at - swept < FORGET_MS) return
    swept = at
    for (const [address, allowance] of allowances) if (at - allowance.at >= FORGET_MS) allowances.delete(address)
  }

  return {
    /** Milliseconds to wait before writing again; 0 when the message may pass. */
    take(address: string): number {
      const at = now()
      sweep(at)
      const before = allowances.get(address) ?? { left: BURST, at }
      const left = Math.min(BURST, before.left + (at - before.at) / REFILL_MS)
      const passes = left >= 1
      allowances.set(address, { left: passes ? left - 1 : left, at })
      return passes ? 0 : Math.ceil((1 - left) * REFILL_MS)
    },
  }
}
