import { expect, test } from '@jest/globals'
import { causeOf } from '../../../src/judge/causes/failure-causes.ts'
import { withFields } from '../../../src/judge/causes/missing-fields.ts'

const FAULT = 'pydantic_core._pydantic_core.ValidationError: 2 validation errors for Settings'
const LINES = [
  'Traceback (most recent call last):',
  FAULT,
  'DATABASE_URL',
  "Field required [type=missing, input_value={'SECRET_KEY': 'x'}, input_type=dict]",
  'For further information visit https://errors.example/missing',
  'ALGORITHM',
  "Field required [type=missing, input_value={'SECRET_KEY': 'x'}, input_type=dict]",
]

test('the settings that pydantic misses are named, all of them, and none of their values', () => {
  const said = withFields(FAULT, LINES)
  expect(said).toBe(`${FAULT} DATABASE_URL Field required ALGORITHM Field required`)
  expect(causeOf(said)?.next).toBe('It wants the settings DATABASE_URL, ALGORITHM: give the checks each by the input env.')
})

test('another fault is told by its line alone', () => {
  expect(withFields('KeyError: "x"', ['KeyError: "x"', 'DATABASE_URL', 'Field required'])).toBe('KeyError: "x"')
})
