/** After the whole run: what its workers shared is taken away. */
import { dropTemplate } from './store/databases.js'

export const teardown = (): Promise<void> => dropTemplate(process.pid)
