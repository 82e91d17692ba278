import { readFile } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import { THROW_AWAY_KEY, throwAwayKeys } from '../../../src/plan/dockerfile/throw-away-key.ts'

test('the trial, the collecting of static files and the checks have the same key', async () => {
  const trial = await readFile(new URL('../../../src/stages/install/trial.py', import.meta.url), 'utf8')
  expect(/^THROW_AWAY_KEY = "([^"]+)"/m.exec(trial)?.[1]).toBe(THROW_AWAY_KEY)
})

test('it is long and mixed enough for check --deploy (security.W009)', () => {
  expect(THROW_AWAY_KEY.length).toBeGreaterThanOrEqual(50)
  expect(new Set(THROW_AWAY_KEY).size).toBeGreaterThanOrEqual(5)
  expect(THROW_AWAY_KEY).not.toMatch(/^django-insecure-/)
})

test('variables that the image has keep their value', () => {
  expect(throwAwayKeys(['SECRET_KEY', 'SHOP_KEY'], ['PATH=/bin', 'SECRET_KEY=own', 'SHOP_KEYS=x'])).toEqual({ SHOP_KEY: THROW_AWAY_KEY })
})
