import { expect, test } from '@jest/globals'
import type { RunPlan } from '../../../src/plan/run-plan.ts'
import { lostDatabase } from '../../../src/run/commands/lost-database.ts'
import { tempFolder, writeFiles } from '../../support/temp.ts'
import { worldIn } from '../../support/world.ts'

const PLAN = {
  repository: { registry: '', path: 'acme/shop' },
  project: { django: { settings: 'shop.settings.production', from: 'backend/shop/wsgi.py' } },
} as unknown as RunPlan

const TOOL = { ...PLAN, project: { django: undefined } } as unknown as RunPlan

const LOST = 'was made in the container of this command, and went with it. '

test('a database that goes with the container of a command is told, with what would keep it', async () => {
  await using folder = await tempFolder('own-database')
  await writeFiles(folder.path, { 'backend/shop/settings/base.py': 'DATABASES = {"default": env.db()}' })
  const { paths, ...world } = worldIn(folder.path)
  const there = { ...world, paths: { ...paths, project: folder.path } }
  const files = ['/app/.cache', '/tmp/x.db', '/app/db.sqlite3']
  expect(await lostDatabase(there, PLAN, { verb: 'manage', files })).toBe(
    `/app/db.sqlite3 ${LOST}To have one that stays, give this command and pypackager run -v ~/shop-data:/data -e DATABASE_URL=sqlite:////data/db.sqlite3 too (right after manage).`,
  )
  expect(await lostDatabase(there, PLAN, { verb: 'manage', files: ['/app/logs/x.log', '/tmp/x.db'] })).toBeUndefined()
})

const SESSION = '/app/.local/share/tool/output/host/session.sqlite'
const FOLDERS = ['/app/.local', '/app/.local/share', '/app/.local/share/tool', '/app/.local/share/tool/output']

test.each([
  {
    name: 'below the home of its user, which another user has not',
    files: [...FOLDERS, SESSION],
    says: `${SESSION} ${LOST}To have one that stays, give the same command -v ~/shop-data:/app/.local -e HOME=/app too (right after run).`,
  },
  {
    name: 'in a folder that it made',
    files: ['/app/out', '/app/out/x.db'],
    says: `/app/out/x.db ${LOST}To have one that stays, give the same command -v ~/shop-data:/app/out too (right after run).`,
  },
  {
    name: 'in a folder of data that the image has',
    files: ['/app/data/x.db'],
    says: `/app/data/x.db ${LOST}To have one that stays, give the same command -v ~/shop-data:/app/data too (right after run).`,
  },
  {
    name: 'beside the code, which a folder mounted there would hide',
    files: ['/app/x.db'],
    says: `/app/x.db ${LOST}/app is of the image, and a folder mounted there hides what it has. To have one that stays, let arguments or configuration name a file in /data, and give the same command -v ~/shop-data:/data too (right after run).`,
  },
])('without Django a folder of the machine keeps a database $name', async ({ files, says }) => {
  await using folder = await tempFolder('own-database')
  expect(await lostDatabase(worldIn(folder.path), TOOL, { verb: 'run', files })).toBe(says)
})

test.each([
  {
    name: 'in a folder of the image, a volume that has its code too',
    files: ['/app/db.sqlite3'],
    says: /-v shop:\/app too .* That is for a try: /,
  },
  {
    name: 'in a folder that the command made, a folder of the machine',
    files: ['/app/var/x', '/app/var/x/db.sqlite3'],
    says: /-v ~\/shop-data:\/app\/var\/x too \(right after manage\)\.$/,
  },
])('of Django without a variable: $name', async ({ files, says }) => {
  await using folder = await tempFolder('own-database')
  expect(await lostDatabase(worldIn(folder.path), PLAN, { verb: 'manage', files })).toMatch(says)
})
