import { expect, test } from '@jest/globals'
import type { RunPlan } from '../../../src/plan/run-plan.ts'
import { lostDatabase } from '../../../src/run/commands/lost-database.ts'
import { tempFolder, writeFiles } from '../../support/temp.ts'
import { worldIn } from '../../support/world.ts'

const PLAN = {
  repository: { registry: '', path: 'acme/shop' },
  project: { django: { settings: 'shop.settings.production', from: 'backend/shop/wsgi.py' } },
} as unknown as RunPlan

const MIGRATE = { verb: 'manage', words: ['migrate', '--database', 'the main'] }

test('a database that goes with the container of a command is told, with what would keep it', async () => {
  await using folder = await tempFolder('own-database')
  await writeFiles(folder.path, { 'backend/shop/settings/base.py': 'DATABASES = {"default": env.db()}' })
  const { paths, ...world } = worldIn(folder.path)
  const there = { ...world, paths: { ...paths, project: folder.path } }
  const files = ['/app/.cache', '/tmp/x.db', '/app/db.sqlite3']
  expect(await lostDatabase(there, PLAN, { ...MIGRATE, files })).toBe(
    "/app/db.sqlite3 was made in the container of this command, and went with it. To have one that stays: pypackager manage -v ~/shop-data:/data -e DATABASE_URL=sqlite:////data/db.sqlite3 migrate --database 'the main', and pypackager run with the same options.",
  )
  expect(await lostDatabase(there, PLAN, { ...MIGRATE, files: ['/app/logs/x.log', '/tmp/x.db'] })).toBeUndefined()
})
