/** The adapter of a served database, with transactions that ask one thing after another. */
import type { SqlDriverAdapter, Transaction } from '@prisma/driver-adapter-utils'

/**
 * As shipped, Prisma asks for all relations of a row at once. A transaction has one connection, on which `pg` lets a second question
 * wait and warns of it, and its next version refuses it. So the second waits here.
 */
export function oneAtATime(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const start = adapter.startTransaction.bind(adapter)
  adapter.startTransaction = async (...args) => {
    const transaction: Transaction = await start(...args)
    let before: Promise<unknown> = Promise.resolve()
    const inTurn =
      <Query, Answer>(ask: (query: Query) => Promise<Answer>) =>
      (query: Query): Promise<Answer> => {
        const answer = before.then(() => ask(query))
        before = answer.catch(() => undefined) // told to whoever asked
        return answer
      }
    transaction.queryRaw = inTurn(transaction.queryRaw.bind(transaction))
    transaction.executeRaw = inTurn(transaction.executeRaw.bind(transaction))
    return transaction
  }
  return adapter
}
