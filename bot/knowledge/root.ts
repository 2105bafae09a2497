import { join } from 'node:path'
import { ROOT } from '../config.js'

/** The folder of the seed content. */
export const SEED_FOLDER = join(ROOT, 'prisma/seed')
