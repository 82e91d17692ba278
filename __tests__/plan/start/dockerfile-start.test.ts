import { describe, expect, test } from '@jest/globals'
import { startElsewhere } from '../../../src/plan/start/dockerfile-start.ts'
import { planStart } from '../../../src/plan/start/start-command.ts'
import { readOwnDockerfile } from '../../../src/project/dockerfile/own-dockerfile.ts'

const IMAGE = {
  paths: ['bot.py', 'pages/home.py'],
  modules: ['shop', 'shop.web', 'shop.__main__'],
  locked: ['gunicorn', 'streamlit', 'celery'],
  scripts: ['shopctl'],
}
const of = (command: string, top = 'COPY . .') =>
  startElsewhere(readOwnDockerfile(`FROM python\nWORKDIR /srv\n${top}\nCMD ${command}`), IMAGE)

describe('the command of a Dockerfile', () => {
  test.each([
    ['["python", "bot.py"]', 'python bot.py'],
    ['["python3", "-u", "./bot.py", "--fast"]', 'python3 -u ./bot.py --fast'],
    ['python -m shop serve', 'python -m shop serve'],
    ['["python", "-m", "gunicorn", "shop.web:app"]', 'python -m gunicorn shop.web:app'],
    ['["gunicorn", "--bind", ":$PORT", "shop.web:create(\'x\')"]', "gunicorn --bind :$PORT 'shop.web:create('\\''x'\\'')'"],
    ['streamlit run pages/home.py --server.port=80', 'streamlit run pages/home.py --server.port=80'],
    ['shopctl run', 'shopctl run'],
    ['celery -A shop worker', 'celery -A shop worker'],
  ])('fits the image: %s', (command, line) => {
    expect(of(command)).toEqual({ line, fits: true })
  })

  test.each([
    ['a file that is not there', '["python", "other.py"]'],
    ['a module that is not there', '["gunicorn", "other:app"]'],
    ['a server without an application', '["gunicorn", "-c", "conf.py"]'],
    ['a server that is not installed', '["uvicorn", "shop.web:app"]'],
    ['a path of its own', '["/start.sh"]'],
    ['steps before the start', 'shopctl migrate && shopctl run'],
    ['a help text', '["python", "bot.py", "--help"]'],
    ['the server of a developer', '["python", "-m", "flask", "--app", "shop.web", "run"]'],
    ['a server that looks for changes', '["gunicorn", "--reload", "shop.web:app"]'],
  ])('does not fit with %s', (_name, command) => {
    expect(of(command)?.fits).toBe(false)
  })

  test('does not fit where it starts in another folder, and is none where there is none', () => {
    expect(of('["python", "bot.py"]', 'COPY . /elsewhere')?.fits).toBe(false)
    expect(startElsewhere(readOwnDockerfile('FROM python'), IMAGE)).toBeUndefined()
  })
})

describe('the image starts by it', () => {
  const FACTS = { written: undefined, name: 'shop', locked: [], apps: [], scripts: {}, management: [] }
  const fitting = { line: 'python bot.py', fits: true }
  const app = (module: string) => ({ module, object: 'app', kind: 'wsgi', factory: false, framework: 'Flask' }) as const

  test.each([
    { name: 'nothing else is found', facts: {} },
    { name: 'there are several applications', facts: { apps: [app('one'), app('two')] } },
    { name: 'nothing serves the application', facts: { apps: [app('one')], locked: ['flask'] } },
    { name: 'none of several scripts is named like the project', facts: { scripts: { a: 'a:m', b: 'b:m' } } },
    { name: 'a script is beside a web framework', facts: { scripts: { shop: 'shop:main' }, locked: ['flask'] } },
  ])('where $name', ({ facts }) => {
    const { command } = planStart({ ...FACTS, ...facts, elsewhere: fitting })
    expect([command?.argv, command?.from]).toEqual([['sh', '-c', 'exec python bot.py'], 'its Dockerfile'])
    expect(planStart({ ...FACTS, ...facts }).command?.from).not.toBe('its Dockerfile')
  })

  test.each([
    { name: 'the user has a word', facts: { written: { line: 'x', from: 'Procfile' } }, from: 'Procfile' },
    {
      name: 'a server of the packages serves the application',
      facts: { apps: [app('one')], locked: ['gunicorn'] },
      from: 'one:app and gunicorn',
    },
    { name: 'it is a command line tool', facts: { scripts: { shop: 'shop:main' } }, from: 'the console script shop' },
  ])('not where $name', ({ facts, from }) => {
    expect(planStart({ ...FACTS, ...facts, elsewhere: fitting }).command?.from).toBe(from)
  })

  test('as a command line tool where it is a script of one', () => {
    const scripts = { wapiti: 'wapiti:main', getcookie: 'cookie:main' }
    const { command } = planStart({ ...FACTS, scripts, elsewhere: { line: 'wapiti', fits: true } })
    expect([command?.argv, command?.tool]).toEqual([['wapiti'], true])
  })

  test('not where it does not fit: then it is named', () => {
    const start = planStart({ ...FACTS, elsewhere: { line: '/start.sh', fits: false } })
    expect(start.next).toMatch(/ Its Dockerfile starts it by: \/start\.sh$/)
  })

  test('and says what would serve better', () => {
    const start = planStart({ ...FACTS, apps: [app('one')], elsewhere: fitting })
    expect(start.command && start.notice).toMatch(
      /^The command of its Dockerfile starts the image, as nothing that serves one:app .* Set packages: gunicorn/,
    )
  })
})
