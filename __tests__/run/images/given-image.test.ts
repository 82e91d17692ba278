import { describe, expect, test } from '@jest/globals'
import type { ContainerRequest, Docker, ImageInfo } from '../../../src/effects/docker-port.ts'
import { checkGivenImage, checkPythonOf, digestOf } from '../../../src/run/images/given-image.ts'
import { worldIn } from '../../support/world.ts'

const ENV = ['PATH=/appenv/bin:/usr/bin']
const info = (env: readonly string[] = ENV, digests: readonly string[] = []): ImageInfo => ({
  id: 'sha256:1',
  names: [],
  digests,
  size: 1,
  created: '2026-01-02T03:04:05Z',
  architecture: 'amd64',
  variant: '',
  labels: {},
  config: { user: '', workingDir: '', env, entrypoint: [], command: [] },
  configuration: '{}',
  layers: [],
})
const WELL = ['/appenv', 0, ['a  b', '', '*'], 'CPython', '3.13.9']

function check(answer: { code?: number; stdout?: string; stderr?: string; timedOut?: boolean }, env = ENV) {
  const asked: ContainerRequest[] = []
  const docker: Partial<Docker> = {
    async run(request) {
      asked.push(request)
      return { code: 0, stdout: JSON.stringify(WELL), stderr: '', timedOut: false, ...answer }
    },
  }
  const given = { kind: 'base' as const, info: info(env), what: 'base-image b' }
  return { asked, result: checkGivenImage(worldIn('/nowhere', { docker: docker as Docker }), given) }
}

describe('an image that is to stand for ours', () => {
  test('is asked once, without a network and with nothing mounted', async () => {
    const { asked, result } = check({ stdout: `a line of its entrypoint\n${JSON.stringify(WELL)}\n` })
    expect(await result).toBe('3.13.9')
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({ image: 'sha256:1', network: 'none' })
    expect(asked[0]?.volumes).toBeUndefined()
  })

  test.each([
    {
      name: 'without python',
      answer: { code: 127, stderr: 'x\nexec: python: not found\n' },
      says: 'does not run python: exec: python: not found',
    },
    { name: 'that says nothing', answer: { stdout: '' }, says: 'does not run python: code 0' },
    { name: 'that does not end', answer: { code: 143, timedOut: true }, says: 'does not run python: it did not end within 30 s' },
    { name: 'with another environment', answer: { stdout: JSON.stringify(['/usr', ...WELL.slice(1)]) }, says: 'has its Python in /usr' },
    { name: 'of another user', answer: { stdout: JSON.stringify(['/appenv', 7, ...WELL.slice(2)]) }, says: 'runs as uid 7' },
    {
      name: 'that splits arguments',
      answer: { stdout: JSON.stringify(['/appenv', 0, ['a', 'b'], ...WELL.slice(3)]) },
      says: 'has an entrypoint that takes its arguments apart',
    },
    { name: 'of PyPy', answer: { stdout: JSON.stringify([...WELL.slice(0, 3), 'PyPy', '3.10.1']) }, says: 'has PyPy 3.10.1' },
    { name: 'of Python 3.8', answer: { stdout: JSON.stringify([...WELL.slice(0, 4), '3.8.20']) }, says: 'has CPython 3.8.20' },
    { name: 'of Python 2', answer: { stdout: JSON.stringify([...WELL.slice(0, 4), '2.7.18']) }, says: 'has CPython 2.7.18' },
  ])('$name is refused', async ({ answer, says }) => {
    await expect(check(answer).result).rejects.toThrow(`base-image b ${says}`)
  })

  test('whose PATH is set by its entrypoint alone is refused', async () => {
    await expect(check({}, ['PATH=/usr/bin:/appenv/bin']).result).rejects.toThrow('has /appenv/bin not first on PATH')
  })
})

test.each([
  { name: 'the same', asked: '3.13', fits: true },
  { name: 'none', asked: undefined, fits: true },
  { name: 'another', asked: '3.1', fits: false },
])('python-version that says $name fits 3.13.9: $fits', ({ asked, fits }) => {
  const work = () => checkPythonOf('base-image b', '3.13.9', asked)
  if (fits) expect(work).not.toThrow()
  else expect(work).toThrow('base-image b has Python 3.13.9, and python-version says 3.1')
})

describe('the digest of an image', () => {
  const a = `sha256:${'a'.repeat(64)}`
  const b = `sha256:${'b'.repeat(64)}`
  test.each([
    { name: 'that is named by it', reference: `x@${a}`, digests: [`x@${b}`], digest: a },
    { name: 'of the name it has here', reference: 'host:5000/x:1', digests: [`y@${b}`, `host:5000/x@${a}`], digest: a },
    { name: 'of Docker Hub, by its long name', reference: 'docker.io/library/x:1', digests: [`y@${b}`, `x@${a}`], digest: a },
    { name: 'that another name alone has is not its own', reference: 'x:1', digests: [`host:5000/x@${b}`], digest: '' },
    { name: 'that no registry has', reference: 'x:1', digests: [], digest: '' },
  ])('$name', ({ reference, digests, digest }) => {
    expect(digestOf(info(ENV, digests), reference)).toBe(digest)
  })
})
