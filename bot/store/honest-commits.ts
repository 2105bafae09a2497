/** The adapter of the embedded database, with commits that tell when they failed. */
import type { PGlite } from '@electric-sql/pglite'
import type { SqlDriverAdapter, Transaction } from '@prisma/driver-adapter-utils'
import { PrismaPGlite } from 'pglite-prisma-adapter'

/**
 * As shipped, the adapter swallows an error of the commit itself (a full disk, a deferred constraint), and the message would count as
 * taken although nothing was written. So each transaction's own end is kept, and a commit waits for it.
 */
export async function honestCommits(db: PGlite): Promise<SqlDriverAdapter> {
  let begun: Promise<unknown> = Promise.resolve()
  const client = new Proxy(db, {
    get(target, name) {
      if (name === 'transaction')
        return (...args: Parameters<PGlite['transaction']>) => {
          begun = target.transaction(...args)
          return begun
        }
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const adapter = await new PrismaPGlite(client).connect()
  const start = adapter.startTransaction.bind(adapter)
  adapter.startTransaction = async (...args) => {
    // The adapter calls `client.transaction` at once, before anything else can begin one.
    const starting = start(...args)
    const end = begun
    end.catch(() => undefined) // told by the commit, or by whoever waits for the start
    const transaction: Transaction = await starting
    const commit = transaction.commit.bind(transaction)
    transaction.commit = async () => {
      await commit()
      await end
    }
    return transaction
  }
  return adapter
}
